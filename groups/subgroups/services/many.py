"""Many people come into one subgroup at once: by an import, a merge, a rule."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from groups.people.audit import noted, record_many
from groups.people.models import Member
from groups.subgroups.errors import SubgroupArchived
from groups.subgroups.models import (
    JoinRequest,
    Membership,
    Removal,
    Subgroup,
    SubgroupRole,
    WaitingPlace,
)
from groups.subgroups.services.membership import joined_registry, lock, rights_changed, role_group, show_to


@transaction.atomic
def add_members(
    *, subgroup: Subgroup, members: list[Member], by: Member | None = None, by_rule: bool = False
) -> list[Member]:
    """Give these members a place, in their order and as long as there are places; the caller has settled consent.

    Returns who came in: not who was in already, who is kept out, or who found the subgroup full.
    Raises SubgroupArchived.
    """
    subgroup = lock(subgroup)
    if subgroup.archived_at:
        raise SubgroupArchived
    passed_by = _inside(subgroup, members) | _kept_out(subgroup, members)
    free = max(0, subgroup.places - subgroup.member_count)
    chosen = [member for member in dict.fromkeys(members) if member.pk not in passed_by][:free]
    if not chosen:
        return []
    Membership.objects.bulk_create(
        [Membership(subgroup=subgroup, member=member, by_rule=by_rule) for member in chosen], batch_size=500
    )
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=F("member_count") + len(chosen))
    _into_role_group(subgroup, chosen)
    _tidy_the_doors(subgroup, chosen)
    show_to(subgroup, chosen)
    record_many([noted(by=by, act="membership.started", about=member, subgroup_id=subgroup.pk) for member in chosen])
    for member in chosen:
        rights_changed(member)
    for react in joined_registry:
        react(subgroup, chosen)
    return chosen


def _inside(subgroup: Subgroup, members) -> set[int]:
    places = Membership.objects.filter(left_at__isnull=True, subgroup=subgroup, member__in=members)
    return set(places.values_list("member_id", flat=True))


def _kept_out(subgroup: Subgroup, members) -> set[int]:
    bans = Removal.objects.filter(member__in=members, lifted_at__isnull=True, banned_until__gte=timezone.localdate())
    here = bans.filter(Q(subgroup=subgroup) | Q(subgroup__isnull=True))
    return set(here.values_list("member_id", flat=True))


def _into_role_group(subgroup: Subgroup, members) -> None:
    group_id = role_group(subgroup, SubgroupRole.MEMBER).pk
    places = Group.user_set.through
    rows = [places(member_id=member.pk, group_id=group_id) for member in members]
    places.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _tidy_the_doors(subgroup: Subgroup, members) -> None:
    """Who is in neither asks nor waits any more."""
    now = timezone.now()
    JoinRequest.objects.filter(subgroup=subgroup, member__in=members, decided_at__isnull=True).update(
        decided_at=now, is_accepted=True
    )
    WaitingPlace.objects.filter(subgroup=subgroup, member__in=members, closed_at__isnull=True).update(closed_at=now)
