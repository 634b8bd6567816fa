"""Properties that hold for whatever people do: P5, P16, P28 and P33 of the design."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polls.agenda import add_item
from polls.errors import AlreadyVoted, NotEntitled
from polls.figures import SMALLEST_CELL, _without_small
from polls.kinds import kind_of
from polls.models import Elector, Kind, Meeting, Statutes, Tally
from polls.services import (
    accept_proxy,
    call_meeting,
    cast_vote,
    close_poll,
    give_proxy,
    withdraw_proxy,
)
from polls.services.counting import profile_of, shape_of
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_polls import posted, running_poll, vote
from tests.parallel import at_once
from theme.errors import Refusal

pytestmark = pytest.mark.django_db

FEW_EXAMPLES = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
PEOPLE, CHOICES = 5, ("for", "against", "blank")
person = st.integers(0, PEOPLE - 1)
act = st.one_of(
    st.tuples(st.just("vote"), person, st.just(0), st.sampled_from(CHOICES)),
    st.tuples(st.just("vote_for"), person, person, st.sampled_from(CHOICES)),
    st.tuples(st.just("give"), person, person, st.just("")),
    st.tuples(st.just("withdraw"), person, st.just(0), st.just("")),
)


@pytest.fixture
def meeting():
    """A called meeting with votes in advance, so that proxies come and go while its polls are open."""
    Statutes.objects.create(
        pk=1, call_days=7, blank_counts=True, matter_share="1/2", change_share="2/3", proxies_per_holder=2,
        proxy_hours=1, giver_may_still_vote=True, advance_days=30,
    )  # fmt: skip
    meeting = Meeting.objects.create(title="ALV", held_at=timezone.now() + timedelta(days=9))
    return call_meeting(meeting=meeting, by=None)


class Undone(Exception):
    """Ends an example, so that the database forgets it."""


@FEW_EXAMPLES
@given(acts=st.lists(act, max_size=14))
def test_totals_equal_a_full_recount_after_any_votes_changes_proxies_and_withdrawals(meeting, acts):
    """P16: a model in plain words beside the database."""
    with pytest.raises(Undone), transaction.atomic():
        people = [MemberFactory() for _ in range(PEOPLE)]
        item = add_item(meeting=meeting, title="Begroting", text="")
        poll = running_poll(None, kind=Kind.MOTION, options=(), item=item)
        votes, holder_of = {}, {}
        for what, one, other, choice in acts:
            _do(what, one, other, choice, poll=poll, meeting=meeting, people=people, votes=votes, holder_of=holder_of)

        assert profile_of(poll) == Counter(votes.values())
        close_poll(poll=poll, by=None)
        tally = Tally.objects.get(poll=poll)
        assert tally.profile == dict(Counter(votes.values()))
        assert tally.result == kind_of(poll).result(Counter(votes.values()), shape_of(poll))
        assert tally.voters == len(votes)
        raise Undone


def _do(what, one, other, choice, *, poll, meeting, people, votes, holder_of):
    if what == "vote":
        # The own vote takes the proxy's place in this poll.
        vote(poll, people[one], choice=choice)
        votes[one] = choice
        holder_of.pop(one, None)
    elif what == "vote_for":
        elector = Elector.objects.get(poll=poll, member=people[other])
        if holder_of.get(other) == one:
            cast_vote(poll=poll, by=people[one], posted=posted(choice=choice), on_behalf_of=elector.pk)
            votes[other] = choice
        else:
            with pytest.raises(NotEntitled):
                cast_vote(poll=poll, by=people[one], posted=posted(choice=choice), on_behalf_of=elector.pk)
    elif what == "give":
        try:
            with transaction.atomic():
                proxy = give_proxy(meeting=meeting, giver=people[one], holder=people[other])
        except Refusal:
            return
        accept_proxy(proxy=proxy, by=people[other])
        holder_of[one] = other
    else:
        for proxy in meeting.proxies.standing().filter(giver=people[one]):
            withdraw_proxy(proxy=proxy, by=people[one])
            holder_of.pop(one, None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("may_change", [True, False])
def test_one_voter_who_sends_eight_votes_at_once_has_one_vote_and_never_a_mixture(may_change):
    """P5: a change replaces whole, and a final vote refuses the others, under concurrency too."""
    subgroup = SubgroupFactory()
    voter = member_of(subgroup)
    poll = running_poll(subgroup, options=("A", "B", "C", "D"), most_choices=2, may_change=may_change)
    ballots = [[1, 2], [3, 4], [1, 3], [2, 4]] * 2

    results = at_once(*(lambda choice=choice: vote(poll, voter, choice=choice) for choice in ballots))

    refused = [result for result in results if isinstance(result, AlreadyVoted)]
    assert len(refused) == (0 if may_change else len(ballots) - 1)
    stored = Elector.objects.get(poll=poll, member=voter).answer
    assert stored in {",".join(map(str, choice)) for choice in ballots}


cells = st.lists(st.integers(1, 40), max_size=7).map(
    lambda sizes: [(f"Soort {at}", size // 2, size) for at, size in enumerate(sizes)]
)


@given(cells)
def test_no_part_of_the_turnout_under_the_limit_is_shown_or_follows_from_the_others_and_the_total(cells):
    """P28: with the total known, a hidden part is computable exactly when it is the only one."""
    parts = _without_small(cells)
    hidden = [part for part in parts if part.entitled is None]

    assert all(part.entitled is None or part.entitled >= SMALLEST_CELL for part in parts)
    assert len(hidden) != 1 or len(parts) == 1
    assert hidden or parts == [] or min(size for _name, _voted, size in cells) >= SMALLEST_CELL
