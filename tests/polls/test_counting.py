"""Running totals: at most every two seconds, versioned, in steps where they must be, and gone after closing."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications.live import stream_registry
from polls.models import Elector, Secrecy, Tally
from polls.services import close_poll, count_running
from polls.services.counting import profile_of
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_polls import running_poll, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


def streams(member):
    return set().union(*(source(member) for source in stream_registry))


def voters_of(poll, number):
    return [elector.member for elector in Elector.objects.filter(poll=poll).select_related("member")[:number]]


def test_running_totals_carry_a_version_that_only_grows(subgroup):
    voters = [member_of(subgroup) for _ in range(3)]
    poll = running_poll(subgroup, shown="live")
    versions = []

    for voter in voters:
        vote(poll, voter, choice=1)
        versions.append(count_running(poll.pk).version)
    unchanged = count_running(poll.pk)
    vote(poll, voters[0], choice=2)
    changed = count_running(poll.pk)

    assert versions == [1, 2, 3]
    assert unchanged is None
    assert (changed.version, changed.result["votes"]) == (4, {"1": 2, "2": 1, "3": 0})
    assert Tally.objects.filter(poll=poll).count() == 1


@pytest.mark.parametrize("shown", ["after_close"])
def test_nothing_is_counted_before_it_may_be_seen(subgroup, shown):
    voter = member_of(subgroup)
    poll = running_poll(subgroup, shown=shown)
    vote(poll, voter, choice=1)

    assert count_running(poll.pk) is None
    assert not Tally.objects.exists()


def test_confidential_totals_start_at_ten_voters_move_by_ten_and_earlier_steps_are_gone_after_closing(subgroup):
    for _ in range(25):
        member_of(subgroup)
    poll = running_poll(subgroup, shown="live", secrecy=Secrecy.CONFIDENTIAL)
    seen = []

    for voter in voters_of(poll, 25):
        vote(poll, voter, choice=1)
        tally = count_running(poll.pk)
        if tally:
            seen.append(tally.voters)
    close_poll(poll=poll, by=None)

    assert seen == [10, 20]
    assert list(Tally.objects.filter(poll=poll).values_list("is_final", "voters")) == [(True, 25)]


def test_totals_are_streamed_to_who_may_see_them_move(subgroup):
    voter, other, outsider = member_of(subgroup), member_of(subgroup), MemberFactory()
    live, after_vote, after_close, board = (
        running_poll(subgroup, shown="live"),
        running_poll(subgroup, shown="after_vote"),
        running_poll(subgroup, shown="after_close"),
        running_poll(subgroup, shown="live", audience="board"),
    )
    for poll in (live, after_vote, after_close, board):
        vote(poll, voter, choice=1)

    everything = {poll.stream for poll in (live, after_vote, after_close, board)}
    assert streams(voter) & (everything | {p.totals_stream for p in (live, after_vote, after_close, board)}) == {
        *everything,
        live.totals_stream,
        after_vote.totals_stream,
    }
    assert {s for s in streams(other) if s.endswith(".totals")} == {live.totals_stream}
    assert not {s for s in streams(outsider) if s.startswith("poll.")}


VOTES = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([["1"], ["2"], ["1", "3"], ["2", "3"]])), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(votes=VOTES)
def test_the_running_profile_equals_what_each_voter_last_chose(subgroup, votes):
    voters = [member_of(subgroup) for _ in range(4)]
    poll = running_poll(subgroup, shown="live", most_choices=2)
    last = {}

    for who, choice in votes:
        vote(poll, voters[who], choice=choice)
        last[who] = ",".join(choice)
        count_running(poll.pk)

    assert profile_of(poll) == Counter(last.values())
    tally = Tally.objects.filter(poll=poll).first()
    assert (tally.profile if tally else {}) == dict(Counter(last.values()))
