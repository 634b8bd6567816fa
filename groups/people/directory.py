"""By what the directory can be filtered beside names: interests, and what higher apps add (groups, roles)."""

from dataclasses import dataclass

from groups.people.models import Interest
from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: `code` stands in the address, `members` gives a queryset of values with the key `member`."""

    code: str
    label: str
    members: object


choice_registry = Registry("By what can the directory be filtered? function(viewer) -> list of Choice")


def choices(viewer) -> list[Choice]:
    return [choice for ask in choice_registry for choice in ask(viewer)]


def among(request, code: str):
    """The members of the chosen filter; an unknown code filters on nobody and tells nothing."""
    if not code:
        return None
    found = next((choice for choice in choices(request.user) if choice.code == code), None)
    return found.members if found else []


def filters(request) -> dict:
    return {
        "choices": [(choice.code, choice.label) for choice in choices(request.user)],
        "interests": list(Interest.objects.all()[:60]),
    }
