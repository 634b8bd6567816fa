"""The day before, who said yes or maybe is reminded. Asked from state, so a change or a no stops it."""

from datetime import timedelta

from groups.events.models import Answer
from notifications.reminders import Due, reminder_registry

BEFORE = timedelta(hours=24)


@reminder_registry
def events_of_tomorrow(now):
    answers = Answer.objects.filter(
        event__starts_at__gt=now,
        event__starts_at__lte=now + BEFORE,
        event__cancelled_at__isnull=True,
        waiting_since__isnull=True,
        choice__in=(Answer.Choice.YES, Answer.Choice.MAYBE),
        # Who answers on the very day needs no reminder of what they just did.
        answered_at__lt=now - timedelta(hours=1),
    )
    for event_id, member_id in answers.order_by("event", "member").values_list("event_id", "member_id"):
        yield Due(
            member_id=member_id, kind="event-reminder", key=f"event:{event_id}", step="day-before",
            context={"event": event_id},
        )  # fmt: skip
