"""Working out who must hear of a message, after it was posted and outside the sender's request."""

import logging

from django.db import transaction
from django.utils import timezone

from groups.conversations.access import readers_of
from groups.conversations.models import Barrier, Conversation, Message, ReadPosition
from notifications.services import notify

logger = logging.getLogger(__name__)
BATCH = 100


@transaction.atomic
def tell_about(message_id: int) -> int:
    """Notify who is named in the message and who follows its conversation; returns how many. May be run twice.

    One notice per conversation, counting; what rings does so once, until the member has read.
    """
    message = (
        Message.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=message_id, told_at__isnull=True)
        .first()
    )
    if message is None:
        return 0
    Message.objects.filter(pk=message_id).update(told_at=timezone.now())
    if message.is_gone:
        return 0
    conversation = Conversation.objects.select_related("subgroup").get(pk=message.conversation_id)
    named, others = _listeners(message, conversation)
    context = {"message": message.pk}
    place = conversation.subgroup.stream if conversation.subgroup else ""
    told = notify(
        member_ids=named,
        kind="mention",
        key=f"mention:{conversation.pk}",
        context=context,
        dedupe=f"mention:{message.pk}",
        place=place,
    )
    kind = "direct" if conversation.kind == Conversation.Kind.DIRECT else "reply"
    about = "direct" if kind == "direct" else "conversation"
    return told + notify(
        member_ids=others,
        kind=kind,
        key=f"{about}:{conversation.pk}",
        context=context,
        place=place,
    )


def _listeners(message: Message, conversation: Conversation) -> tuple[list[int], list[int]]:
    """Ids of who is named, and of the other followers; nobody who cannot read it, has read it, or wrote it."""
    may_read = set(readers_of(conversation).values_list("member", flat=True)) - {message.author_id}
    done = ReadPosition.objects.filter(conversation=conversation, number__gte=message.number)
    may_read -= set(Barrier.objects.filter(against=message.author_id).values_list("member", flat=True))
    may_read -= set(done.values_list("member", flat=True))
    named = set(message.mentions.values_list("member", flat=True)) & may_read
    if conversation.kind == Conversation.Kind.DIRECT:
        return sorted(named), sorted(may_read - named)
    following = ReadPosition.objects.filter(conversation=conversation, is_following=True)
    return sorted(named), sorted(set(following.values_list("member", flat=True)) & may_read - named)


def tell_untold() -> int:
    """Tell about what nobody was told of yet, oldest first; the sweep when the broker was away."""
    untold = Message.objects.filter(told_at__isnull=True).order_by("pk").values_list("pk", flat=True)[:BATCH]
    return sum(tell_about(pk) for pk in list(untold))
