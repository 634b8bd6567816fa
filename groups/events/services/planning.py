"""Every change of events, answers and feeds."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groups.events.access import may_plan
from groups.events.errors import AnswersClosed, CodeNotValidNow, EventCancelled, NotYourAgenda, WrongCode
from groups.events.fingerprints import fingerprint
from groups.events.following import follow_up
from groups.events.models import Answer, CalendarFeed, Event, Series
from groups.events.queries import who_hears
from groups.events.rhythm import occurrences
from groups.events.services.questions import note_replies
from groups.people.audit import record
from notifications.services import notify

CODE_MARGIN = timedelta(minutes=30)
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look alike


@transaction.atomic
def plan_event(
    *, by, subgroup, starts_at: datetime, ends_at: datetime, rhythm: str = "", until=None, **fields
) -> Event:
    """Plan an event, or with `rhythm` a series up to and including the day `until`. Returns the first one.

    Times are aware. Raises NotYourAgenda.
    """
    if not may_plan(by, subgroup):
        raise NotYourAgenda
    moments, series = [(starts_at, ends_at)], None
    if rhythm:
        series = Series.objects.create(subgroup=subgroup, rhythm=rhythm, until=until)
        moments = occurrences(starts_at, ends_at, rhythm, until)
    answer_by, lead = fields.pop("answer_by", None), None
    if answer_by:
        lead = starts_at - answer_by
    events = [
        Event(
            subgroup=subgroup, series=series, starts_at=start, ends_at=end, created_by=by, code=_code(),
            answer_by=start - lead if lead is not None else None, **fields,
        )
        for start, end in moments
    ]  # fmt: skip
    return Event.objects.bulk_create(events)[0]


def _code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))


@transaction.atomic
def change_event(*, event: Event, by, **fields) -> Event:
    """Change one event. More places let the first in line in; a new time or place is told to who said yes or maybe."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.cancelled_at:
        raise EventCancelled
    moved = any(name in fields and fields[name] != getattr(event, name) for name in ("starts_at", "place"))
    for name, value in fields.items():
        setattr(event, name, value)
    event.revision += 1
    event.save()
    let_in(event)
    if moved:
        _tell_guests(event, "event-changed", f"{event.key}:changed:{event.revision}", but=by)
    return event


@transaction.atomic
def cancel_event(*, event: Event, by) -> None:
    """Cancel one event; who said yes or maybe hears it. Cancelling again changes nothing."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.cancelled_at:
        return
    event.cancelled_at, event.cancelled_by = timezone.now(), by
    event.revision += 1
    event.save(update_fields=["cancelled_at", "cancelled_by", "revision"])
    _tell_guests(event, "event-cancelled", f"{event.key}:cancelled", but=by)
    follow_up(event, event.answers.exclude(choice=Answer.Choice.NO))
    record(by=by, act="event.cancelled", about=event)


@transaction.atomic
def answer_event(
    *, event: Event, member, choice: str, remark: str = "", replies: dict[int, str] | None = None
) -> Answer:
    """Say yes, maybe or no. A yes to a full event waits in line; leaving a place lets the first in line in.

    `replies` are the answers to the organiser's questions ({question id: text}); without them those there were stay.
    Answering the same again keeps the place (also in line). Raises AnswersClosed, QuestionOpen.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not event.takes_answers:
        raise AnswersClosed
    answer = Answer.objects.filter(event=event, member=member).first() or Answer(event=event, member=member)
    if choice != Answer.Choice.YES:
        answer.waiting_since = None
    elif answer.choice != Answer.Choice.YES and _is_full(event):
        answer.waiting_since = timezone.now()
    answer.choice, answer.remark, answer.answered_at = choice, remark, timezone.now()
    answer.save()
    note_replies(answer, replies)
    follow_up(event, [answer])
    let_in(event)
    return answer


@transaction.atomic
def take_over_answers(*, event: Event, choices: dict[int, str]) -> None:
    """Write what members said before the event was planned: {member id: Answer.Choice}. Own answers stay."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    answers = (Answer(event=event, member_id=member, choice=choice) for member, choice in choices.items())
    Answer.objects.bulk_create(answers, batch_size=500, ignore_conflicts=True)


def _is_full(event: Event) -> bool:
    return event.capacity is not None and _places_taken(event) >= event.capacity


def _places_taken(event: Event) -> int:
    return event.answers.filter(choice=Answer.Choice.YES, waiting_since__isnull=True).count()


def let_in(event: Event) -> None:
    """Give free places to who waits longest, and tell them. The caller holds the lock on the event."""
    waiting = event.answers.filter(waiting_since__isnull=False).order_by("waiting_since", "pk")
    free = None if event.capacity is None else max(0, event.capacity - _places_taken(event))
    for answer in waiting[:free] if free is not None else waiting:
        Answer.objects.filter(pk=answer.pk).update(waiting_since=None)
        follow_up(event, Answer.objects.filter(pk=answer.pk))
        notify(
            member_ids=[answer.member_id],
            kind="event-place",
            key=event.key,
            context={"event": event.pk},
            dedupe=f"{event.key}:place:{answer.pk}:{answer.waiting_since.isoformat()}",
        )


def _tell_guests(event: Event, kind: str, fact: str, but) -> None:
    ids = who_hears(event, but=but).order_by("pk").values_list("pk", flat=True)
    notify(member_ids=ids, kind=kind, key=event.key, context={"event": event.pk}, dedupe=fact)


@transaction.atomic
def attend(*, event: Event, member, code: str) -> Answer:
    """Note that the member is there, by the code that is shown at the event: who is there comes, signed up or not.

    Raises CodeNotValidNow, WrongCode.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    now = timezone.now()
    if event.cancelled_at or not event.starts_at - CODE_MARGIN <= now <= event.ends_at + CODE_MARGIN:
        raise CodeNotValidNow
    if not secrets.compare_digest(code.strip().upper().encode(), event.code.encode()):
        raise WrongCode
    answer = Answer.objects.filter(event=event, member=member).first() or Answer(event=event, member=member)
    answer.choice, answer.waiting_since = Answer.Choice.YES, None
    answer.attended_at = answer.attended_at or now
    answer.save()
    follow_up(event, [answer])
    return answer


@transaction.atomic
def make_feed(*, member) -> str:
    """Make a new secret address and end the one there was; returns the token, which is shown once and never kept."""
    token = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(
        member=member, defaults={"fingerprint": fingerprint(token), "created_at": timezone.now()}
    )
    return token


def revoke_feed(*, member) -> None:
    """End the address; from now on it gives 404."""
    CalendarFeed.objects.filter(member=member).delete()
