"""Elections whose outcome is published or follows by hand; the source stands beside each."""

import pytest

from polls.counting import Election, count
from polls.counting.elections import merged
from tests.polls.counting.elections import strict

# Effects of different voting systems under similar circumstances (electowiki.org): the capital of Tennessee.
# A Memphis, B Nashville, C Chattanooga, D Knoxville.
TENNESSEE = [(42, "ABCD"), (26, "BCDA"), (15, "CDBA"), (17, "DCBA")]

# Mayor of Burlington, Vermont, 3 March 2009, the last three candidates (Wikipedia, electowiki.org). A Montroll, B Kiss,
# C Wright. Published: Wright led, Kiss won the run-off 4,314 to 4,064, Montroll beat Kiss 4,067 to 3,477.
BURLINGTON = [
    *((1332, "ABC"), (767, "ACB"), (455, "A")),
    *((2043, "BAC"), (371, "BCA"), (568, "B")),
    *((1513, "CAB"), (495, "CBA"), (1289, "C")),
]

# Markus Schulze's example with 45 voters (formulasearchengine.com, Schulze method): E is elected.
SCHULZE = [
    *((5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED")),
    *((7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC")),
]


@pytest.mark.parametrize(
    ("method", "winner"),
    [("plurality", 1), ("two_round", 2), ("irv", 4), ("stv_scottish", 4), ("schulze", 2), ("borda", 2), ("score", 2)],
)
def test_methods_disagree_on_the_capital_of_tennessee_as_published(method, winner):
    assert count(method, strict(4, *TENNESSEE)).elected == (winner,)


def test_nobody_has_an_absolute_majority_in_tennessee_and_that_is_not_a_tie():
    result = count("absolute_majority", strict(4, *TENNESSEE))

    assert (result.elected, result.tie) == ((), None)


@pytest.mark.parametrize(("method", "winner"), [("plurality", 3), ("irv", 2), ("schulze", 1), ("two_round", 2)])
def test_methods_disagree_on_the_mayor_of_burlington_as_published(method, winner):
    assert count(method, strict(3, *BURLINGTON)).elected == (winner,)


def test_pairwise_figures_of_burlington_are_the_published_ones():
    pairwise = count("schulze", strict(3, *BURLINGTON)).rounds[0]["pairwise"]

    assert (pairwise[1][2], pairwise[2][1]) == (4067, 3477)


def test_schulzes_own_example_elects_e():
    assert count("schulze", strict(5, *SCHULZE)).elected == (5,)


def test_schulze_with_two_seats_takes_the_first_two_of_the_order():
    # The published order is E, A, C, B, D.
    assert count("schulze", strict(5, *SCHULZE, seats=2)).elected == (5, 1)


def test_scottish_exclusion_tie_is_broken_by_the_latest_stage_that_differs():
    # 15 papers, quota 6. A goes out; B and C have 3 each, but B had 2 before: B goes out, then C.
    result = count("stv_scottish", strict(5, (1, "AB"), (2, "B"), (3, "C"), (4, "D"), (5, "E"), seats=2))

    assert result.tie is None
    assert [entry.get("excluded") for entry in result.rounds] == [(1,), (2,), (3,), None]
    assert result.elected == (5, 4)


def test_scottish_lot_that_changes_nobodys_seat_is_not_a_tie():
    # After A's surplus C is elected too; whether E or F goes out first, their papers make D the fourth.
    papers = [(10, "AC"), (8, "B"), (6, "C"), (5, "D"), (3, "ED"), (3, "FD")]

    result = count("stv_scottish", strict(6, *papers, seats=4))

    assert (set(result.elected), result.tie) == ({1, 2, 3, 4}, None)


def test_scottish_transfer_value_is_cut_off_after_five_decimals_per_paper():
    # Quota 20 // 3 + 1 = 7; A has 13, surplus 6; each paper is worth 6 / 13 = 0.46153|8; C gets 13 of them.
    result = count("stv_scottish", strict(4, (13, "AC"), (4, "B"), (2, "D"), (1, "C"), seats=2))

    after = result.rounds[1]["votes"]
    assert result.rounds[0]["quota"] == 7
    assert after == {1: 7, 2: 4, 3: "6.99989", 4: 2}


def test_scottish_second_transfer_multiplies_the_value_on_receipt():
    # Quota 100 // 4 + 1 = 26. A 60: surplus 34, papers worth 0.56666, 60 x that = 33.99960 to B, who has 43.99960.
    # B's surplus 17.99960: A's papers 0.56666 x 17.9996 / 43.9996 = 0.23181, own papers 0.40908.
    result = count("stv_scottish", strict(4, (60, "ABC"), (10, "BC"), (16, "C"), (14, "D"), seats=3))

    assert result.rounds[1]["votes"] == {1: 26, 2: "43.99960", 3: 16, 4: 14}
    assert result.rounds[2]["votes"] == {1: 26, 2: 26, 3: "33.99940", 4: 14}


def test_scottish_paper_counts_up_to_an_equal_ranking_and_is_void_when_that_is_first():
    ballots = [(2, ((1,), (2, 3))), (5, ((2, 3),)), (1, ((3,),)), (1, ((2,),))]

    result = count("stv_scottish", Election((1, 2, 3), merged(ballots)))

    assert result.rounds[0]["votes"] == {1: 2, 2: 1, 3: 1}
    assert result.rounds[0]["quota"] == 3


def test_partly_decided_seats_are_certain_and_the_rest_is_named_as_a_tie():
    result = count("plurality", strict(4, (5, "A"), (3, "B"), (3, "C"), (1, "D"), seats=2))

    assert (result.elected, result.tie) == ((1,), ((2, 3),))


def test_a_run_off_lot_that_decides_the_winner_names_who_might_go_out():
    # A 3, B 2, C 2: without B his voters help A, without C hers help B.
    result = count("irv", strict(3, (3, "A"), (2, "BA"), (2, "CB")))

    assert (result.elected, result.tie) == ((), ((2, 3),))


def test_a_recorded_lot_settles_the_run_off():
    ballots = strict(3, (3, "A"), (2, "BA"), (2, "CB"))

    lucky_b = count("irv", Election(ballots.options, ballots.profile, lots=((2, 3),)))

    assert lucky_b.elected == (2,)


def test_equal_first_places_share_the_vote_in_a_run_off():
    result = count("irv", Election((1, 2, 3), merged([(3, ((1, 2),)), (1, ((3,),))])))

    assert result.as_json()["rounds"][0]["votes"] == {"1": "3/2", "2": "3/2", "3": 1}


def test_second_ballot_tie_for_admission_is_harmless_when_the_winner_is_the_same():
    result = count("two_round", strict(3, (4, "A"), (2, "BA"), (2, "CA"), (1, "")))

    assert (result.elected, result.tie) == ((1,), None)


def test_equal_places_share_borda_points_and_left_out_options_rank_equally_last():
    result = count("borda", Election((1, 2, 3, 4), merged([(1, ((1, 2),)), (1, ((3,),))])))

    assert result.as_json()["rounds"][0]["points"] == {"1": "7/2", "2": "7/2", "3": "7/2", "4": "3/2"}


@pytest.mark.parametrize("method", ["plurality", "approval", "irv", "schulze", "borda", "score", "stv_scottish"])
def test_without_any_vote_all_options_tie(method):
    result = count(method, Election((1, 2, 3), {}))

    assert (result.elected, result.tie) == ((), ((1, 2, 3),))


def test_thirty_options_without_votes_are_counted_at_once():
    result = count("irv", Election(tuple(range(1, 31)), merged([(5, ((7,),)), (5, ((9,),))])))

    assert (result.elected, result.tie) == ((), ((7, 9),))
