"""Who said yes or maybe is reminded at the hours the organiser chose. Asked from state: a change or a no stops it."""

from datetime import timedelta

from groups.events.models import Answer, Event
from notifications.reminders import Due, reminder_registry

CHOICES = [hours for hours in Event.Reminders.values if hours]


@reminder_registry
def coming_events(now):
    for hours in CHOICES:
        yield from _due(now, hours)


def _due(now, hours: int):
    answers = Answer.objects.filter(
        event__remind_hours=hours,
        event__starts_at__gt=now,
        event__starts_at__lte=now + timedelta(hours=hours),
        event__cancelled_at__isnull=True,
        waiting_since__isnull=True,
        choice__in=(Answer.Choice.YES, Answer.Choice.MAYBE),
        # Who answers on the very day needs no reminder of what they just did.
        answered_at__lt=now - timedelta(hours=1),
    )
    step = "day-before" if hours == Event.Reminders.DAY else f"{hours}-hours-before"
    for event_id, member_id in answers.order_by("event", "member").values_list("event_id", "member_id"):
        yield Due(
            member_id=member_id, kind="event-reminder", key=f"event:{event_id}", step=step,
            context={"event": event_id},
        )  # fmt: skip
