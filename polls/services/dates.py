"""From a date finder to the agenda: the chosen moment becomes an event, with the answers voters gave."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groups.events.models import Answer, Event
from groups.events.services import plan_event, take_over_answers
from groups.people.audit import record
from groups.subgroups.access import members_of
from notifications.services import notify
from polls.counting.gauges import IF_NEED_BE, NO, YES
from polls.errors import AlreadyPlanned, NoMomentFound, NotYetCounted
from polls.kinds.dates import dates_in
from polls.models import Elector, Kind, Option, Poll, Tally
from polls.services.locks import hold_poll
from theme.errors import Refusal

AS_ANSWER = {YES: Answer.Choice.YES, IF_NEED_BE: Answer.Choice.MAYBE, NO: Answer.Choice.NO}


@transaction.atomic
def plan_from_dates(*, poll: Poll, by, option: int | None = None, place: str = "") -> Event:
    """Put a moment of a counted date finder in the agenda: the best one, or the `option` somebody chose instead.

    Yes becomes "I am coming", if need be "maybe", no "I am not coming"; who could vote is told.
    Raises NotYetCounted, AlreadyPlanned, NoMomentFound, and NotYourAgenda when `by` may not plan there.
    """
    poll = hold_poll(poll.pk)
    if poll.kind != Kind.DATES or poll.state not in (Poll.State.COUNTED, Poll.State.PUBLISHED):
        raise NotYetCounted
    if poll.event_id:
        raise AlreadyPlanned
    moment = _moment(poll, option)
    starts_at = timezone.make_aware(datetime.fromisoformat(moment.text))
    poll.event = plan_event(
        by=by,
        subgroup=poll.subgroup,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=poll.rules.event_minutes),
        title=poll.question[:120],
        description=poll.explanation,
        place=place,
    )
    poll.save(update_fields=["event"])
    take_over_answers(event=poll.event, choices=_choices(poll, moment.number))
    record(by=by, act="poll.event_planned", about=poll, details={"event": poll.event.pk, "option": moment.number})
    _tell(poll)
    return poll.event


def plan_when_closed(poll: Poll) -> None:
    """For a date finder that promised it: plan the best moment in the name of its maker.

    When that cannot be done any more the poll closes all the same, and who runs it can plan by hand.
    """
    if poll.created_by is None:
        return
    try:
        plan_from_dates(poll=poll, by=poll.created_by)
    except Refusal as refusal:
        record(by=None, act="poll.event_not_planned", about=poll, details={"why": type(refusal).__name__})


def _moment(poll: Poll, option: int | None) -> Option:
    best, yes, maybe, _no = Tally.objects.get(poll=poll, is_final=True).result["dates"][0]
    if option is None and not yes + maybe:
        raise NoMomentFound
    moment = poll.options.filter(number=option or best).first()
    if moment is None or datetime.fromisoformat(moment.text) <= timezone.localtime().replace(tzinfo=None):
        raise NoMomentFound
    return moment


def _choices(poll: Poll, option: int) -> dict[int, str]:
    """{member id: answer} of who voted and still sees the event's agenda."""
    voters = Elector.objects.filter(poll=poll, voted=True, member__is_active=True)
    if poll.subgroup:
        voters = voters.filter(member__in=members_of(poll.subgroup).values("pk"))
    answers = voters.values_list("member", "answer")
    return {member: AS_ANSWER[dict(dates_in(answer)).get(option, NO)] for member, answer in answers}


def _tell(poll: Poll) -> None:
    electors = Elector.objects.filter(poll=poll, member__isnull=False)
    notify(
        member_ids=electors.values_list("member_id", flat=True).iterator(),
        kind="poll.planned",
        key=f"poll-planned:{poll.pk}",
        context={"poll": poll.pk},
    )
