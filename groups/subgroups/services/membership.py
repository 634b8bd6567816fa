"""Coming into a subgroup, and what the other services ask about places and roles in it."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from groups.people.audit import record
from groups.people.models import Member
from groups.subgroups.access import forget_rights
from groups.subgroups.errors import (
    Banned,
    NotOpenToJoin,
    SubgroupArchived,
    SubgroupFull,
)
from groups.subgroups.models import (
    JoinRequest,
    Membership,
    Removal,
    Subgroup,
    SubgroupRole,
    SubgroupRoleGrant,
    WaitingPlace,
)
from notifications.live import refresh_member
from theme.registry import Registry

joined_registry = Registry("What follows when people come into a subgroup? function(subgroup, members) -> None")


@transaction.atomic
def join(*, subgroup: Subgroup, member: Member) -> Membership:
    """The member joins an open subgroup by own choice. Raises NotOpenToJoin, SubgroupFull, SubgroupArchived, Banned."""
    if subgroup.join_policy != Subgroup.JoinPolicy.OPEN:
        raise NotOpenToJoin
    return add_member(subgroup=subgroup, member=member, by=member)


@transaction.atomic
def add_member(
    *, subgroup: Subgroup, member: Member, by: Member | None = None, guest_until=None, ignore_ban: bool = False
) -> Membership:
    """Give the member a place; the caller has settled consent. Already in: the present place is returned."""
    subgroup = lock(subgroup)
    if subgroup.archived_at:
        raise SubgroupArchived
    membership = Membership.objects.filter(left_at__isnull=True, subgroup=subgroup, member=member).first()
    if membership:
        return _stay(membership, guest_until)
    if not ignore_ban and active_ban(subgroup, member):
        raise Banned
    if subgroup.is_full:
        raise SubgroupFull
    membership = Membership.objects.create(subgroup=subgroup, member=member, guest_until=guest_until)
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=F("member_count") + 1)
    member.groups.add(role_group(subgroup, SubgroupRole.MEMBER))
    _tidy_the_doors(subgroup, member)
    show_to(subgroup, [member])
    record(by=by, act="membership.started", about=member, subgroup_id=subgroup.pk)
    rights_changed(member)
    for react in joined_registry:
        react(subgroup, [member])
    return membership


def show_to(subgroup: Subgroup, members) -> None:
    """Who is in a group knows of it: for them it is no surprise any more."""
    Subgroup.objects.filter(pk=subgroup.pk, hidden_from__in=[member.pk for member in members]).update(
        hidden_from=None, hidden_until=None
    )


def _stay(membership: Membership, guest_until) -> Membership:
    """Who is a guest and is let in for good is no guest any more; a longer visit becomes longer."""
    if membership.guest_until and (guest_until is None or guest_until > membership.guest_until):
        membership.guest_until = guest_until
        membership.save(update_fields=["guest_until"])
        rights_changed(membership.member)
    return membership


def _tidy_the_doors(subgroup: Subgroup, member: Member) -> None:
    """Who is in neither asks nor waits any more."""
    now = timezone.now()
    JoinRequest.objects.filter(subgroup=subgroup, member=member, decided_at__isnull=True).update(
        decided_at=now, is_accepted=True
    )
    WaitingPlace.objects.filter(subgroup=subgroup, member=member, closed_at__isnull=True).update(closed_at=now)


def lock(subgroup: Subgroup) -> Subgroup:
    """The subgroup's row, held until the transaction ends: who decides on places and roles queues up here."""
    return Subgroup.objects.select_for_update().get(pk=subgroup.pk)


def active_ban(subgroup: Subgroup, member: Member) -> Removal | None:
    """The removal that still keeps the member out of this subgroup, if there is one."""
    today = timezone.localdate()
    return (
        Removal.objects.filter(member=member, lifted_at__isnull=True, banned_until__gte=today)
        .filter(Q(subgroup=subgroup) | Q(subgroup__isnull=True))
        .first()
    )


def close_grants(grants) -> None:
    """End dated grants as of yesterday, so that they give nothing today; a grant from today leaves no history."""
    yesterday = timezone.localdate() - timedelta(days=1)
    grants.filter(starts_on__gt=yesterday).delete()
    grants.on().update(ends_on=yesterday)


def managers(subgroup: Subgroup):
    """The members who manage this subgroup today."""
    grants = SubgroupRoleGrant.objects.on().filter(
        membership__subgroup=subgroup, membership__left_at__isnull=True, role=SubgroupRole.MANAGER
    )
    return Member.objects.filter(pk__in=grants.values("membership__member"), is_active=True)


def is_last_manager(subgroup: Subgroup, member: Member) -> bool:
    return list(managers(subgroup).values_list("pk", flat=True)[:2]) == [member.pk]


def role_group(subgroup: Subgroup, role: str) -> Group:
    return Group.objects.get(role_group__subgroup=subgroup, role_group__role=role)


def rights_changed(member: Member) -> None:
    forget_rights(member)
    refresh_member(member.pk)
