"""Where the groups stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from groups.people.access import may_for_association
from groups.subgroups.access import my_places
from groups.subgroups.modules import unread_by_subgroup
from theme.navigation import Entry, GroupRow, provides_groups, register_entry

IN_SIDEBAR = 12


def may_see_umbrella(request) -> bool:
    return may_for_association(request.user, "manage_subgroups")


@provides_groups
def own_groups(request) -> list[GroupRow]:
    """The member's subgroups, favourites first; with many of them the rest is one tap away."""
    unread = unread_by_subgroup(request.user)
    mine = sorted(my_places(request.user), key=lambda place: (not place.is_favourite, place.subgroup.name.casefold()))
    return [
        GroupRow(
            name=membership.subgroup.name,
            url=membership.subgroup.get_absolute_url(),
            icon=membership.subgroup.icon,
            hue=membership.subgroup.tint,
            unread=unread.get(membership.subgroup_id, 0),
        )
        for membership in mine[:IN_SIDEBAR]
    ]


register_entry(Entry("groups", _("Groups"), "subgroups", "users", ("bar",), 20))
register_entry(Entry("more-groups", _("See more groups"), "subgroups", "plus", ("groups",), 20, is_exact=True))
register_entry(Entry("umbrella", _("Umbrella"), "umbrella", "umbrella", ("desk", "more"), 30, shown=may_see_umbrella))
