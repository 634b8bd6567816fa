import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.bank.references import find_references, grouped, is_reference, make_reference, written_reference

OURS = make_reference("1000000012")


@given(st.integers(min_value=0, max_value=10**10 - 1))
def test_every_reference_we_make_is_valid_and_found_again(number):
    reference = make_reference(f"{number:010d}")

    assert len(reference) == 14
    assert is_reference(reference)
    assert find_references(f"betaling {grouped(reference)} dank") == [reference]


@pytest.mark.parametrize(
    "text",
    [
        "RF231000000012",
        "rf23 1000 0000 12",
        "Zomertocht:RF23.1000-0000/12",
        "xxRF231000000012yy",
        "R F 2 3 1 0 0 0 0 0 0 0 1 2",
    ],
)
def test_a_reference_is_found_however_it_was_typed(text):
    assert find_references(text) == [OURS]


def test_a_reference_broken_over_two_fields_is_found():
    assert find_references("Zomertocht RF2310", "00000012") == [OURS]


def test_several_references_are_found_once_each_in_order():
    other = make_reference("1000000013")

    assert find_references(f"{other} {OURS} {other}") == [other, OURS]


@pytest.mark.parametrize("text", ["RF241000000012", "RF23100000012", "1000000012", "RF99 RF24 1000 0000 12", ""])
def test_a_wrong_check_digit_never_matches_not_even_on_its_tail(text):
    assert find_references(text) == []


@given(st.integers(min_value=2, max_value=13), st.sampled_from("0123456789"))
def test_one_mistyped_digit_is_always_noticed(position, digit):
    mistyped = OURS[:position] + digit + OURS[position + 1 :]

    assert find_references(mistyped) == ([OURS] if mistyped == OURS else [])


def test_a_reference_of_another_length_is_read_as_a_word_or_in_fours():
    assert written_reference("factuur RF18539007547034 dank") == "RF18539007547034"
    assert written_reference("factuur RF18 5390 0754 7034 dank") == "RF18539007547034"
    assert written_reference("factuur RF18539007547035") == ""
