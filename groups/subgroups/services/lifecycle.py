"""Subgroups come, change, split, merge and are archived."""

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from guardian.shortcuts import assign_perm

from groups.people.access import members_with_right
from groups.people.audit import record
from groups.people.history.kept import settings_change
from groups.people.models import Member
from groups.people.portraits import as_portrait
from groups.subgroups.access import ROLE_RIGHTS
from groups.subgroups.errors import AlreadyDecided, MergedTooLarge, NameTaken, PlacesTaken, UmbrellaFull
from groups.subgroups.kinds import PRESETS
from groups.subgroups.models import (
    MAX_MEMBERS,
    MAX_SUBGROUPS,
    FormerAddress,
    Membership,
    Proposal,
    RoleGroup,
    Subgroup,
    SubgroupRole,
    SubgroupRoleGrant,
)
from groups.subgroups.services.many import add_members
from groups.subgroups.services.membership import add_member, lock
from groups.subgroups.services.roles import grant_subgroup_role
from notifications.live import refresh_member
from notifications.services import notify
from theme.registry import Registry

archiving_registry = Registry("Raises a Refusal when this subgroup cannot be archived yet. function(subgroup)")

PICTURE_SIZE = (1200, 400)


@transaction.atomic
def create_subgroup(
    *, name: str, description: str, by: Member | None, manager: Member | None = None, **fields
) -> Subgroup:
    """Make a subgroup in the first free place under the umbrella, with its role groups and its kind's settings.

    `manager` becomes its first member and manager. Raises UmbrellaFull when 50 are active, and NameTaken.
    """
    slot = _free_slot()
    if Subgroup.objects.filter(name=name).exists():
        raise NameTaken
    fields.setdefault("slug", free_slug(name))
    _preset(fields)
    subgroup = Subgroup.objects.create(name=name, description=description, slot=slot, **fields)
    _make_role_groups(subgroup)
    record(by=by, act="subgroup.created", about=subgroup)
    if manager:
        add_member(subgroup=subgroup, member=manager, by=by)
        grant_subgroup_role(subgroup=subgroup, member=manager, role=SubgroupRole.MANAGER, by=by)
    return subgroup


def _free_slot() -> int:
    """The first free place under the umbrella. Raises UmbrellaFull."""
    # All who take one queue up on the association's one lock row: the places are counted and taken under it.
    list(Subgroup.objects.select_for_update().order_by("pk").values_list("pk", flat=True)[:1])
    taken = set(Subgroup.objects.active().values_list("slot", flat=True))
    slot = next((number for number in range(1, MAX_SUBGROUPS + 1) if number not in taken), None)
    if slot is None:
        raise UmbrellaFull
    return slot


def _preset(fields: dict) -> None:
    """Fill in what the kind sets, where the maker said nothing; without a kind nothing is special."""
    preset = PRESETS.get(fields.get("kind", ""), PRESETS[Subgroup.Kind.INTEREST])
    fields.setdefault("modules", list(preset.modules))
    if "kind" in fields:
        fields.setdefault("join_policy", preset.join_policy)
        fields.setdefault("is_hidden", preset.is_hidden)
        fields.setdefault("icon", preset.icon)


def free_slug(name: str) -> str:
    """An address made from the name that no subgroup has or had."""
    base = slugify(name)[:50] or "groep"
    taken = set(Subgroup.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(FormerAddress.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _make_role_groups(subgroup: Subgroup) -> None:
    preset = PRESETS[subgroup.kind]
    for role in SubgroupRole.values:
        group = Group.objects.create(name=f"subgroup:{subgroup.pk}:{role}")
        RoleGroup.objects.create(subgroup=subgroup, role=role, group=group)
        rights = ROLE_RIGHTS[role]
        if role == SubgroupRole.MEMBER:
            rights = (rights | preset.members_may) - preset.members_may_not
        for right in sorted(rights):
            assign_perm(right, group, subgroup)


@transaction.atomic
def change_subgroup(*, subgroup: Subgroup, by: Member, **values) -> Subgroup:
    """Change what the subgroup is and how one joins it. Raises PlacesTaken when more people are in than fit."""
    subgroup = lock(subgroup)
    if values.get("places", subgroup.places) < subgroup.member_count:
        raise PlacesTaken
    changed = [name for name, value in values.items() if getattr(subgroup, name) != value]
    if "description" in changed:
        subgroup.described_at = timezone.now()
        changed.append("described_at")
    for name, value in values.items():
        setattr(subgroup, name, value)
    if changed:
        with settings_change("subgroup", subgroup, by=by, act="subgroup.changed", fields=sorted(changed)):
            subgroup.save(update_fields=changed)
    return subgroup


@transaction.atomic
def change_picture(*, subgroup: Subgroup, by: Member, picture_file=None) -> Subgroup:
    """Give the subgroup a picture, without what the camera wrote in it; None takes it away. Raises NotAPhoto."""
    content = ContentFile(as_portrait(picture_file, PICTURE_SIZE)) if picture_file else None
    subgroup = lock(subgroup)
    old = subgroup.picture.name
    if content:
        subgroup.picture.save("group.webp", content, save=False)
    else:
        subgroup.picture = ""
    subgroup.save(update_fields=["picture"])
    record(by=by, act="subgroup.changed", about=subgroup, details={"fields": ["picture"]})
    if old:
        storage = subgroup.picture.storage
        transaction.on_commit(lambda: storage.delete(old), robust=True)
    return subgroup


@transaction.atomic
def confirm_description(*, subgroup: Subgroup, by: Member) -> None:
    """A manager read the description and it still holds; it is asked again in a year."""
    Subgroup.objects.filter(pk=subgroup.pk).update(described_at=timezone.now())
    record(by=by, act="subgroup.description_confirmed", about=subgroup)


@transaction.atomic
def archive_subgroup(*, subgroup: Subgroup, by: Member | None = None) -> None:
    """Close the subgroup and free its place under the umbrella; its members can still read back.

    Raises what `archiving_registry` raises: nobody in an archived group can settle anything any more.
    """
    lock(subgroup)
    for refuse in archiving_registry:
        refuse(subgroup)
    Subgroup.objects.filter(pk=subgroup.pk).update(archived_at=timezone.now(), slot=None)
    record(by=by, act="subgroup.archived", about=subgroup)
    for member_id in subgroup.memberships.active().values_list("member_id", flat=True):
        refresh_member(member_id)


@transaction.atomic
def reopen_subgroup(*, subgroup: Subgroup, by: Member) -> Subgroup:
    """Give an archived subgroup a place under the umbrella again, with who was in it. Raises UmbrellaFull."""
    slot = _free_slot()
    subgroup = lock(subgroup)
    if subgroup.archived_at is None:
        return subgroup
    FormerAddress.objects.filter(slug=subgroup.slug).delete()
    subgroup.archived_at, subgroup.slot = None, slot
    subgroup.save(update_fields=["archived_at", "slot"])
    record(by=by, act="subgroup.reopened", about=subgroup)
    for member_id in subgroup.memberships.active().values_list("member_id", flat=True):
        refresh_member(member_id)
    return subgroup


@transaction.atomic
def merge_subgroups(*, source: Subgroup, target: Subgroup, by: Member) -> Subgroup:
    """Let the members of `source` belong to `target` and archive `source`, which stays readable at its address.

    Nobody loses a role in `target`; roles of `source` do not go along. Raises MergedTooLarge above the limit.
    """
    both = Subgroup.objects.select_for_update().filter(pk__in=[source.pk, target.pk]).order_by("pk")
    rows = {subgroup.pk: subgroup for subgroup in both}
    # In sum and not after taking doubles out: who may come is known beforehand, also while people join.
    if sum(row.member_count for row in rows.values()) > MAX_MEMBERS:
        raise MergedTooLarge
    newcomers = Member.objects.filter(
        pk__in=Membership.objects.active().filter(subgroup=source).values("member")
    ).exclude(pk__in=Membership.objects.active().filter(subgroup=target).values("member"))
    Subgroup.objects.filter(pk=target.pk).update(places=MAX_MEMBERS)
    add_members(subgroup=target, members=list(newcomers), by=by)
    archive_subgroup(subgroup=source, by=by)
    # Who was not in it finds the group it went up in; who was in it reads back at the old address.
    FormerAddress.objects.get_or_create(slug=source.slug, defaults={"subgroup": target})
    record(by=by, act="subgroup.merged", about=target, details={"from": source.slug})
    return target


@transaction.atomic
def split_subgroup(*, subgroup: Subgroup, name: str, description: str, member_ids, by: Member) -> Subgroup:
    """Make a second subgroup with the chosen members; the first keeps its address, its history and everybody."""
    chosen = list(
        Member.objects.filter(
            pk__in=Membership.objects.active().filter(subgroup=subgroup, member__in=member_ids).values("member")
        )
    )
    part = create_subgroup(
        name=name,
        description=description,
        by=by,
        kind=subgroup.kind,
        hue=subgroup.hue,
        icon=subgroup.icon,
        join_policy=subgroup.join_policy,
        is_hidden=subgroup.is_hidden,
        modules=list(subgroup.modules),
    )
    add_members(subgroup=part, members=chosen, by=by)
    _copy_managers(subgroup, part, by)
    record(by=by, act="subgroup.split", about=subgroup, details={"into": part.slug, "members": len(chosen)})
    return part


def _copy_managers(subgroup: Subgroup, part: Subgroup, by: Member) -> None:
    """Who managed the whole and goes along manages the part; if nobody does, who splits it manages it."""
    grants = SubgroupRoleGrant.objects.on().filter(
        membership__subgroup=subgroup, membership__left_at__isnull=True, role=SubgroupRole.MANAGER
    )
    going = Member.objects.filter(
        pk__in=grants.filter(membership__member__in=part.memberships.values("member")).values("membership__member")
    )
    for manager in list(going) or [by]:
        add_member(subgroup=part, member=manager, by=by)
        grant_subgroup_role(subgroup=part, member=manager, role=SubgroupRole.MANAGER, by=by)


@transaction.atomic
def propose_subgroup(*, by: Member, name: str, description: str, kind: str) -> Proposal:
    """Ask the community managers for a new subgroup."""
    proposal = Proposal.objects.create(by=by, name=name, description=description, kind=kind)
    deciders = members_with_right("manage_subgroups").values_list("pk", flat=True)
    notify(member_ids=deciders, kind="proposal", key=f"proposal:{proposal.pk}", context={"proposal": proposal.pk})
    return proposal


@transaction.atomic
def decide_proposal(*, proposal: Proposal, by: Member, accept: bool, answer: str = "") -> Proposal:
    """Make the proposed subgroup with the proposer as its manager, or say no. Raises AlreadyDecided, UmbrellaFull."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.decided_at:
        raise AlreadyDecided
    proposal.decided_at, proposal.decided_by, proposal.answer = timezone.now(), by, answer
    if accept:
        proposal.subgroup = create_subgroup(
            name=proposal.name, description=proposal.description, kind=proposal.kind, by=by, manager=proposal.by
        )
    proposal.save()
    record(by=by, act="proposal.accepted" if accept else "proposal.declined", about=proposal)
    notify(
        member_ids=[proposal.by_id],
        kind="proposal_answer",
        key=f"proposal-answer:{proposal.pk}",
        context={"proposal": proposal.pk},
    )
    return proposal
