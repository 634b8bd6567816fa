"""A pot can be a surprise for a member of its group who does not look after it and was not asked.

Its money still stands at the bank. Who sees the books without keeping or auditing them, as the board does, finds no
entry of it, and totals count it as general money. The treasurer and the auditors prove every cent: from them a pot
cannot be kept, for books with a hole in them are none.
"""

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from finance.ledger.asking import kept_rings, ring_names
from finance.pots.access import active_roles_of, looks_after, visible_pots
from finance.pots.models import Pot
from groups.people.access import may_for_association, members_with_right
from groups.people.models import kept_from
from groups.people.surprises import SurpriseKind, register_surprise
from groups.subgroups.access import members_of

PROVE = ("book", "audit")


def _find(member, pk: int):
    found = visible_pots(member).filter(pk=pk).select_related("subgroup").first()
    return found if found and looks_after(member, found) else None


def _people(member, pot):
    """Who was asked to pay knows of it."""
    asked = pot.requests.filter(party__member__isnull=False).values("party__member")
    keepers = active_roles_of(pot).filter(member__isnull=False).values("member")
    found = members_of(pot.subgroup).exclude(pk__in=asked).exclude(pk__in=keepers)
    for right in PROVE:
        found = found.exclude(pk__in=members_with_right(right).values("pk"))
    return found


def _places(member) -> list[str]:
    hidden = Pot.objects.filter(kept_from(member)).select_related("subgroup")
    return [row.subgroup.stream for row in hidden]


@kept_rings
def _rings(member):
    if any(may_for_association(member, right) for right in PROVE):
        return []
    kept = Pot.objects.filter(kept_from(member) | kept_from(member, "subgroup__"))
    return kept.order_by().values_list(Concat(Value("pot:"), Cast("pk", CharField())), flat=True)


@ring_names
def _names(rings) -> dict[str, str]:
    ids = [int(ring.removeprefix("pot:")) for ring in rings if ring.startswith("pot:")]
    return {pot.ring: pot.name for pot in Pot.objects.filter(pk__in=ids).only("name")}


register_surprise(SurpriseKind("pot", find=_find, people=_people, keys=lambda pot: [], places=_places))
