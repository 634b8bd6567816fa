"""Reminders: sources say from state what is due; the sweep gives each step once.

A source is `function(now) -> iterable of Due`. It lists what is due at this minute or was missed while nothing
ran; a row per step makes a second look harmless, and `still_true` of the kind is asked again just before sending,
so that a payment or vote one second earlier stops it.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from notifications.models import Reminder
from notifications.services import notify
from theme.registry import Registry

BATCH = 500

reminder_registry = Registry("What is due to be reminded of at this moment? function(now) -> iterable of Due")


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder for one member. `step` tells this reminder from the next about the same thing."""

    member_id: int
    kind: str
    key: str
    step: str
    context: dict = field(default_factory=dict)
    place: str = ""

    @property
    def fact(self) -> str:
        return f"reminder:{self.key}:{self.step}"


def queue_due(now: datetime | None = None) -> int:
    """Ask every source and give what has not been given before; returns the number of new reminders."""
    return sum(queue_from(source, now) for source in reminder_registry)


def queue_from(source, now: datetime | None = None) -> int:
    return sum(_give(batch) for batch in _in_batches(source(now or timezone.now())))


def _in_batches(due: Iterable[Due]):
    rest = iter(due)
    while batch := list(islice(rest, BATCH)):
        yield batch


@transaction.atomic
def _give(batch: list[Due]) -> int:
    mine = _claim(batch)
    for (kind, key, fact, place, context), members in _alike(mine).items():
        notify(member_ids=members, kind=kind, key=key, context=json.loads(context), dedupe=fact, place=place)
    return len(mine)


def _claim(batch: list[Due]) -> list[Due]:
    """Those of the batch that no run has given yet, now claimed for this one.

    Two runs at once both insert; the unique key lets one of them through, and its own number says which.
    """
    wanted = {(due.fact, due.member_id): due for due in batch}
    rows = Reminder.objects.filter(fact__in={due.fact for due in batch}, member__in={due.member_id for due in batch})
    fresh = wanted.keys() - set(rows.values_list("fact", "member_id"))
    if not fresh:
        return []
    run = uuid.uuid4()
    Reminder.objects.bulk_create(
        [Reminder(member_id=pk, kind=wanted[fact, pk].kind, fact=fact, given_by_run=run) for fact, pk in sorted(fresh)],
        ignore_conflicts=True,
    )
    return [wanted[row] for row in Reminder.objects.filter(given_by_run=run).values_list("fact", "member_id")]


def _alike(dues: list[Due]) -> dict[tuple, list[int]]:
    """Reminders that differ only in whom they are for, told together."""
    alike: dict[tuple, list[int]] = {}
    for due in dues:
        context = json.dumps(due.context, sort_keys=True, cls=DjangoJSONEncoder)
        alike.setdefault((due.kind, due.key, due.fact, due.place, context), []).append(due.member_id)
    return alike
