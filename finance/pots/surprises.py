"""A pot can be a surprise for a member of its group who does not look after it and was not asked."""

from finance.pots.access import active_roles_of, looks_after, visible_pots
from finance.pots.models import Pot
from groups.people.models import kept_from
from groups.people.surprises import SurpriseKind, register_surprise
from groups.subgroups.access import members_of


def _find(member, pk: int):
    found = visible_pots(member).filter(pk=pk).select_related("subgroup").first()
    return found if found and looks_after(member, found) else None


def _people(member, pot):
    """Who was asked to pay knows of it."""
    asked = pot.requests.filter(party__member__isnull=False).values("party__member")
    keepers = active_roles_of(pot).filter(member__isnull=False).values("member")
    return members_of(pot.subgroup).exclude(pk__in=asked).exclude(pk__in=keepers)


def _places(member) -> list[str]:
    hidden = Pot.objects.filter(kept_from(member)).select_related("subgroup")
    return [row.subgroup.stream for row in hidden]


register_surprise(SurpriseKind("pot", find=_find, people=_people, keys=lambda pot: [], places=_places))
