"""Who plays in the demo, and who of them prints at the start so that anyone can log in."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.utils import timezone

from groups.people.models import Member
from groups.subgroups.models import Subgroup

PASSWORD = "waterhoen-op-het-water"
DOMAIN = "waterhoen.example"


@dataclass(frozen=True, slots=True)
class PersonToTry:
    role: str
    email: str
    password: str


PEOPLE_TO_TRY = {
    "member": f"anneke@{DOMAIN}",
    "community manager": f"beheer@{DOMAIN}",
    "board member": f"bestuur@{DOMAIN}",
    "Geldchef": f"marloes@{DOMAIN}",
    "treasurer": f"penningmeester@{DOMAIN}",
}


def people_to_try() -> list[PersonToTry]:
    """The demo people who are in this database; an association of its own has none."""
    present = set(Member.objects.filter(email__in=PEOPLE_TO_TRY.values()).values_list("email", flat=True))
    return [PersonToTry(role, email, PASSWORD) for role, email in PEOPLE_TO_TRY.items() if email in present]


@dataclass
class Club:
    """What one room of the demo hands to the next. `random` is seeded: every load is the same but for its dates."""

    people: dict[str, Member] = field(default_factory=dict)  # by the key in people.CAST: "anneke", "marloes" …
    members: list[Member] = field(default_factory=list)
    subgroups: dict[str, Subgroup] = field(default_factory=dict)  # by slug
    now: datetime = field(default_factory=timezone.now)
    random: Random = field(default_factory=lambda: Random(1904))

    def in_group(self, slug: str) -> list[Member]:
        """The people in a subgroup, in a fixed order."""
        return list(
            Member.objects.filter(memberships__subgroup=self.subgroups[slug], memberships__left_at__isnull=True)
            .order_by("pk")
            .distinct()
        )
