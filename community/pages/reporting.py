"""Replies to announcements can be reported as messages can; the moderators of the group judge, or the association's."""

from community.pages.access import openable_announcements, writable_announcements
from community.pages.audience import Scope
from community.pages.models import Reply
from community.pages.queries import replies_for
from community.pages.services import take_reply_away
from groups.moderation.things import Thing, ThingKind, register_thing


def find_reply(member, pk: int) -> Thing | None:
    """A reply that this member may read; never one's own."""
    reply = Reply.objects.filter(pk=pk, removed_at__isnull=True).exclude(member=member).first()
    announcement = openable_announcements(member).filter(pk=reply.announcement_id).first() if reply else None
    if announcement is None:
        return None
    may_write = writable_announcements(member).filter(pk=announcement.pk).exists()
    reply = replies_for(member, announcement, may_write).filter(pk=pk).first()
    if reply is None:
        return None
    return Thing(reply.member, reply.text, f"{announcement.get_absolute_url()}#reply-{pk}", _judged_in(announcement))


def _judged_in(announcement):
    """The one group it went to; what went to more of them, or to all, is for the moderators of the association."""
    groups = list(announcement.subgroups.all()[:2]) if announcement.scope == Scope.GROUPS else []
    return groups[0] if len(groups) == 1 else None


def remove_reported(pk: int, by) -> None:
    reply = Reply.objects.filter(pk=pk).first()
    if reply:
        take_reply_away(reply=reply, by=by)


register_thing(ThingKind("announcement-reply", find_reply, remove_reported))
