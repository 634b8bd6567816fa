"""Where somebody stands towards a subgroup: in it, asking, waiting, or free to join; what the button says."""

from django.utils import timezone

from groups.subgroups.access import my_memberships
from groups.subgroups.models import FormerAddress, JoinRequest, Removal, Subgroup, WaitingPlace

Policy = Subgroup.JoinPolicy


def standing_in(member, subgroup) -> str:
    return standings(member, [subgroup])[subgroup.pk]


def standings(member, subgroups) -> dict[int, str]:
    """{subgroup id: in, asked, offered, waiting, kept_out, full, join, ask, closed}, also set on each as `standing`."""
    ids = [subgroup.pk for subgroup in subgroups]
    asked = _ids(JoinRequest.objects.filter(decided_at__isnull=True), member, ids)
    queue = WaitingPlace.objects.filter(closed_at__isnull=True)
    offered = _ids(queue.filter(offered_at__isnull=False), member, ids)
    waiting = _ids(queue, member, ids)
    inside = set(my_memberships(member).filter(subgroup__in=ids).values_list("subgroup_id", flat=True))
    bans = Removal.objects.filter(lifted_at__isnull=True, banned_until__gte=timezone.localdate())
    kept_out = _ids(bans, member, ids)
    sets = (("in", inside), ("kept_out", kept_out), ("asked", asked), ("offered", offered), ("waiting", waiting))
    found = {}
    for subgroup in subgroups:
        known = next((name for name, members in sets if subgroup.pk in members), None)
        subgroup.standing = found[subgroup.pk] = known or _open_door(subgroup)
    return found


def _ids(rows, member, ids) -> set[int]:
    return set(rows.filter(member=member, subgroup__in=ids).values_list("subgroup_id", flat=True))


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
