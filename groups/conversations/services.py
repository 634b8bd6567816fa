"""Posting and reading. Posting is one short transaction; who must be told of it is worked out afterwards."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from groups.conversations.attachments import attach, detach
from groups.conversations.automatic import answer_by_itself
from groups.conversations.direct import tell_reading
from groups.conversations.errors import ConversationClosed, MayNotChange, NotAnAnswer, NothingToPost, TextTooLong
from groups.conversations.limits import refuse_flood
from groups.conversations.mentions import mentioned_in
from groups.conversations.models import MAX_TEXT, Conversation, Mention, Message, ReadPosition, TalkRules
from groups.conversations.queries import reading
from groups.conversations.streams import announce_change, announce_message
from groups.conversations.tasks import tell_soon
from groups.conversations.thread_parts import answered_registry
from groups.people.audit import record
from groups.people.history.kept import settings_change
from notifications.services import read_notices
from theme.cleantext import clean_line, clean_text
from theme.registry import Registry
from theme.uploads import TakenIn

posting_rules = Registry("Raises a Refusal when this member may not post here now. function(member, conversation)")


def chat_of(subgroup) -> Conversation:
    """The one chat of a subgroup, made when it is first asked for."""
    return Conversation.objects.select_related("subgroup").get_or_create(
        kind=Conversation.Kind.CHAT, subgroup=subgroup
    )[0]


@transaction.atomic
def start_thread(
    *, subgroup, by, title: str, text: str, key: uuid.UUID | None = None, is_told: bool = False
) -> Conversation:
    """Start a discussion with its first message; the same `key` again gives the first one back.

    `is_told`: the group hears of it another way, as with an announcement that starts one in each of its groups;
    nobody is notified and the limits against flooding do not count.

    Raises NothingToPost, TextTooLong, PostingTooFast. The caller has checked that `by` may start one here.
    """
    title = clean_line(title)[:120]
    if not title:
        raise NothingToPost
    sent = key and Message.objects.filter(author=by, key=key, conversation__subgroup=subgroup, number=1).first()
    if sent:
        return sent.conversation
    thread = Conversation.objects.create(kind=Conversation.Kind.THREAD, subgroup=subgroup, title=title, started_by=by)
    post_message(conversation=thread, by=by, text=text, key=key, is_told=is_told)
    return thread


@transaction.atomic
def post_message(
    *,
    conversation: Conversation,
    by,
    text: str,
    key: uuid.UUID | None = None,
    quotes: Message | None = None,
    files: Iterable[TakenIn] = (),
    description: str = "",
    is_told: bool = False,
) -> Message:
    """Post with the next number of the conversation, and count it as read by its author.

    Repeating a call with the same `key` returns the first message, so a page may send again after a dropped line.
    `files` have been judged by theme.uploads.take_in; with a file the text may be empty. `description` says what is on
    a photo. Raises NothingToPost, TextTooLong, PostingTooFast, ConversationClosed. The caller has checked that `by`
    may post.
    """
    files = list(files)
    text = postable(text, may_be_empty=bool(files))
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    sent = key and locked.messages.filter(author=by, key=key).first()
    if sent:
        return sent
    if locked.closed_at:
        raise ConversationClosed
    if not is_told:
        for refusal in posting_rules:
            refusal(by, conversation)
        refuse_flood(by)
    message = _append(locked, by, text, key, quotes)
    attach(message, by, files, description)
    _advance(locked, by, message.number, follow=locked.kind == Conversation.Kind.THREAD)
    Mention.objects.bulk_create(
        Mention(message=message, member=member) for member in mentioned_in(text, conversation, by)
    )
    conversation.last_number, conversation.last_at = locked.last_number, locked.last_at
    announce_message(message, conversation)
    answer_by_itself(message, conversation)
    if is_told:
        Message.objects.filter(pk=message.pk).update(told_at=message.created_at)
    else:
        tell_soon(message.pk)
    return message


def postable(text: str, *, may_be_empty: bool = False) -> str:
    """The text made harmless. Raises NothingToPost, TextTooLong."""
    text = clean_text(text)
    if not text and not may_be_empty:
        raise NothingToPost
    if len(text) > MAX_TEXT:
        raise TextTooLong
    return text


def _append(locked: Conversation, by, text: str, key, quotes) -> Message:
    locked.last_number += 1
    locked.last_at = timezone.now()
    locked.save(update_fields=["last_number", "last_at"])
    return Message.objects.create(
        conversation=locked,
        number=locked.last_number,
        author=by,
        text=text,
        key=key,
        quotes=quotes if quotes and quotes.conversation_id == locked.pk else None,
        created_at=locked.last_at,
    )


@transaction.atomic
def read_up_to(*, conversation: Conversation, member, number: int) -> int:
    """The member has seen everything up to `number`; a position only moves forward. Returns where it stands."""
    number = min(number, conversation.last_number)
    _advance(conversation, member, number)
    read_notices(member=member, keys=conversation.notice_keys)
    tell_reading(conversation, member, number)
    return number


def _advance(conversation: Conversation, member, number: int, *, follow: bool = False) -> None:
    moved = {"number": number, "read_at": timezone.now()}
    mine = ReadPosition.objects.filter(conversation=conversation, member=member)
    if not mine.filter(number__lt=number).update(**moved):
        ReadPosition.objects.bulk_create(
            [ReadPosition(conversation=conversation, member=member, **moved)], ignore_conflicts=True
        )
    if follow:
        mine.filter(is_following__isnull=True).update(is_following=True)


@transaction.atomic
def follow(*, conversation: Conversation, member, on: bool) -> None:
    """Hear of every reply in this conversation, or of none."""
    _advance(conversation, member, reading(conversation, member).read_number)
    ReadPosition.objects.filter(conversation=conversation, member=member).update(is_following=on)


def follow_unless_chosen(*, conversation: Conversation, member) -> None:
    """Follow, unless the member chose; how far they have read stays as it is."""
    _advance(conversation, member, reading(conversation, member).read_number, follow=True)


@transaction.atomic
def close_thread(*, conversation: Conversation, by, on: bool) -> None:
    """Close a discussion for new replies, or open it again; the caller has checked that `by` moderates."""
    Conversation.objects.filter(pk=conversation.pk).update(closed_at=timezone.now() if on else None)
    record(by=by, act="talk.closed" if on else "talk.opened", about=conversation, subgroup_id=conversation.subgroup_id)


@transaction.atomic
def pin_thread(*, conversation: Conversation, by, on: bool) -> None:
    """Keep a discussion on top of the list, or no longer; the caller has checked that `by` moderates."""
    Conversation.objects.filter(pk=conversation.pk).update(pinned_at=timezone.now() if on else None)
    record(
        by=by, act="talk.pinned" if on else "talk.unpinned", about=conversation, subgroup_id=conversation.subgroup_id
    )


@transaction.atomic
def edit_message(*, message: Message, by, text: str) -> Message:
    """Change one's own words; the place and the number stay. Raises MayNotChange, NothingToPost, TextTooLong."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    text = postable(text, may_be_empty=message.attachments.exists())
    if message.author_id != by.pk or message.is_gone:
        raise MayNotChange
    message.text, message.edited_at = text, timezone.now()
    message.save(update_fields=["text", "edited_at"])
    _name_again(message)
    announce_change(message)
    return message


def _name_again(message: Message) -> None:
    named = mentioned_in(message.text, message.conversation, message.author)
    message.mentions.exclude(member__in=named).delete()
    Mention.objects.bulk_create((Mention(message=message, member=m) for m in named), ignore_conflicts=True)


@transaction.atomic
def remove_message(*, message: Message, by) -> Message:
    """Take a message away: its words and who was named in it are gone, its number stays."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not message.removed_at:
        message.text, message.removed_at, message.removed_by = "", timezone.now(), by
        message.save(update_fields=["text", "removed_at", "removed_by"])
        message.mentions.all().delete()
        detach(message)
        announce_change(message)
    return message


@transaction.atomic
def hide_message(*, message: Message, on: bool) -> Message:
    """Take a message out of sight, or put it back; the caller has checked that it is a moderator who does it."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    message.hidden_at = timezone.now() if on else None
    message.save(update_fields=["hidden_at"])
    announce_change(message)
    return message


@transaction.atomic
def mark_answer(*, conversation: Conversation, message: Message | None, by) -> Conversation:
    """Mark a reply as the answer of a discussion, or (None) take the mark away. The first message cannot be it.

    Raises NotAnAnswer. The caller has checked that `by` may say so.
    """
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if message and (message.conversation_id != conversation.pk or message.number == 1 or message.is_gone):
        raise NotAnAnswer
    if conversation.answer_id == (message.pk if message else None):
        return conversation
    before, conversation.answer = conversation.answer, message
    conversation.save(update_fields=["answer"])
    for listener in answered_registry:
        listener(conversation, message, by)
    for changed in filter(None, [before, message]):
        changed.conversation = conversation
        announce_change(changed)
    return conversation


@transaction.atomic
def set_rules(*, rules: TalkRules, by, **chosen) -> TalkRules:
    """Save how talking goes in a subgroup; the caller has checked that `by` manages it."""
    for name, value in chosen.items():
        setattr(rules, name, value)
    with settings_change("talk", rules.subgroup, by=by, act="talk.rules"):
        rules.save()
    return rules


@transaction.atomic
def mark_all_read(*, conversations: Iterable[Conversation], member) -> None:
    for conversation in conversations:
        read_up_to(conversation=conversation, member=member, number=conversation.last_number)
