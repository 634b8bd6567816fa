"""Votes that are taken up again: a second ballot, and what missed its quorum at a second meeting."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from groups.people.audit import record
from polls.errors import (
    NoSecondBallot,
    QuorumNotMissed,
    SecondMeetingTooLate,
    TieForSecondBallot,
)
from polls.models import AgendaItem, Kind, Meeting, Poll, Tally
from polls.quorum import missed_quorum
from polls.services.draws import admitted, settled_result
from polls.services.locks import hold_poll
from polls.services.making import create_poll
from polls.services.meetings import hold_meeting


@transaction.atomic
def second_ballot(*, poll: Poll, by, closes_at: datetime) -> Poll:
    """A new poll between the highest candidates of an election in which not all seats got a majority.

    Twice as many are admitted as there are seats left; most votes decide. It still has to be opened, and in a secret
    election its tellers choose new passphrases. Raises NoSecondBallot, TieForSecondBallot, ClosesTooSoon.
    """
    poll = hold_poll(poll.pk)
    seats_left = seats_without_majority(poll)
    if not seats_left or poll.followed_by.exists():
        raise NoSecondBallot
    finalists = admitted(poll)
    if finalists.tie:
        raise TieForSecondBallot
    texts = dict(poll.options.values_list("number", "text"))
    return _taken_up(
        poll,
        by=by,
        question=gettext("Second ballot: %(question)s") % {"question": poll.question},
        options=[texts[number] for number in sorted(finalists.elected)],
        rules=replace(poll.rules, method="plurality", seats=seats_left),
        closes_at=closes_at,
        item=poll.item,
    )


def seats_without_majority(poll: Poll) -> int:
    """Seats of a counted election by absolute majority that nobody won, while there are candidates left."""
    if poll.kind != Kind.ELECTION or poll.rules.method != "absolute_majority":
        return 0
    if poll.state not in (Poll.State.COUNTED, Poll.State.PUBLISHED):
        return 0
    result = settled_result(poll, Tally.objects.get(poll=poll, is_final=True))
    seats, options = poll.rules.seats, poll.options.count()
    return 0 if result["tie"] else min(seats, options) - len(result["elected"])


@transaction.atomic
def vote_again(*, poll: Poll, by, closes_at: datetime, item: AgendaItem | None = None) -> Poll:
    """The same vote without quorum. One of a meeting is taken again under a point of its second meeting.

    Raises QuorumNotMissed, ClosesTooSoon.
    """
    poll = hold_poll(poll.pk)
    if not missed_quorum(poll) or poll.followed_by.exists() or bool(poll.item_id) != bool(item):
        raise QuorumNotMissed
    majority = replace(poll.rules.majority, quorum="")
    return _taken_up(
        poll,
        by=by,
        question=poll.question,
        options=list(poll.options.values_list("text", flat=True)),
        rules=replace(poll.rules, majority=majority, quorum=""),
        closes_at=closes_at,
        item=item,
    )


def _taken_up(poll: Poll, *, by, question: str, item, **fields) -> Poll:
    again = create_poll(
        by=by,
        kind=poll.kind,
        question=question[:200],
        explanation=poll.explanation,
        secrecy=poll.secrecy,
        subgroup=poll.subgroup,
        also_in=list(poll.also_in.all()),
        item=item,
        follows=poll,
        tellers=[teller.member for teller in poll.tellers.select_related("member")],
        **fields,
    )
    record(by=by, act="poll.taken_up_again", about=again, details={"follows": poll.pk})
    return again


@transaction.atomic
def second_meeting(*, meeting: Meeting, by, held_at: datetime, place: str = "") -> Meeting:
    """Prepare the second meeting about every vote of this one that missed its quorum; it still has to be called.

    Raises QuorumNotMissed, SecondMeetingTooLate.
    """
    meeting = hold_meeting(meeting.pk)
    polls = Poll.objects.filter(item__meeting=meeting).order_by("item__number", "pk")
    missed = [poll for poll in polls if missed_quorum(poll)]
    if not missed or meeting.second_meetings.exists():
        raise QuorumNotMissed
    _check_second_term(meeting, held_at)
    second = Meeting.objects.create(
        title=(gettext("Second meeting: %(title)s") % {"title": meeting.title})[:120],
        kind=meeting.kind,
        held_at=held_at,
        place=place or meeting.place,
        record_on=meeting.record_on,
        second_of=meeting,
        text=gettext("The quorum was missed at the first meeting. This meeting decides without quorum."),
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=second, number=number, title=poll.question, text=poll.explanation, repeats=poll)
        for number, poll in enumerate(missed, start=1)
    )
    record(by=by, act="meeting.second_prepared", about=second, details={"second_of": meeting.pk})
    return second


def _check_second_term(meeting: Meeting, held_at: datetime) -> None:
    days = meeting.rules.get("second_meeting_days")
    if days is None:
        return
    last = timezone.localdate(meeting.held_at) + timedelta(days=days)
    if timezone.localdate(held_at) > last:
        words = gettext("Your statutes ask for a second meeting within %(days)s days: on %(last)s at the latest.")
        raise SecondMeetingTooLate(words % {"days": days, "last": f"{last:%d-%m-%Y}"})
