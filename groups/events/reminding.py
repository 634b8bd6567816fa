"""Who said yes or maybe is reminded at the hours the organiser chose. Asked from state: a change or a no stops it."""

from datetime import datetime, timedelta

from django.utils import timezone

from groups.events.models import Answer, Event
from notifications.reminders import Due, reminder_registry

CLOCK_CHANGE = timedelta(hours=1)
CHOICES = [hours for hours in Event.Reminders.values if hours]


@reminder_registry
def coming_events(now):
    for hours in CHOICES:
        yield from _due(now, hours)


def _due(now, hours: int):
    answers = Answer.objects.filter(
        event__remind_hours=hours,
        event__starts_at__gt=now,
        event__starts_at__lte=now + timedelta(hours=hours) + CLOCK_CHANGE,
        event__cancelled_at__isnull=True,
        waiting_since__isnull=True,
        choice__in=(Answer.Choice.YES, Answer.Choice.MAYBE),
        # Who answers on the very day needs no reminder of what they just did.
        answered_at__lt=now - timedelta(hours=1),
    )
    step = "day-before" if hours == Event.Reminders.DAY else f"{hours}-hours-before"
    rows = answers.order_by("event", "member").values_list("event_id", "member_id", "event__starts_at")
    for event_id, member_id, starts_at in rows:
        if _moment(starts_at, hours) > now:
            continue
        yield Due(
            member_id=member_id, kind="event-reminder", key=f"event:{event_id}", step=step,
            context={"event": event_id},
        )  # fmt: skip


def _moment(starts_at: datetime, hours: int) -> datetime:
    """So many hours before; whole days are counted on the calendar, so that a change of the clock moves no hour."""
    days, rest = divmod(hours, 24)
    if rest:
        return starts_at - timedelta(hours=hours)
    start = timezone.localtime(starts_at).replace(tzinfo=None)
    return timezone.make_aware(start - timedelta(days=days))
