"""How long talk is kept. With the words go the files, the mentions, the reactions and the place in the search."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from groups.conversations.attachments import detach
from groups.conversations.models import Conversation, Message, Presence, ReadPosition
from theme.retention import RetentionRule, register_rule, take_away

Kind = Conversation.Kind


def wipe_chat(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """Messages of the chat, one by one: the chat itself goes on."""
    return remove_messages(Message.objects.filter(conversation__kind=Kind.CHAT, **_old(before, subgroup_id)), limit)


def wipe_discussions(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """Whole discussions, as long after their last message; a pinned one stays."""
    found = Conversation.objects.filter(kind=Kind.THREAD, subgroup=subgroup_id, last_at__lt=before, pinned_at=None)
    wiped = remove_messages(Message.objects.filter(conversation__in=found), limit)
    still_speaks = Message.objects.filter(conversation=OuterRef("pk"))
    return wiped or take_away(found.filter(~Exists(still_speaks)), limit)


def wipe_direct(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """Direct messages, for both sides at once."""
    return remove_messages(Message.objects.filter(conversation__kind=Kind.DIRECT, created_at__lt=before), limit)


def wipe_presence(before: datetime, subgroup_id: int | None, limit: int) -> int:
    return take_away(Presence.objects.filter(seen_at__lt=before), limit)


def _old(before: datetime, subgroup_id: int | None) -> dict:
    return {"created_at__lt": before, "conversation__subgroup": subgroup_id}


@transaction.atomic
def remove_messages(messages, limit: int) -> int:
    """Remove at most `limit` messages with their files; who had not read them has nothing left to read there."""
    gone = list(messages.order_by("pk").prefetch_related("attachments")[:limit])
    last: dict[int, int] = {}
    for message in gone:
        if message.attachments.all():
            detach(message)
        last[message.conversation_id] = max(last.get(message.conversation_id, 0), message.number)
    Message.objects.filter(pk__in=[message.pk for message in gone]).delete()
    for conversation_id, number in last.items():
        behind = Q(conversation=conversation_id, number__lt=number)
        ReadPosition.objects.filter(behind).update(number=number)
    return len(gone)


register_rule(RetentionRule("chat", _("Messages in the chat"), None, wipe_chat, per_subgroup=True, proposed_days=30))
register_rule(
    RetentionRule("discussions", _("Discussions"), None, wipe_discussions, per_subgroup=True, proposed_days=730)
)
register_rule(RetentionRule("direct", _("Direct messages"), None, wipe_direct, proposed_days=365))
register_rule(RetentionRule("presence", _("When you were last here"), 14, wipe_presence))
