"""Two members who become one may both be in the same group: then one place is left, with the roles of both."""

from django.contrib.auth.models import Group
from django.db.models import F
from django.utils import timezone

from groups.people.services.merging import MergeRule, merge_rules
from groups.subgroups.models import Membership, Subgroup, SubgroupRoleGrant
from groups.subgroups.services.membership import rights_changed


@merge_rules
def shared_places() -> MergeRule:
    return MergeRule("subgroups.shared", join_places, part_places)


def join_places(kept, gone) -> list:
    """[place that ended, roles that went along] for each group in which both were."""
    own = {place.subgroup_id: place for place in _places(kept)}
    joined = []
    for place in _places(gone).filter(subgroup__in=list(own)).order_by("subgroup"):
        Subgroup.objects.select_for_update().get(pk=place.subgroup_id)
        held = own[place.subgroup_id].grants.on().values("role")
        roles = list(place.grants.on().exclude(role__in=held).values_list("pk", flat=True))
        SubgroupRoleGrant.objects.filter(pk__in=roles).update(membership=own[place.subgroup_id])
        Membership.objects.filter(pk=place.pk).update(left_at=timezone.now())
        Subgroup.objects.filter(pk=place.subgroup_id).update(member_count=F("member_count") - 1)
        joined.append([place.pk, roles])
    rights_changed(kept)
    return joined


def _places(member):
    return Membership.objects.filter(member=member, left_at__isnull=True)


def part_places(kept, gone, joined: list) -> None:
    """Both have a place again. A group that filled up meanwhile lets the second one in all the same: it was theirs."""
    for pk, roles in joined:
        place = Membership.objects.select_related("subgroup").get(pk=pk)
        Subgroup.objects.select_for_update().get(pk=place.subgroup_id)
        Membership.objects.filter(pk=pk).update(left_at=None, member=gone)
        SubgroupRoleGrant.objects.filter(pk__in=roles).update(membership=pk)
        Subgroup.objects.filter(pk=place.subgroup_id).update(member_count=F("member_count") + 1)
        gone.groups.add(*Group.objects.filter(role_group__subgroup=place.subgroup_id, role_group__role="member"))
    rights_changed(kept)
    rights_changed(gone)
