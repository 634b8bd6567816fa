"""Going out of a subgroup, by own choice or otherwise, alone or many at once."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from groups.people.audit import noted, record_many
from groups.people.models import Member
from groups.subgroups.errors import LastManager, NotAMember
from groups.subgroups.models import (
    Departure,
    Membership,
    RoleOffer,
    Subgroup,
    SubgroupRoleGrant,
    SubgroupUserPermission,
)
from groups.subgroups.services.membership import close_grants, is_last_manager, lock, rights_changed
from groups.subgroups.services.waiting import offer_free_places
from notifications.services import forget_place
from theme.registry import Registry

left_registry = Registry(
    "What else ends for who leaves a subgroup? function(subgroup, members) -> None, in the transaction"
)


@transaction.atomic
def leave(*, subgroup: Subgroup, member: Member, reason: str = "") -> None:
    """The member leaves by own choice; a reason is counted without the name. Raises LastManager, NotAMember."""
    subgroup = lock(subgroup)
    if is_last_manager(subgroup, member):
        raise LastManager
    end_membership(subgroup=subgroup, member=member, by=member)
    if reason in Departure.Reason.values:
        Departure.objects.create(subgroup=subgroup, reason=reason, month=timezone.localdate().replace(day=1))


@transaction.atomic
def end_membership(*, subgroup: Subgroup, member: Member, by: Member | None = None, reason: str = "") -> None:
    """End the place, every role and every personal exception in this subgroup, from now on. Raises NotAMember."""
    if not end_memberships(subgroup=subgroup, members=[member], by=by, reason=reason):
        raise NotAMember


@transaction.atomic
def end_memberships(
    *, subgroup: Subgroup, members: list[Member], by: Member | None = None, reason: str = "", by_rule: bool = False
) -> list[Member]:
    """The same for many; returns whose place ended."""
    subgroup = lock(subgroup)
    places = list(Membership.objects.filter(left_at__isnull=True, subgroup=subgroup, member__in=members))
    inside = {place.member_id for place in places}
    going = [member for member in dict.fromkeys(members) if member.pk in inside]
    if not going:
        return []
    _end_roles(subgroup, places, going)
    Membership.objects.filter(pk__in=[place.pk for place in places]).update(
        left_at=timezone.now(), left_by_rule=by_rule
    )
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=F("member_count") - len(places))
    for react in left_registry:
        react(subgroup, going)
    record_many(
        [noted(by=by, act="membership.ended", about=member, reason=reason, subgroup_id=subgroup.pk) for member in going]
    )
    for member in going:
        forget_place(member=member, place=subgroup.stream)
        rights_changed(member)
    offer_free_places(subgroup=subgroup)
    return going


def _end_roles(subgroup: Subgroup, places: list[Membership], members: list[Member]) -> None:
    """Roles, offers of roles and personal exceptions go with the place."""
    close_grants(SubgroupRoleGrant.objects.filter(membership__in=places))
    RoleOffer.objects.filter(membership__in=places, answered_at__isnull=True).update(
        answered_at=timezone.now(), is_accepted=False
    )
    own_groups = Group.objects.filter(role_group__subgroup=subgroup)
    Group.user_set.through.objects.filter(member__in=members, group__in=own_groups).delete()
    SubgroupUserPermission.objects.filter(user__in=members, content_object=subgroup).delete()
