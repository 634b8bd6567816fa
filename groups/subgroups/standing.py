"""Where somebody stands towards a subgroup: in it, asking, waiting, or free to join; what the button says."""

from django.db.models import Value
from django.utils import timezone

from groups.subgroups.access import my_memberships
from groups.subgroups.models import FormerAddress, JoinRequest, Removal, Subgroup, WaitingPlace

Policy = Subgroup.JoinPolicy


def standing_in(member, subgroup) -> str:
    return standings(member, [subgroup])[subgroup.pk]


def standings(member, subgroups) -> dict[int, str]:
    """{subgroup id: in, asked, offered, waiting, kept_out, full, join, ask, closed}, also set on each as `standing`."""
    rows = _rows(member, [subgroup.pk for subgroup in subgroups]) if subgroups else set()
    found = {}
    for subgroup in subgroups:
        known = next((name for name in FIRST_THAT_HOLDS if (name, subgroup.pk) in rows), None)
        subgroup.standing = found[subgroup.pk] = known or _open_door(subgroup)
    return found


FIRST_THAT_HOLDS = ("in", "kept_out", "asked", "offered", "waiting")


def _rows(member, ids) -> set[tuple[str, int]]:
    """(name, subgroup id) of all that holds, in one query."""
    queue = WaitingPlace.objects.filter(closed_at__isnull=True)
    tables = {
        "in": my_memberships(member),
        "kept_out": Removal.objects.filter(lifted_at__isnull=True, banned_until__gte=timezone.localdate()),
        "asked": JoinRequest.objects.filter(decided_at__isnull=True),
        "offered": queue.filter(offered_at__isnull=False),
        "waiting": queue,
    }
    first, *others = [
        rows.filter(member=member, subgroup__in=ids).order_by().values_list(Value(name), "subgroup_id")
        for name, rows in tables.items()
    ]
    return set(first.union(*others, all=True))


def _open_door(subgroup) -> str:
    if subgroup.archived_at or subgroup.join_policy not in (Policy.OPEN, Policy.REQUEST):
        return "closed"
    if subgroup.is_full:
        return "full"
    return "join" if subgroup.join_policy == Policy.OPEN else "ask"


def current_address(slug: str) -> str | None:
    """Where an address of the past leads today."""
    former = FormerAddress.objects.filter(slug=slug).select_related("subgroup").first()
    return former.subgroup.slug if former else None
