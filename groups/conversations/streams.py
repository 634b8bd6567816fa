"""Facts about conversations for open pages: rendered once, the same for everybody who may read."""

from django.template.loader import render_to_string
from django.utils import translation

from groups.conversations.access import visible_conversations
from groups.conversations.direct import note_presence
from groups.conversations.models import Conversation, Message, Participant
from notifications.live import publish_after_commit, stream_registry
from theme.kept import kept_rows


@stream_registry
def direct_streams(member) -> set[str]:
    """The direct conversations of the member. Asked when a page opens its line, which is also when they are there."""
    note_presence(member.pk)
    places = Participant.objects.active().filter(member_id=member.pk)
    return {f"conversation.{pk}" for pk in places.values_list("conversation", flat=True)}


@stream_registry
def surprise_streams(member) -> set[str]:
    """Discussions that are a surprise for somebody have a line of their own, for who may read them."""
    return {f"conversation.{thread.pk}" for thread in kept_rows(_surprises, member)}


def _surprises(member):
    hidden = visible_conversations(member).filter(kind=Conversation.Kind.THREAD, hidden_from__isnull=False)
    return hidden.only("pk")


def announce_message(message: Message, conversation) -> None:
    """After commit, let open pages append the message."""
    fact = {
        "conversation": conversation.pk,
        "number": message.number,
        "author": message.author_id,
        "html": fragment(message),
    }
    publish_after_commit(conversation.stream, f"message.{conversation.pk}", fact)


def announce_change(message: Message) -> None:
    """After commit, let open pages put the changed or removed message in the place of the old one."""
    conversation = message.conversation
    fact = {
        "conversation": conversation.pk,
        "number": message.number,
        "author": message.author_id,
        "html": fragment(message),
    }
    publish_after_commit(conversation.stream, f"changed.{conversation.pk}", fact)


def announce_reactions(message: Message) -> None:
    """After commit, show open pages the public reactions of a message; private ones are nobody's fact."""
    conversation = message.conversation
    fact = {"conversation": conversation.pk, "message": message.pk, "html": _reactions(message.pk)}
    publish_after_commit(conversation.stream, f"reactions.{conversation.pk}", fact)


def _reactions(message_id: int) -> str:
    message = Message.objects.prefetch_related("reactions").get(pk=message_id)
    with translation.override("nl"):
        return render_to_string("conversations/message_reactions.html", {"message": message})


def fragment(message: Message) -> str:
    """The message without anything that depends on who reads it; pages add that themselves."""
    with translation.override("nl"):
        return render_to_string("conversations/message.html", {"message": message, "live": True})
