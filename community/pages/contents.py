"""Announcements that were for one group alone, when it is emptied or deleted."""

from django.utils.translation import gettext_lazy as _

from community.pages.audience import Scope
from community.pages.models import AnnouncementPage, EditorialRule
from groups.subgroups.contents import Contents, register_contents


def announcements_of(subgroup):
    """Those for this group and no other; what other groups were told too is theirs as well."""
    here = AnnouncementPage.objects.filter(scope=Scope.GROUPS, subgroups=subgroup)
    others = AnnouncementPage.subgroups.through.objects.exclude(subgroup=subgroup)
    return here.exclude(pk__in=others.values("announcementpage"))


def remove_announcements(subgroup, limit: int) -> int:
    """One by one: a page is more than its row (the tree, revisions, the place in the search)."""
    gone = list(announcements_of(subgroup).filter(acknowledge_by=None).order_by("pk")[:limit])
    for page in gone:
        page.delete()
    return len(gone)


register_contents(
    Contents(
        "announcements",
        _("Announcements"),
        lambda subgroup: announcements_of(subgroup).filter(acknowledge_by=None),
        remove_announcements,
        order=25,
    )
)
register_contents(
    Contents(
        "acknowledged-announcements",
        _("Announcements that members were asked to confirm"),
        lambda subgroup: announcements_of(subgroup).exclude(acknowledge_by=None),
        stays_because=_("They prove who was told what; who confirmed is wiped after its own term."),
        order=73,
    )
)
register_contents(
    Contents(
        "editorial-rule",
        _("The rule about approval of announcements"),
        lambda subgroup: EditorialRule.objects.filter(subgroup=subgroup),
        is_setting=True,
        order=84,
    )
)
