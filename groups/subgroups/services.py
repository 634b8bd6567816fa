"""Every change of subgroups, memberships and roles: the record of who belongs and the auth groups change together."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from guardian.shortcuts import assign_perm, remove_perm

from groups.people.models import Member
from groups.subgroups.access import ROLE_RIGHTS, forget_rights
from groups.subgroups.errors import LastManager, NotAMember, NotOpenToJoin, SubgroupArchived, SubgroupFull, UmbrellaFull
from groups.subgroups.models import (
    MAX_MEMBERS,
    MAX_SUBGROUPS,
    Membership,
    RoleGroup,
    Subgroup,
    SubgroupRole,
    SubgroupRoleGrant,
)
from groups.subgroups.modules import DEFAULT_MODULES
from notifications.live import refresh_member
from notifications.services import forget_place


@transaction.atomic
def create_subgroup(
    *, name: str, description: str, by: Member | None, manager: Member | None = None, **fields
) -> Subgroup:
    """Make a subgroup in the first free place under the umbrella, with its role groups.

    `manager` becomes its first member and manager. Raises UmbrellaFull when 50 are active.
    """
    # All who create queue up on the association's one lock row: the places are counted and taken under it.
    list(Subgroup.objects.select_for_update().order_by("pk").values_list("pk", flat=True)[:1])
    taken = set(Subgroup.objects.active().values_list("slot", flat=True))
    slot = next((number for number in range(1, MAX_SUBGROUPS + 1) if number not in taken), None)
    if slot is None:
        raise UmbrellaFull
    fields.setdefault("slug", free_slug(name))
    fields.setdefault("modules", list(DEFAULT_MODULES))
    subgroup = Subgroup.objects.create(name=name, description=description, slot=slot, **fields)
    _make_role_groups(subgroup)
    if manager:
        add_member(subgroup=subgroup, member=manager)
        grant_subgroup_role(subgroup=subgroup, member=manager, role=SubgroupRole.MANAGER, by=by)
    return subgroup


def free_slug(name: str) -> str:
    """An address made from the name that no subgroup has yet."""
    base = slugify(name)[:50] or "groep"
    taken = set(Subgroup.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _make_role_groups(subgroup: Subgroup) -> None:
    for role in SubgroupRole.values:
        group = Group.objects.create(name=f"subgroup:{subgroup.pk}:{role}")
        RoleGroup.objects.create(subgroup=subgroup, role=role, group=group)
        for right in ROLE_RIGHTS[role]:
            assign_perm(right, group, subgroup)


@transaction.atomic
def join(*, subgroup: Subgroup, member: Member) -> Membership:
    """The member joins an open subgroup by own choice. Raises NotOpenToJoin, SubgroupFull, SubgroupArchived."""
    if subgroup.join_policy != Subgroup.JoinPolicy.OPEN:
        raise NotOpenToJoin
    return add_member(subgroup=subgroup, member=member)


@transaction.atomic
def add_member(*, subgroup: Subgroup, member: Member) -> Membership:
    """Give the member a place; the caller has settled consent. Already in: the present place is returned."""
    subgroup = Subgroup.objects.select_for_update().get(pk=subgroup.pk)
    if subgroup.archived_at:
        raise SubgroupArchived
    membership = Membership.objects.active().filter(subgroup=subgroup, member=member).first()
    if membership:
        return membership
    if subgroup.member_count >= MAX_MEMBERS:
        raise SubgroupFull
    membership = Membership.objects.create(subgroup=subgroup, member=member)
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=F("member_count") + 1)
    member.groups.add(role_group(subgroup, SubgroupRole.MEMBER))
    _rights_changed(member)
    return membership


@transaction.atomic
def leave(*, subgroup: Subgroup, member: Member) -> None:
    """The member leaves by own choice. Raises LastManager, NotAMember."""
    subgroup = Subgroup.objects.select_for_update().get(pk=subgroup.pk)
    if managers(subgroup).filter(pk=member.pk).exists() and managers(subgroup).count() == 1:
        raise LastManager
    end_membership(subgroup=subgroup, member=member)


@transaction.atomic
def end_membership(*, subgroup: Subgroup, member: Member) -> None:
    """End the place, every role and every personal exception in this subgroup, from this moment on."""
    Subgroup.objects.select_for_update().get(pk=subgroup.pk)
    ended = Membership.objects.active().filter(subgroup=subgroup, member=member)
    grants = SubgroupRoleGrant.objects.filter(membership__in=ended)
    if not ended.exists():
        raise NotAMember
    close_grants(grants)
    ended.update(left_at=timezone.now())
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=F("member_count") - 1)
    member.groups.remove(*Group.objects.filter(role_group__subgroup=subgroup))
    member.subgroupuserpermission_set.filter(content_object=subgroup).delete()
    forget_place(member=member, place=subgroup.stream)
    _rights_changed(member)


@transaction.atomic
def grant_subgroup_role(
    *, subgroup: Subgroup, member: Member, role: str, by: Member | None, starts_on=None, ends_on=None
) -> SubgroupRoleGrant:
    """Give a member of the subgroup a role; what is already held is returned. Raises NotAMember."""
    Subgroup.objects.select_for_update().get(pk=subgroup.pk)
    membership = Membership.objects.active().filter(subgroup=subgroup, member=member).first()
    if membership is None:
        raise NotAMember
    grant = membership.grants.filter(role=role, ends_on__isnull=True).first()
    if grant is None:
        grant = membership.grants.create(
            role=role, granted_by=by, starts_on=starts_on or timezone.localdate(), ends_on=ends_on
        )
    if grant.holds_now:
        member.groups.add(role_group(subgroup, role))
    _rights_changed(member)
    return grant


@transaction.atomic
def end_subgroup_role(*, grant: SubgroupRoleGrant) -> None:
    """Take a role back from this moment on."""
    membership = grant.membership
    Subgroup.objects.select_for_update().get(pk=membership.subgroup_id)
    close_grants(SubgroupRoleGrant.objects.filter(pk=grant.pk))
    membership.member.groups.remove(role_group(membership.subgroup, grant.role))
    _rights_changed(membership.member)


def close_grants(grants) -> None:
    """End dated grants as of yesterday, so that they give nothing today; a grant from today leaves no history."""
    yesterday = timezone.localdate() - timedelta(days=1)
    grants.filter(starts_on__gt=yesterday).delete()
    grants.on().update(ends_on=yesterday)


@transaction.atomic
def switch_right(*, subgroup: Subgroup, role: str, right: str, on: bool) -> None:
    """Turn one right of a role on or off in this subgroup, for example “plain members may post”."""
    group = role_group(subgroup, role)
    (assign_perm if on else remove_perm)(right, group, subgroup)


@transaction.atomic
def archive_subgroup(*, subgroup: Subgroup) -> None:
    """Close the subgroup and free its place under the umbrella; its history stays."""
    Subgroup.objects.select_for_update().get(pk=subgroup.pk)
    Subgroup.objects.filter(pk=subgroup.pk).update(archived_at=timezone.now(), slot=None)
    for member_id in subgroup.memberships.active().values_list("member_id", flat=True):
        refresh_member(member_id)


def managers(subgroup: Subgroup):
    """The members who manage this subgroup today."""
    grants = SubgroupRoleGrant.objects.on().filter(
        membership__subgroup=subgroup, membership__left_at__isnull=True, role=SubgroupRole.MANAGER
    )
    return Member.objects.filter(pk__in=grants.values("membership__member"))


def role_group(subgroup: Subgroup, role: str) -> Group:
    return Group.objects.get(role_group__subgroup=subgroup, role_group__role=role)


def _rights_changed(member: Member) -> None:
    forget_rights(member)
    refresh_member(member.pk)
