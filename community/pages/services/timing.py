"""When an announcement appears: planning what needs no approval (any more), and publishing what is due."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from community.pages.errors import AlreadySent, NobodyThere
from community.pages.models import AnnouncementPage
from groups.people.audit import record

# Long enough to see the mistake and press “undo”, short enough to feel as sent.
GRACE = timedelta(seconds=30)


def schedule(*, announcement: AnnouncementPage, by, at) -> None:
    """Plan what needs no approval, or has it. Raises AlreadySent, NobodyThere. Within the caller's transaction."""
    announcement = locked(announcement)
    if announcement.live:
        raise AlreadySent
    if not announcement.audience.members().exists():
        raise NobodyThere
    announcement.go_live_at = at
    announcement.save()
    publish(announcement.save_revision(user=by), by)
    record(by=by, act="announcement.planned", about=announcement, details={"at": at.isoformat()})


def publish_due() -> None:
    """Publish what was planned for this moment or earlier, and take down what has expired. May run twice at once."""
    now = timezone.now()
    due = Revision.objects.filter(approved_go_live_at__lt=now)
    if due.exists() or Page.objects.filter(live=True, expire_at__lt=now).exists():
        call_command("publish_scheduled", verbosity=0)


def locked(announcement: AnnouncementPage) -> AnnouncementPage:
    """The row as it is now, held until the end of the transaction."""
    Page.objects.select_for_update().get(pk=announcement.pk)
    return AnnouncementPage.objects.get(pk=announcement.pk)


def publish(revision: Revision, by) -> None:
    """Publish now, or at the moment the revision names."""
    # Who may write to this audience was settled by the caller; Wagtail's page rights are about its own editor only.
    revision.publish(user=by, log_action=True, skip_permission_checks=True)
