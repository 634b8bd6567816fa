"""The buttons and the menu in the head of a subgroup."""

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.subgroups.access import is_member, may_manage
from groups.subgroups.pages import HeadLink, head_link_registry
from groups.subgroups.services.invitations import may_invite


@head_link_registry
def about(request, subgroup):
    return HeadLink(_("About this group"), "info", reverse("about-subgroup", args=[subgroup.slug]), 10)


@head_link_registry
def invite(request, subgroup):
    if subgroup.archived_at or not may_invite(request.user, subgroup):
        return None
    return HeadLink(_("Invite people"), "user-plus", reverse("desk-invitations", args=[subgroup.slug]), 20)


@head_link_registry
def manage(request, subgroup):
    if not may_manage(request.user, subgroup):
        return None
    return HeadLink(_("Manage this group"), "settings", reverse("desk-requests", args=[subgroup.slug]), 30)


@head_link_registry
def surprise(request, subgroup):
    if subgroup.archived_at or not may_manage(request.user, subgroup):
        return None
    return HeadLink(_("Keep it a surprise"), "eye-off", reverse("surprise", args=["group", subgroup.pk]), 35)


@head_link_registry
def leave(request, subgroup):
    if not is_member(request.user, subgroup):
        return None
    return HeadLink(_("Leave this group"), "log-out", reverse("leave-subgroup", args=[subgroup.slug]), 90)
