"""A general meeting from convocation to decisions."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from groups.people.audit import record
from notifications.live import publish_after_commit
from notifications.services import notify
from polls.errors import (
    AlreadyDecided,
    CalledTooLate,
    MeetingNotRunning,
    MinutesAdopted,
    NoGroundForDigital,
    NotYetCounted,
    StatutesUnanswered,
)
from polls.models import Attendance, Decision, Meeting, Poll, Statutes, Tally
from polls.queries import final_result
from polls.services.draws import settled_result
from polls.services.electorate import members_with_a_vote
from polls.services.locks import hold_poll


def hold_meeting(meeting_id: int) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting_id)


def tell_meeting(meeting: Meeting) -> None:
    """After commit, have open pages of the meeting fetch their agenda anew."""
    publish_after_commit(meeting.stream, "meeting.changed", {"meeting": meeting.pk})


@transaction.atomic
def call_meeting(*, meeting: Meeting, by) -> Meeting:
    """Call the meeting: its rules freeze and every member with a vote is told.

    Raises StatutesUnanswered, NoGroundForDigital, and CalledTooLate with the first day that is still possible.
    """
    meeting = hold_meeting(meeting.pk)
    if meeting.called_at:
        return meeting
    statutes = Statutes.objects.filter(pk=1).first()
    if statutes is None or not statutes.is_answered:
        raise StatutesUnanswered
    if meeting.kind == Meeting.Kind.DIGITAL and not statutes.digital_ground:
        raise NoGroundForDigital
    _check_term(meeting, statutes)
    meeting.rules, meeting.called_at, meeting.called_by = statutes.as_rules(), timezone.now(), by
    meeting.save(update_fields=["rules", "called_at", "called_by"])
    record(by=by, act="meeting.called", about=meeting)
    notify(
        member_ids=members_with_a_vote().values_list("pk", flat=True).iterator(),
        kind="meeting.called",
        key=f"meeting:{meeting.pk}",
        context={"meeting": meeting.pk},
    )
    return meeting


def _check_term(meeting: Meeting, statutes: Statutes) -> None:
    """The term is counted in whole days between the day of calling and the day of the meeting."""
    first = timezone.localdate() + timedelta(days=statutes.call_days)
    if timezone.localdate(meeting.held_at) < first:
        words = gettext("Your statutes ask %(days)s days. The first day that is still possible is %(first)s.")
        raise CalledTooLate(words % {"days": statutes.call_days, "first": f"{first:%d-%m-%Y}"})


@transaction.atomic
def open_meeting(*, meeting: Meeting, by) -> Meeting:
    meeting = hold_meeting(meeting.pk)
    if not meeting.called_at or meeting.closed_at:
        raise MeetingNotRunning
    if not meeting.opened_at:
        meeting.opened_at = timezone.now()
        meeting.save(update_fields=["opened_at"])
        record(by=by, act="meeting.opened", about=meeting)
        tell_meeting(meeting)
    return meeting


@transaction.atomic
def close_meeting(*, meeting: Meeting, by) -> Meeting:
    meeting = hold_meeting(meeting.pk)
    if not meeting.is_running:
        raise MeetingNotRunning
    meeting.closed_at = timezone.now()
    meeting.save(update_fields=["closed_at"])
    record(by=by, act="meeting.closed", about=meeting)
    tell_meeting(meeting)
    return meeting


@transaction.atomic
def check_in(*, meeting: Meeting, member) -> Attendance:
    """Note that the member is present; repeating changes nothing. Raises MeetingNotRunning."""
    if not hold_meeting(meeting.pk).is_running:
        raise MeetingNotRunning
    return Attendance.objects.get_or_create(meeting=meeting, member=member)[0]


@transaction.atomic
def write_minutes(*, meeting: Meeting, by, text: str, adopt: bool = False) -> Meeting:
    """Keep the minutes; adopted at the next meeting they no longer change. Raises MinutesAdopted."""
    meeting = hold_meeting(meeting.pk)
    if meeting.adopted_at:
        raise MinutesAdopted
    meeting.minutes = text
    meeting.adopted_at = timezone.now() if adopt and text else None
    meeting.save(update_fields=["minutes", "adopted_at"])
    record(by=by, act="meeting.minutes_adopted" if adopt else "meeting.minutes_written", about=meeting)
    return meeting


@transaction.atomic
def state_decision(*, poll: Poll, by, text: str) -> Decision:
    """The chair states the result: a numbered decision with the figures it rests on.

    Raises NotYetCounted, AlreadyDecided.
    """
    poll = hold_poll(poll.pk)
    result = final_result(poll)
    if result is None:
        raise NotYetCounted
    if Decision.objects.filter(poll=poll).exists():
        raise AlreadyDecided
    tally = Tally.objects.get(poll=poll, is_final=True)
    year = timezone.localdate().year
    last = Decision.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    figures = {"result": settled_result(poll, tally), "voters": tally.voters, "entitled": tally.entitled}
    decision = Decision.objects.create(
        poll=poll,
        year=year,
        number=last + 1,
        verdict=result.sentence[:400],
        figures=figures if result.bars else {},
        text=text.strip() or poll.question,
        stated_by=by,
    )
    record(by=by, act="decision.stated", about=decision, details={"poll": poll.pk})
    return decision
