"""Makers of rows around people and ways into groups."""

from groups.people.models import MembershipKind
from groups.subgroups.models import Subgroup, SubgroupRole
from tests.factories import MemberFactory, SubgroupFactory, member_of


def managed_subgroup(**fields):
    """(subgroup, its manager)"""
    subgroup = SubgroupFactory(**fields)
    return subgroup, member_of(subgroup, SubgroupRole.MANAGER)


def full_subgroup(**fields):
    """(subgroup without a free place, a member who could leave it)"""
    fields.setdefault("join_policy", Subgroup.JoinPolicy.OPEN)
    subgroup = SubgroupFactory(places=1, **fields)
    return subgroup, member_of(subgroup)


def some_kind(name="Lid"):
    return MembershipKind.objects.get_or_create(name=name)[0]


def guest(**fields):
    return MemberFactory(enrolled=False, **fields)
