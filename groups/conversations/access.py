"""Who may read and write in conversations. Everything starts here: pages, sockets, search, files, notices."""

from datetime import datetime

from django.db.models import Q

from groups.conversations.models import Attachment, Conversation, Message, Participant
from groups.conversations.writing_to import may_still_write
from groups.people.models import kept_from
from groups.subgroups.access import may, place_registry, readable_ids, readable_memberships, readable_places
from theme.kept import noted


@place_registry
def rules_of_talk() -> str:
    return "subgroup__talk_rules"


MOST_MOVED = 50  # at once; more is a discussion of its own already
MODULE = {Conversation.Kind.CHAT: "chat", Conversation.Kind.THREAD: "threads"}


def visible_conversations(member):
    """Conversations whose content this member may read now; a part that is switched off does not exist."""
    where = Q(pk__in=[])
    for kind, module in MODULE.items():
        where |= Q(kind=kind, subgroup__in=readable_ids(member, module))
    for subgroup_id, joined_at in history_hidden_from(member):
        where &= ~Q(kind=Conversation.Kind.THREAD, subgroup=subgroup_id, started_at__lt=joined_at)
    if not member.hides_direct:
        taking_part = Participant.objects.active().filter(member_id=member.pk).values("conversation")
        where |= Q(kind=Conversation.Kind.DIRECT, pk__in=taking_part)
    return Conversation.objects.filter(where).exclude(kept_from(member))


def visible_messages(member):
    """Messages this member may read now."""
    return without_hidden_history(Message.objects.filter(conversation__in=visible_conversations(member)), member)


def history_hidden_from(member) -> list[tuple[int, datetime]]:
    """(subgroup id, moment) of the member's subgroups that show newcomers only what comes after they joined."""
    if member.remembers:
        if not _any_hides_history(member):
            return []
        return [(place.subgroup_id, place.joined_at) for place in readable_places(member) if _hides_history(place)]
    hiding = readable_memberships(member).filter(subgroup__talk_rules__hides_history=True)
    return list(hiding.values_list("subgroup_id", "joined_at"))


@noted
def _any_hides_history(member) -> bool:
    return any(_hides_history(place) for place in readable_places(member))


def _hides_history(place) -> bool:
    rules = getattr(place.subgroup, "talk_rules", None)
    return rules is not None and rules.hides_history


def without_hidden_history(messages, member):
    """Leave out what was said before the member joined, where the subgroup hides it."""
    for subgroup_id, joined_at in history_hidden_from(member):
        messages = messages.exclude(conversation__subgroup=subgroup_id, created_at__lt=joined_at)
    return messages


def visible_attachments(member):
    """Files of messages this member may read now."""
    return Attachment.objects.filter(message__in=visible_messages(member).present())


def messages_of(conversation, member):
    """The messages of one conversation that the member may already read, to be found by number."""
    messages = Message.objects.filter(conversation=conversation)
    return messages if conversation.kind == Conversation.Kind.DIRECT else without_hidden_history(messages, member)


def threads_of(subgroup, member):
    """The discussions of a subgroup; the caller has checked that it may be entered."""
    threads = Conversation.objects.filter(subgroup=subgroup, kind=Conversation.Kind.THREAD).exclude(kept_from(member))
    for subgroup_id, joined_at in history_hidden_from(member):
        threads = threads.exclude(subgroup=subgroup_id, started_at__lt=joined_at)
    return threads


def direct_conversations(member):
    """The direct conversations this member takes part in."""
    return visible_conversations(member).filter(kind=Conversation.Kind.DIRECT)


def may_post(member, conversation) -> bool:
    if member.looked_along_by is not None:
        return False  # what a helper typed would wait in their browser, and be sent once they are themselves again
    if conversation.kind == Conversation.Kind.DIRECT:
        return may_still_write(member, conversation)
    right = "post_chat" if conversation.kind == Conversation.Kind.CHAT else "reply"
    return may(member, right, conversation.subgroup)


def may_upload(member, conversation) -> bool:
    return conversation.subgroup is None or may(member, "upload", conversation.subgroup)


def may_moderate(member, conversation) -> bool:
    return conversation.subgroup is not None and may(member, "moderate", conversation.subgroup)


def may_mark_answer(member, conversation) -> bool:
    """Who asked knows best what the answer is; moderators may say so too."""
    if conversation.kind != Conversation.Kind.THREAD:
        return False
    return conversation.started_by_id == member.pk or may_moderate(member, conversation)


def may_move(member, conversation) -> bool:
    """Moderators move messages within their group, when it has discussions to move them to."""
    return may_moderate(member, conversation) and conversation.subgroup.has_module("threads")


def may_start_from(member, conversation) -> bool:
    """Whether what was said in the chat can become the subject of a discussion."""
    subgroup = conversation.subgroup
    return subgroup is not None and subgroup.has_module("threads") and may(member, "start_thread", subgroup)


def movable_from(message, member):
    """This message and those after it that can go along with it."""
    rows = messages_of(message.conversation, member).present().filter(number__gte=message.number)
    return rows.select_related("author").prefetch_related("attachments").order_by("number")[:MOST_MOVED]


def targets_of(conversation, member):
    """Open discussions of the same group that messages can be moved to."""
    return threads_of(conversation.subgroup, member).filter(closed_at__isnull=True).exclude(pk=conversation.pk)


def readers_of(conversation):
    """Ids of the members who may read the conversation now, as a queryset of one column."""
    if conversation.kind == Conversation.Kind.DIRECT:
        return conversation.participants.active().values("member")
    return conversation.subgroup.memberships.active().exclude(member=conversation.surprised_id).values("member")
