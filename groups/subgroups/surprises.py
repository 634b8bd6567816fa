"""A whole group can be a surprise: for somebody who is not in it."""

from groups.people.access import visible_members
from groups.people.models import kept_from
from groups.people.surprises import SurpriseKind, register_surprise
from groups.subgroups.access import managed_subgroups, members_of
from groups.subgroups.models import Subgroup


def _keys(subgroup) -> list[str]:
    invitations = subgroup.invitations.values_list("pk", flat=True)
    return [f"invitation:{pk}" for pk in invitations]


def _places(member) -> list[str]:
    return [subgroup.stream for subgroup in Subgroup.objects.filter(kept_from(member))]


register_surprise(
    SurpriseKind(
        "group",
        find=lambda member, pk: managed_subgroups(member).filter(pk=pk).first(),
        people=lambda member, subgroup: visible_members(member).exclude(pk__in=members_of(subgroup).values("pk")),
        keys=_keys,
        places=_places,
    )
)
