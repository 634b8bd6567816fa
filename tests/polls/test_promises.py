"""What the ballot says before the options follows from the rules that are counted by."""

import pytest
from django.utils import translation

from polls.models import Kind, Poll
from polls.promises import what_is_needed
from polls.rules import Majority, Rules

CASES = [
    (Majority(), "Needed: more than half of the votes in favour and against."),
    (Majority(share="2/3", counted=("blank",)), "Needed: two thirds of the votes cast, blank included."),
    (Majority(share=""), "Needed: more votes in favour than against."),
    (Majority(base="entitled", share="3/4"), "Needed: three quarters of everybody entitled to vote."),
]


@pytest.mark.parametrize(("majority", "words"), CASES)
def test_a_motion_says_what_it_needs(majority, words):
    poll = Poll(kind=Kind.MOTION, stored_rules=Rules(majority=majority).as_json())

    with translation.override("en"):
        assert what_is_needed(poll) == words


def test_a_quorum_is_told_beforehand():
    poll = Poll(kind=Kind.MOTION, stored_rules=Rules(majority=Majority(quorum="1/3")).as_json())

    with translation.override("en"):
        assert what_is_needed(poll).endswith("At least 1/3 of who may vote must take part, else there is no decision.")


@pytest.mark.parametrize("method", ["absolute_majority", "plurality", "irv", "stv_scottish"])
def test_an_election_says_how_it_is_counted_and_for_how_many_seats(method):
    poll = Poll(kind=Kind.ELECTION, stored_rules=Rules(method=method, seats=2).as_json())

    with translation.override("en"):
        assert what_is_needed(poll).endswith("2 seats.")
