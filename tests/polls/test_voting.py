from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from groups.subgroups.services import end_membership
from polls.errors import AlreadyVoted, InvalidAnswer, NotEntitled, NothingChosen, NotYetOpen, PollClosed, TooManyChoices
from polls.models import Elector, Kind, Option, Poll, Tally
from polls.services import close_poll, finish_due, open_due
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_polls import make_poll, running_poll, vote
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def voters(subgroup):
    return [member_of(subgroup) for _ in range(3)]


def answers(poll):
    return sorted(Elector.objects.filter(poll=poll, voted=True).values_list("answer", flat=True))


def test_everybody_in_the_subgroup_at_opening_may_vote_and_nobody_else(subgroup, voters):
    outsider = MemberFactory()
    poll = running_poll(subgroup)
    late = member_of(subgroup)

    vote(poll, voters[0], choice=2)

    assert answers(poll) == ["2"]
    assert set(Elector.objects.filter(poll=poll).values_list("member", flat=True)) == {v.pk for v in voters}
    for stranger in (outsider, late):
        with pytest.raises(NotEntitled):
            vote(poll, stranger, choice=1)


def test_a_poll_of_the_association_asks_all_who_belong_to_it(voters):
    former = MemberFactory(enrolled=False)
    poll = running_poll()

    assert Elector.objects.filter(poll=poll).count() == 3
    with pytest.raises(NotEntitled):
        vote(poll, former, choice=1)


def test_a_change_replaces_the_vote(subgroup, voters):
    poll = running_poll(subgroup)

    vote(poll, voters[0], choice=1)
    vote(poll, voters[0], choice=3)

    assert answers(poll) == ["3"]


def test_a_final_vote_refuses_the_second(subgroup, voters):
    poll = running_poll(subgroup, may_change=False)
    vote(poll, voters[0], choice=1)

    with pytest.raises(AlreadyVoted):
        vote(poll, voters[0], choice=3)

    assert answers(poll) == ["1"]


def test_a_vote_at_the_closing_moment_is_refused_without_any_clock_process(subgroup, voters):
    poll = running_poll(subgroup)

    for late in (timedelta(0), timedelta(seconds=1), timedelta(days=9)):
        with time_machine.travel(poll.closes_at + late, tick=False), pytest.raises(PollClosed):
            vote(poll, voters[0], choice=1)
    with time_machine.travel(poll.closes_at - timedelta(seconds=1), tick=False):
        vote(poll, voters[0], choice=2)

    assert answers(poll) == ["2"]


def test_a_planned_poll_opens_at_its_moment_and_not_before(subgroup, voters):
    poll = make_poll(subgroup, opens_at=timezone.now() + timedelta(days=1))
    open_due()
    with pytest.raises(NotYetOpen):
        vote(poll, voters[0], choice=1)

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        open_due()
        vote(poll, voters[0], choice=1)

    assert answers(poll) == ["1"]


BAD = [
    ({}, NothingChosen),
    ({"choice": []}, NothingChosen),
    ({"choice": ["4"]}, InvalidAnswer),
    ({"choice": ["0"]}, InvalidAnswer),
    ({"choice": ["-1"]}, InvalidAnswer),
    ({"choice": ["1.0"]}, InvalidAnswer),
    ({"choice": ["١"]}, InvalidAnswer),
    ({"choice": ["1", "1"]}, InvalidAnswer),
    ({"choice": ["1,2"]}, InvalidAnswer),
    ({"choice": ["blank"]}, InvalidAnswer),
    ({"choice": ["9" * 10_000_000]}, InvalidAnswer),
    ({"choice": ["1"] * 100_000}, InvalidAnswer),
    ({"choice": ["1", "2", "3"]}, TooManyChoices),
]


@pytest.mark.parametrize(("ballot", "refusal"), BAD, ids=range(len(BAD)))
def test_a_malformed_answer_is_refused_and_nothing_is_stored(subgroup, voters, ballot, refusal):
    poll = running_poll(subgroup, most_choices=2)

    with pytest.raises(refusal):
        vote(poll, voters[0], **ballot)

    assert not Elector.objects.filter(poll=poll, voted=True).exists()


def test_closing_counts_once_and_freezes_the_result(subgroup, voters):
    poll = running_poll(subgroup, most_choices=2)
    vote(poll, voters[0], choice=[1, 2])
    vote(poll, voters[1], choice=2)

    close_poll(poll=poll, by=voters[0])
    again = close_poll(poll=poll, by=voters[1])

    tally = Tally.objects.get(poll=poll)
    assert tally.result == {"votes": {"1": 1, "2": 2, "3": 0}, "blank": 0, "ballots": 2, "abstained": 0, "leaders": [2]}
    assert (tally.is_final, tally.voters, tally.entitled) == (True, 2, 3)
    assert (again.state, again.closed_by) == (Poll.State.COUNTED, voters[0])
    with pytest.raises(PollClosed):
        vote(poll, voters[2], choice=1)


def test_the_clock_closes_what_is_over(subgroup, voters):
    poll = running_poll(subgroup)
    vote(poll, voters[0], choice=1)

    with time_machine.travel(poll.closes_at):
        finish_due()

    poll.refresh_from_db()
    assert (poll.state, poll.closed_by) == (Poll.State.COUNTED, None)
    assert Tally.objects.get(poll=poll).result["leaders"] == [1]


def test_leaving_or_removing_the_account_after_voting_changes_no_figure(subgroup, voters):
    poll = running_poll(subgroup)
    for voter in voters:
        vote(poll, voter, choice=1)

    end_membership(subgroup=subgroup, member=voters[0])
    voters[1].delete()
    close_poll(poll=poll, by=None)

    tally = Tally.objects.get(poll=poll)
    assert (tally.result["votes"]["1"], tally.voters, tally.entitled) == (3, 3, 3)


CHANGES = {
    "question": lambda poll: Poll.objects.filter(pk=poll.pk).update(question="Anders?"),
    "rules": lambda poll: Poll.objects.filter(pk=poll.pk).update(stored_rules={"may_change": False}),
    "secrecy": lambda poll: Poll.objects.filter(pk=poll.pk).update(secrecy="secret"),
    "closing": lambda poll: Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now() + timedelta(days=30)),
    "option text": lambda poll: poll.options.filter(number=1).update(text="Anders"),
    "option gone": lambda poll: poll.options.filter(number=1).delete(),
    "option added": lambda poll: Option.objects.create(poll=poll, number=9, text="Nieuw"),
    "late elector": lambda poll: Elector.objects.create(poll=poll, member=MemberFactory()),
    "poll gone": lambda poll: Poll.objects.filter(pk=poll.pk)._raw_delete("default"),
    "sql": lambda poll: _sql("UPDATE polls_poll SET question = 'Anders?' WHERE id = %s", poll.pk),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_that_voters_saw_changes_after_opening(subgroup, voters, change):
    poll = running_poll(subgroup)
    before = poll.fingerprint

    with pytest.raises(DatabaseError), transaction.atomic():
        change(poll)

    assert Poll.objects.get(pk=poll.pk).fingerprint == before
    assert Elector.objects.filter(poll=poll).count() == 3


def _sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_closed_poll_takes_no_vote_and_does_not_reopen_even_by_sql(subgroup, voters):
    poll = running_poll(subgroup)
    close_poll(poll=poll, by=None)

    with pytest.raises(DatabaseError), transaction.atomic():
        Elector.objects.filter(poll=poll).update(voted=True, answer="1")
    with pytest.raises(DatabaseError), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(state=Poll.State.OPEN, closed_at=None)

    assert answers(poll) == []


def test_a_draft_may_still_change(subgroup):
    poll = make_poll(subgroup)

    poll.options.filter(number=1).update(text="Anders")
    Poll.objects.filter(pk=poll.pk).update(question="Anders?")

    assert Poll.objects.get(pk=poll.pk).question == "Anders?"


@pytest.mark.parametrize(
    "rows",
    [
        lambda poll: [Elector(poll=poll, member=MemberFactory(), answer="1")],
        lambda poll: [Elector(poll=poll, voted=True, answer="1", sealed=b"x")],
        lambda poll: [Elector(poll=poll, weight=0)],
        lambda poll: [Elector(poll=poll, member=member) for member in [MemberFactory()] * 2],
    ],
)
def test_the_database_refuses_impossible_electors(subgroup, rows):
    poll = make_poll(subgroup)

    with pytest.raises(IntegrityError), transaction.atomic():
        Elector.objects.bulk_create(rows(poll))


@pytest.mark.parametrize(
    "fields", [{"question": ""}, {"closes_at": datetime(2000, 1, 1, tzinfo=UTC)}, {"state": "closed"}]
)
def test_the_database_refuses_impossible_polls(subgroup, fields):
    poll = make_poll(subgroup)

    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(**fields)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_forty_members_who_each_vote_twice_at_once_cast_forty_votes():
    subgroup = SubgroupFactory()
    members = [member_of(subgroup) for _ in range(40)]
    poll = running_poll(subgroup, may_change=False)

    results = []
    for start in range(0, 40, 4):
        acts = [
            lambda m=member, c=choice: vote(poll, m, choice=c)
            for member in members[start : start + 4]
            for choice in (1, 2)
        ]
        results += at_once(*acts)

    assert len(answers(poll)) == 40
    assert sum(isinstance(result, AlreadyVoted) for result in results) == 40


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_every_vote_recorded_while_the_poll_closes_is_in_the_count():
    subgroup = SubgroupFactory()
    members = [member_of(subgroup) for _ in range(12)]
    poll = running_poll(subgroup)

    *results, _closed = at_once(
        *(lambda m=member: vote(poll, m, choice=1) for member in members), lambda: close_poll(poll=poll, by=None)
    )

    recorded = sum(isinstance(result, Elector) for result in results)
    refused = sum(isinstance(result, PollClosed) for result in results)
    assert (recorded + refused, len(answers(poll))) == (12, recorded)
    assert Tally.objects.get(poll=poll).result["votes"]["1"] == recorded


@pytest.mark.parametrize("kind", [Kind.GAUGE, Kind.MOTION])
def test_a_vote_costs_the_same_for_any_number_of_electors(subgroup, voters, kind, django_assert_max_num_queries):
    """A motion counts its electors at closing and not with every vote."""
    options = ("A", "B") if kind == Kind.GAUGE else ()
    poll = running_poll(subgroup, kind=kind, options=options)

    with django_assert_max_num_queries(8) as captured:
        vote(poll, voters[0], choice="1" if kind == Kind.GAUGE else "for")

    assert not [query["sql"] for query in captured if "SUM(" in query["sql"] or "COUNT(" in query["sql"]]
