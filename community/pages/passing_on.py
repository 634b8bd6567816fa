"""Drafts of announcements for a group go along when its manager hands over."""

from django.utils.translation import gettext as _

from community.pages.models import AnnouncementPage
from groups.subgroups.handover import Hanging, handover_registry
from groups.subgroups.models import SubgroupRole


@handover_registry
def announcement_drafts(subgroup, role, member) -> Hanging | None:
    if role != SubgroupRole.MANAGER:
        return None
    drafts = AnnouncementPage.objects.filter(live=False, owner=member, subgroups=subgroup)

    def pass_on(*, old, new):
        AnnouncementPage.objects.filter(pk__in=list(drafts.values_list("pk", flat=True))).update(owner=new)

    return Hanging(_("Drafts of announcements"), drafts.count(), pass_on)
