"""Properties P9, P10 and P15 of the design: what must hold for every election."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polls.counting import METHODS, Election, count
from polls.counting.elections import merged
from tests.polls.counting import reference
from tests.polls.counting.elections import elections

METHOD = pytest.mark.parametrize("method", METHODS)


@METHOD
@settings(max_examples=120, deadline=None)
@given(election=elections())
def test_count_agrees_with_a_direct_count_of_every_ballot(method, election):
    endings = getattr(reference, method)(election)

    result = count(method, election)

    assert set(result.elected) == frozenset.intersection(*endings)
    assert (result.tie is not None) == (len(endings) > 1)


@METHOD
@settings(max_examples=40, deadline=None)
@given(election=elections(), shuffle=st.randoms(use_true_random=False))
def test_order_of_votes_and_merging_of_equal_ballots_change_nothing(method, election, shuffle):
    ballots = [(1, ranking) for ranking, number in election.profile.items() for _ in range(number)]
    shuffle.shuffle(ballots)

    again = count(method, Election(election.options, merged(ballots), election.seats))

    assert again.as_json() == count(method, election).as_json()


@METHOD
@settings(max_examples=60, deadline=None)
@given(election=elections(), shuffle=st.randoms(use_true_random=False))
def test_renumbering_the_options_renumbers_the_result_ties_included(method, election, shuffle):
    new = list(election.options)
    shuffle.shuffle(new)
    renamed = dict(zip(election.options, new, strict=True))
    profile = Counter(
        {
            tuple(tuple(sorted(renamed[o] for o in group)) for group in ranking): n
            for ranking, n in election.profile.items()
        }
    )

    before = count(method, election)
    after = count(method, Election(election.options, profile, election.seats))

    assert set(after.elected) == {renamed[option] for option in before.elected}
    assert _as_sets(after.tie) == _as_sets(before.tie, renamed)


@METHOD
@settings(max_examples=60, deadline=None)
@given(election=elections())
def test_a_tie_leaves_seats_open_and_names_several_options_that_hold_none(method, election):
    result = count(method, election)

    assert len(set(result.elected)) == len(result.elected) <= election.seats
    if result.tie:
        assert len(result.elected) < min(election.seats, len(election.options))
        for group in result.tie:
            assert len(group) > 1


@METHOD
@settings(max_examples=60, deadline=None)
@given(election=elections(), shuffle=st.randoms(use_true_random=False))
def test_with_a_lot_drawn_over_all_options_no_tie_is_left(method, election, shuffle):
    order = list(election.options)
    shuffle.shuffle(order)
    drawn = Election(election.options, election.profile, election.seats, lots=(tuple(order),))
    before = count(method, election)

    result = count(method, drawn)

    assert result.tie is None
    assert set(before.elected) <= set(result.elected)
    assert frozenset(result.elected) in getattr(reference, method)(election)


@METHOD
def test_two_hundred_counts_of_an_equal_vote_give_the_identical_tie(method):
    election = Election((1, 2), merged([(4, ((1,),)), (4, ((2,),))]))
    random.seed()

    results = [count(method, election) for _ in range(200)]

    assert all(result == results[0] for result in results)
    assert results[0].elected == ()


def _as_sets(tie, renamed=None):
    return None if tie is None else {frozenset(renamed[o] if renamed else o for o in group) for group in tie}
