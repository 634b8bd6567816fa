"""What conversations tell who was away: where they were named, then what is unread, discussion by discussion."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.conversations.access import visible_messages
from groups.conversations.models import Conversation
from groups.conversations.queries import unread_conversations
from groups.conversations.text import excerpt
from notifications.catching_up import MOST, Line, Part, register_part


def own_mentions(member, since: datetime) -> list[Line]:
    found = visible_messages(member).present().filter(mentions__member=member, created_at__gte=since)
    found = found.exclude(author=member).select_related("author", "conversation__subgroup").order_by("-created_at")
    return [
        Line(
            f"{message.author or ''}: {excerpt(message.text, 90)}",
            str(message.conversation),
            message.get_absolute_url(),
            message.created_at,
        )
        for message in found[:MOST]
    ]


def unread_rows(member) -> list[Conversation]:
    """Unread conversations with `unread`, the fullest groups last: titled discussions before the running chat."""
    rows = unread_conversations(member).select_related("subgroup").order_by("-kind", "-last_at")
    return list(rows[: 3 * MOST])


register_part(Part("mentions", _("You were mentioned"), "message-circle", own_mentions, order=20))
