import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.money import (
    AmountTooLarge,
    NotAnAmount,
    format_cents,
    parse_amount,
    split_by_weight,
    split_evenly,
    typed_cents,
)


@pytest.mark.parametrize(
    ("typed", "language", "cents"),
    [
        ("25", "nl", 2500),
        ("25,0", "nl", 2500),
        ("25.00", "nl", 2500),
        ("25,5", "nl", 2550),
        ("1.234,50", "nl", 123450),
        ("1.234", "nl", 123400),
        ("€ 42,50", "nl", 4250),
        ("42,50 EUR", "nl", 4250),
        ("0,01", "nl", 1),
        ("1,234.50", "en", 123450),
        ("1,234", "en", 123400),
        ("€1,234.50", "en", 123450),
        ("12.50", "en", 1250),
    ],
)
def test_an_amount_is_read_as_its_language_writes_it(typed, language, cents):
    assert parse_amount(typed, language) == cents


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        *[(typed, "nl") for typed in ("", "-1", "−1", "0", "0,00", "0.001", "NaN", "1e3", "12,345", "abc", "1,2,3")],
        ("9" * 5000, "nl"),
        (f"1{'.000' * 2000}", "nl"),
        ("\u0661\u0662,50", "nl"),
        ("12 🎉", "nl"),
        ("1,234", "nl"),
        ("1.234", "en"),
        ("1.234,50", "en"),
        ("1,234.50", "nl"),
        ("12.34.567", "nl"),
    ],
)
def test_what_is_not_clearly_an_amount_is_refused(typed, language):
    with pytest.raises(NotAnAmount):
        parse_amount(typed, language)


def test_an_absurd_amount_is_refused():
    with pytest.raises(AmountTooLarge):
        parse_amount("1000000000000", "nl")


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["nl", "en"]))
def test_every_amount_we_show_can_be_typed_back(cents, language):
    assert parse_amount(format_cents(cents, language), language) == cents
    assert parse_amount(typed_cents(cents, language), language) == cents


def test_amounts_are_written_as_each_language_does():
    assert format_cents(123450, "nl") == "€\u00a01.234,50"
    assert format_cents(-123450, "en") == "−€1,234.50"


def test_a_hundred_euros_over_three_gives_the_odd_cent_to_the_first():
    assert split_evenly(100_00, 3) == [3334, 3333, 3333]
    assert split_evenly(100_00, 3, offset=1) == [3333, 3334, 3333]


@given(st.integers(min_value=-(10**9), max_value=10**9), st.integers(min_value=1, max_value=500), st.integers(0, 600))
def test_shares_sum_to_the_amount_and_differ_by_one_cent(cents, parts, offset):
    shares = split_evenly(cents, parts, offset)

    assert sum(shares) == cents
    assert max(shares) - min(shares) <= 1
    assert split_evenly(-cents, parts, offset) == [-share for share in shares]


@given(st.integers(min_value=-(10**9), max_value=10**9), st.lists(st.integers(1, 1000), min_size=1, max_size=50))
def test_weighted_shares_sum_to_the_amount_and_stay_within_a_cent_of_fair(cents, weights):
    shares = split_by_weight(cents, weights)

    assert sum(shares) == cents
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - cents * weight) < sum(weights)
