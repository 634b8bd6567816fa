"""How an announcement reads as a mail or push message, and when it need not be sent any more."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.pages.access import visible_announcements
from community.pages.models import AnnouncementPage, Reading
from notifications.kinds import NoticeKind, Words, register_kind


def _words(member, context, count):
    announcement = AnnouncementPage.objects.select_related("owner").filter(pk=context["announcement"]).first()
    if announcement is None:
        return Words(_("This announcement is no longer there."), "", "/announcements/")
    button = _("Read and confirm") if announcement.acknowledge_by else _("Read on")
    return Words(announcement.title, announcement.excerpt, announcement.get_absolute_url(), button)


def _still_true(member, context):
    """Not when it was taken back, is no longer meant for this member, or was read meanwhile."""
    announcement = visible_announcements(member).filter(pk=context["announcement"])
    return announcement.exists() and not Reading.objects.filter(member=member, announcement__in=announcement).exists()


ANNOUNCEMENT = register_kind(
    NoticeKind(
        code="announcement",
        bulk=True,
        label=gettext_lazy("Announcements"),
        icon="megaphone",
        words=_words,
        still_true=_still_true,
    )
)
