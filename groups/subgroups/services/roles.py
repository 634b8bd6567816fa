"""Roles inside a subgroup: granted, offered and accepted, handed over, ended; and what each role may do."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from guardian.shortcuts import assign_perm, remove_perm

from groups.people.audit import record
from groups.people.history.kept import settings_change
from groups.people.models import Member
from groups.subgroups.access import SWITCHABLE
from groups.subgroups.errors import AlreadyOffered, LastManager, NeedsSuccessor, NotAMember, NotYours, RightIsFixed
from groups.subgroups.handover import hand_over, what_hangs
from groups.subgroups.models import Membership, RoleOffer, Subgroup, SubgroupRole, SubgroupRoleGrant
from groups.subgroups.modules import module_codes
from groups.subgroups.services.membership import (
    close_grants,
    is_last_manager,
    lock,
    managers,
    rights_changed,
    role_group,
)
from notifications.services import notify
from theme.registry import Registry

taken_registry = Registry("What begins when a member takes a role? function(subgroup, role, member) -> None")


@transaction.atomic
def grant_subgroup_role(
    *, subgroup: Subgroup, member: Member, role: str, by: Member | None, starts_on=None, ends_on=None
) -> SubgroupRoleGrant:
    """Give a member of the subgroup a role; what is already held is returned. Raises NotAMember."""
    lock(subgroup)
    membership = _membership(subgroup, member)
    grant = (
        membership.grants.on().filter(role=role).first()
        or membership.grants.filter(role=role, ends_on__isnull=True).first()
    )
    if grant is None:
        grant = membership.grants.create(
            role=role, granted_by=by, starts_on=starts_on or timezone.localdate(), ends_on=ends_on
        )
        record(by=by, act="role.granted", about=member, subgroup_id=subgroup.pk, details=_dates(grant))
    if grant.holds_now:
        member.groups.add(role_group(subgroup, role))
    rights_changed(member)
    return grant


def _dates(grant) -> dict:
    return {"role": grant.role, "from": str(grant.starts_on), "until": str(grant.ends_on or "")}


def _membership(subgroup: Subgroup, member: Member) -> Membership:
    membership = Membership.objects.active().filter(subgroup=subgroup, member=member).first()
    if membership is None:
        raise NotAMember
    return membership


@transaction.atomic
def end_subgroup_role(*, grant: SubgroupRoleGrant, by: Member | None = None, to: Member | None = None) -> None:
    """Take a role back from this moment on; what hangs on it goes to `to`, a member of the subgroup.

    Raises LastManager when nobody would manage the subgroup any more, NeedsSuccessor when something hangs on the role
    and nobody is named, NotAMember.
    """
    membership = grant.membership
    subgroup = lock(membership.subgroup)
    if grant.role == SubgroupRole.MANAGER and is_last_manager(subgroup, membership.member):
        raise LastManager
    if to is None and what_hangs(subgroup, grant.role, membership.member):
        raise NeedsSuccessor
    if to is not None:
        _membership(subgroup, to)
        hand_over(subgroup, grant.role, membership.member, to)
    _end(grant, by)


def pass_on_what_was_left() -> int:
    """What hangs on roles that ended by their date goes to who has the role now, else to a manager. For the clock."""
    since = timezone.localdate() - timedelta(days=7)
    over = SubgroupRoleGrant.objects.filter(ends_on__lt=timezone.localdate(), ends_on__gte=since)
    return sum(_pass_on(grant) for grant in over.select_related("membership__subgroup", "membership__member"))


@transaction.atomic
def _pass_on(grant: SubgroupRoleGrant) -> bool:
    subgroup, old = grant.membership.subgroup, grant.membership.member
    held = SubgroupRoleGrant.objects.on().filter(membership__subgroup=subgroup, membership__left_at__isnull=True)
    if held.filter(membership__member=old, role=grant.role).exists() or not what_hangs(subgroup, grant.role, old):
        return False
    same = held.filter(role=grant.role).exclude(membership__member=old).select_related("membership__member").first()
    new = same.membership.member if same else managers(subgroup).exclude(pk=old.pk).first()
    if new is None:
        return False
    hand_over(subgroup, grant.role, old, new)
    record(by=None, act="role.passed_on", about=new, subgroup_id=subgroup.pk, details={"role": grant.role})
    return True


def _end(grant: SubgroupRoleGrant, by: Member | None) -> None:
    membership = grant.membership
    close_grants(SubgroupRoleGrant.objects.filter(pk=grant.pk))
    membership.member.groups.remove(role_group(membership.subgroup, grant.role))
    record(
        by=by,
        act="role.ended",
        about=membership.member,
        subgroup_id=membership.subgroup_id,
        details={"role": grant.role},
    )
    rights_changed(membership.member)


@transaction.atomic
def offer_role(
    *,
    subgroup: Subgroup,
    member: Member,
    role: str,
    by: Member,
    starts_on=None,
    ends_on=None,
    replaces: Member | None = None,
) -> RoleOffer:
    """Ask a member to take a role; it gives nothing until accepted. `replaces` gives up the role at that moment."""
    lock(subgroup)
    membership = _membership(subgroup, member)
    if membership.offers.filter(role=role, answered_at__isnull=True).exists():
        raise AlreadyOffered
    offer = membership.offers.create(
        role=role, by=by, starts_on=starts_on or timezone.localdate(), ends_on=ends_on, replaces=replaces
    )
    record(by=by, act="role.offered", about=member, subgroup_id=subgroup.pk, details=_dates(offer))
    notify(member_ids=[member.pk], kind="role_offer", key=f"role-offer:{offer.pk}", context={"offer": offer.pk})
    return offer


@transaction.atomic
def answer_offer(*, offer: RoleOffer, member: Member, accept: bool) -> None:
    """The member takes the role or not. Raises NotYours when it is somebody else's offer or already answered."""
    lock(offer.membership.subgroup)
    offer = RoleOffer.objects.select_related("membership__subgroup", "replaces").get(pk=offer.pk)
    if offer.membership.member_id != member.pk or offer.answered_at:
        raise NotYours
    RoleOffer.objects.filter(pk=offer.pk).update(answered_at=timezone.now(), is_accepted=accept)
    subgroup = offer.membership.subgroup
    record(
        by=member, act="role.accepted" if accept else "role.declined", about=offer.membership, subgroup_id=subgroup.pk
    )
    if not accept:
        return
    grant_subgroup_role(
        subgroup=subgroup, member=member, role=offer.role, by=offer.by, starts_on=offer.starts_on, ends_on=offer.ends_on
    )
    if offer.replaces_id:
        _hand_over(offer, member)
    for begin in taken_registry:
        begin(subgroup, offer.role, member)


def _hand_over(offer: RoleOffer, member: Member) -> None:
    """The predecessor's role ends in the same moment; what hung on it goes along through the registry."""
    grant = (
        SubgroupRoleGrant.objects.on()
        .filter(membership__subgroup=offer.membership.subgroup, membership__left_at__isnull=True)
        .filter(membership__member=offer.replaces, role=offer.role)
        .first()
    )
    if grant:
        _end(grant, member)
    hand_over(offer.membership.subgroup, offer.role, offer.replaces, member)


@transaction.atomic
def withdraw_offer(*, offer: RoleOffer, by: Member) -> None:
    open_offers = RoleOffer.objects.filter(pk=offer.pk, answered_at__isnull=True)
    if open_offers.update(answered_at=timezone.now(), is_accepted=False):
        record(by=by, act="role.offer_withdrawn", about=offer.membership, subgroup_id=offer.membership.subgroup_id)


@transaction.atomic
def switch_right(*, subgroup: Subgroup, role: str, right: str, on: bool, by: Member | None = None) -> None:
    """Turn one right of a role on or off in this subgroup, for example “plain members may post”."""
    if right not in SWITCHABLE:
        raise RightIsFixed
    group = role_group(subgroup, role)
    with settings_change("subgroup", subgroup, by=by, act="right.switched", role=role, right=right, on=on):
        (assign_perm if on else remove_perm)(right, group, subgroup)


@transaction.atomic
def give_personal_right(*, subgroup: Subgroup, member: Member, right: str, on: bool, by: Member | None) -> None:
    """The exception: one right for one member of the subgroup, or taken back. Raises NotAMember, RightIsFixed."""
    if right not in SWITCHABLE:
        raise RightIsFixed
    _membership(subgroup, member)
    (assign_perm if on else remove_perm)(right, member, subgroup)
    record(by=by, act="right.personal", about=member, subgroup_id=subgroup.pk, details={"right": right, "on": on})
    rights_changed(member)


@transaction.atomic
def switch_module(*, subgroup: Subgroup, module: str, on: bool, by: Member | None = None) -> None:
    """Turn a part of the subgroup on or off; what is in it stays."""
    subgroup = lock(subgroup)
    if module not in module_codes():
        raise RightIsFixed
    modules = [code for code in module_codes() if (on if code == module else code in subgroup.modules)]
    with settings_change("subgroup", subgroup, by=by, act="module.switched", module=module, on=on):
        Subgroup.objects.filter(pk=subgroup.pk).update(modules=modules)


def managers_or_community_managers(subgroup: Subgroup) -> list[int]:
    """Whom to tell that something waits: the managers, else (none left) the community managers."""
    from groups.people.access import members_with_right

    ids = list(managers(subgroup).values_list("pk", flat=True))
    return ids or list(members_with_right("manage_subgroups").values_list("pk", flat=True))
