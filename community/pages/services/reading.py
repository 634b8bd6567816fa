"""Reading and confirming: a row per member comes only with the reading itself."""

from django.db import transaction
from django.utils import timezone

from community.pages.access import writable_announcements
from community.pages.errors import NoReplies, NothingToConfirm, NotYourReply
from community.pages.models import AnnouncementPage, Reading, Reply
from community.pages.queries import unread_announcements
from groups.people.audit import record
from notifications.services import notify, read_notices

MARKED_AT_ONCE = 500


@transaction.atomic
def read_announcement(*, announcement: AnnouncementPage, member) -> None:
    """Note that the member opened it: the unread mark goes, and what was still to be mailed about it is dropped."""
    _reading, is_first = Reading.objects.get_or_create(announcement=announcement, member=member)
    if is_first:
        read_notices(member=member, keys=[announcement.key])


@transaction.atomic
def read_all_announcements(*, member) -> None:
    """Clear the unread marks of the newest announcements (more than 500 unread are cleared in two times)."""
    ids = list(unread_announcements(member).values_list("pk", flat=True)[:MARKED_AT_ONCE])
    Reading.objects.bulk_create((Reading(announcement_id=pk, member=member) for pk in ids), ignore_conflicts=True)
    read_notices(member=member, keys=[f"announcement:{pk}" for pk in ids])


@transaction.atomic
def acknowledge(*, announcement: AnnouncementPage, member) -> None:
    """The member confirms having read it; a second press changes nothing. Raises NothingToConfirm."""
    if not announcement.acknowledge_by:
        raise NothingToConfirm
    read_announcement(announcement=announcement, member=member)
    Reading.objects.filter(announcement=announcement, member=member, acknowledged_at__isnull=True).update(
        acknowledged_at=timezone.now()
    )


@transaction.atomic
def reply_to_announcement(*, announcement: AnnouncementPage, member, text: str) -> Reply:
    """Answer the senders; the owner hears it. The caller has checked that it is visible. Raises NoReplies."""
    if not announcement.takes_replies:
        raise NoReplies
    reply = Reply.objects.create(announcement=announcement, member=member, text=text)
    if announcement.owner_id and announcement.owner_id != member.pk:
        notify(
            member_ids=[announcement.owner_id],
            kind="announcement-reply",
            key=f"{announcement.key}:replies",
            context={"announcement": announcement.pk, "reply": reply.pk},
            dedupe=f"{announcement.key}:reply:{reply.pk}",
        )
    return reply


@transaction.atomic
def remove_reply(*, reply: Reply, by) -> None:
    """Take a reply away: its words are gone, that there was one stays. Raises NotYourReply."""
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    is_sender = writable_announcements(by).filter(pk=reply.announcement_id).exists()
    if reply.member_id != by.pk and not is_sender:
        raise NotYourReply
    take_reply_away(reply=reply, by=by)


@transaction.atomic
def take_reply_away(*, reply: Reply, by) -> None:
    """As `remove_reply`, for who judges a report about it; twice is once. The caller has checked that `by` may."""
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    if reply.removed_at is None:
        reply.text, reply.removed_at, reply.removed_by = "", timezone.now(), by
        reply.save(update_fields=["text", "removed_at", "removed_by"])
        record(by=by, act="announcement.reply_removed", about=reply.announcement, details={"reply": reply.pk})
