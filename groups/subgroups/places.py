"""A subgroup as the place a notice belongs to, so that it can be muted and ends for who leaves."""

from groups.subgroups.access import entered_subgroups
from notifications.places import Place, place_registry


@place_registry
def subgroup_places(member) -> list[Place]:
    return [
        Place(group.stream, group.name, group.get_absolute_url(), group.icon, group.tint)
        for group in entered_subgroups(member)
    ]
