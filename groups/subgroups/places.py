"""A subgroup as the place a notice belongs to, so that it can be muted and ends for who leaves."""

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.subgroups.access import entered_subgroups, is_member
from groups.subgroups.pages import HeadLink, frame_question_registry, head_link_registry
from notifications.access import visible_mutes
from notifications.places import Place, place_registry
from theme.kept import Asked
from theme.together import together


@place_registry
def subgroup_places(member) -> list[Place]:
    return [
        Place(group.stream, group.name, group.get_absolute_url(), group.icon, group.tint, group.push_level)
        for group in entered_subgroups(member)
    ]


def mutes_here(member, subgroup):
    return visible_mutes(member).filter(place=subgroup.stream)


@frame_question_registry
def silence(questions, member, subgroup) -> None:
    questions.any("is silent", Asked(mutes_here, member, subgroup))


@head_link_registry
def notice_level(request, subgroup) -> HeadLink | None:
    """The bell in the head of the group: what one hears of it now, and the way to change that."""
    if not is_member(request.user, subgroup):
        return None
    is_silent = together(request)["is silent"]
    label, icon = (_("Silent"), "bell-off") if is_silent else (_("Notices"), "bell")
    return HeadLink(label, icon, reverse("place-settings", args=[subgroup.stream]), position=10, is_button=True)
