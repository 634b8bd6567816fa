"""Who can log in to the demo association."""

from dataclasses import dataclass

from groups.people.models import Member

PASSWORD = "waterhoen-op-het-water"
DOMAIN = "waterhoen.example"


@dataclass(frozen=True, slots=True)
class PersonToTry:
    role: str
    email: str
    password: str


PEOPLE = {
    "member": f"anneke@{DOMAIN}",
    "community manager": f"beheer@{DOMAIN}",
    "board member": f"bestuur@{DOMAIN}",
    "Geldchef": f"marloes@{DOMAIN}",
    "treasurer": f"penningmeester@{DOMAIN}",
}


def people_to_try() -> list[PersonToTry]:
    """The demo people that still exist with the demo's domain; an association of its own has none."""
    present = set(Member.objects.filter(email__in=PEOPLE.values()).values_list("email", flat=True))
    return [PersonToTry(role, email, PASSWORD) for role, email in PEOPLE.items() if email in present]
