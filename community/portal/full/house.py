"""What one part of the full house hands to the next, and how large it is."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from groups.people.models import Member
from groups.subgroups.models import Subgroup

BATCH = 2000


@dataclass
class House:
    """`people` are in `groups` × `places` places: each in one group, a quarter of them in two."""

    groups: int = 50
    places: int = 1024
    messages: int = 200_000
    threads_per_group: int = 40
    announcements: int = 100
    events_per_group: int = 24

    now: datetime = field(default_factory=timezone.now)
    random: Random = field(default_factory=lambda: Random(51_200))
    members: list[Member] = field(default_factory=list)
    subgroups: list[Subgroup] = field(default_factory=list)
    leads: list[Member] = field(default_factory=list)  # the manager and Geldchef of each group

    @property
    def people(self) -> int:
        return self.groups * self.places * 4 // 5

    def places_of(self, number: int) -> list[Member]:
        """Who is in the group with this number (from 0): those who are in no other, or every fourth of all."""
        first_seconds = self.people // self.places
        if number < first_seconds:
            return self.members[number * self.places : (number + 1) * self.places]
        start = (number - first_seconds) * self.places
        return [self.members[((start + place) * 4 + 1) % self.people] for place in range(self.places)]

    def moment(self, days: int = 365) -> datetime:
        """Some moment in the last `days`."""
        return self.now - timedelta(seconds=self.random.randint(3600, days * 24 * 3600))


def in_bulk(model, rows, **options) -> None:
    """Insert rows from a generator, BATCH at a time, so that a million of them never stand in memory."""
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            model.objects.bulk_create(batch, **options)
            batch = []
    if batch:
        model.objects.bulk_create(batch, **options)
