"""Reminders: sources say from state what is due; the sweep queues each step once.

A source is `function(now) -> iterable of Due`. It lists what is due at this minute or was missed while nothing
ran; the unique key of the outbox makes a second look harmless, and `still_true` of the kind is asked again
just before sending, so that a payment or vote one second earlier stops it.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from notifications.models import Delivery
from notifications.services import notify
from theme.registry import Registry

reminder_registry = Registry("What is due to be reminded of at this moment? function(now) -> iterable of Due")


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder for one member. `step` tells this reminder from the next about the same thing."""

    member_id: int
    kind: str
    key: str
    step: str
    context: dict = field(default_factory=dict)


def queue_due(now: datetime | None = None) -> int:
    """Ask every source and queue what has not been queued before; returns the number of new reminders."""
    moment = now or timezone.now()
    return sum(_queue(due) for source in reminder_registry for due in source(moment))


def _queue(due: Due) -> int:
    dedupe = f"reminder:{due.key}:{due.step}"
    if Delivery.objects.filter(dedupe=dedupe, member_id=due.member_id).exists():
        return 0
    return notify(member_ids=[due.member_id], kind=due.kind, key=due.key, context=due.context, dedupe=dedupe)
