"""Moving messages to another discussion, or into a new one. In each old place a pointer stays, so that links hold."""

from django.db import transaction
from django.utils import timezone

from groups.conversations.access import MOST_MOVED
from groups.conversations.errors import NothingToMove
from groups.conversations.models import Conversation, Message, ReadPosition
from groups.conversations.services import follow_unless_chosen
from groups.conversations.streams import announce_change, announce_message
from groups.people.audit import record
from notifications.services import notify
from theme.cleantext import clean_line


@transaction.atomic
def split_off(*, conversation: Conversation, numbers: list[int], title: str, by) -> Conversation:
    """Make a new discussion of these messages of a chat or discussion, started by who wrote the first of them.

    Raises NothingToMove. The caller has checked that `by` moderates the group.
    """
    title = clean_line(title)[:120]
    first = conversation.messages.present().filter(number__in=numbers).order_by("number").first()
    if first is None or not title:
        raise NothingToMove
    thread = Conversation.objects.create(
        kind=Conversation.Kind.THREAD,
        subgroup=conversation.subgroup,
        title=title,
        started_by=first.author,
        started_at=first.created_at,
        last_at=first.created_at,
    )
    move_messages(conversation=conversation, numbers=numbers, to=thread, by=by)
    return thread


@transaction.atomic
def move_messages(*, conversation: Conversation, numbers: list[int], to: Conversation, by) -> list[Message]:
    """Put these messages at the end of another discussion of the same group, in the order in which they were said.

    Each keeps its id, and with it its files, reactions and links; the old number becomes a pointer to it. What a member
    had read stays read where that can be, and nothing unread becomes read. Raises NothingToMove.
    """
    source, target = _locked(conversation, to)
    moved = list(
        source.messages.present().filter(number__in=numbers[:MOST_MOVED]).select_related("author").order_by("number")
    )
    if not moved or source == target or source.subgroup_id is None or source.subgroup_id != target.subgroup_id:
        raise NothingToMove
    old_numbers, before = [message.number for message in moved], target.last_number
    for message in moved:
        _append(message, target)
    target.last_at = max(target.last_at, moved[-1].created_at)
    target.save(update_fields=["last_number", "last_at"])
    pointers = [_pointer(source, number, message, by) for number, message in zip(old_numbers, moved, strict=True)]
    _keep_reading(source, target, old_numbers, before)
    _tidy(source, moved)
    _tell(source, target, moved, pointers, by)
    return moved


def _locked(conversation: Conversation, to: Conversation) -> tuple[Conversation, Conversation]:
    """Both, locked in one order, so that two moves in opposite directions never wait for each other."""
    rows = Conversation.objects.select_for_update().filter(pk__in=[conversation.pk, to.pk]).order_by("pk")
    by_id = {row.pk: row for row in rows}
    return by_id[conversation.pk], by_id[to.pk]


def _append(message: Message, target: Conversation) -> None:
    target.last_number += 1
    message.conversation, message.number = target, target.last_number
    message.key = None  # a page that sends again still belongs to the old conversation
    message.save(update_fields=["conversation", "number", "key"])


def _pointer(source: Conversation, number: int, message: Message, by) -> Message:
    return Message.objects.create(
        conversation=source,
        number=number,
        created_at=message.created_at,
        removed_at=timezone.now(),
        removed_by=by,
        moved_to=message,
        told_at=timezone.now(),
    )


def _keep_reading(source: Conversation, target: Conversation, old_numbers: list[int], before: int) -> None:
    """Who had read the target to its end goes on by as many of the moved messages as they had read in the old place."""
    there = dict(target.positions.values_list("member", "number"))
    rows = []
    for member, number in source.positions.values_list("member", "number"):
        seen = sum(1 for old in old_numbers if old <= number)
        if (seen or not before) and there.get(member, 0) >= before:
            rows.append(ReadPosition(conversation=target, member_id=member, number=before + seen))
    ReadPosition.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["member", "conversation"],
        update_fields=["number"],
        batch_size=500,
    )


def _tidy(source: Conversation, moved: list[Message]) -> None:
    if source.answer_id in [message.pk for message in moved]:
        source.answer = None
    if source.kind == Conversation.Kind.THREAD and not source.messages.present().exists():
        source.closed_at = source.closed_at or timezone.now()
    source.save(update_fields=["answer", "closed_at"])


def _tell(source, target, moved: list[Message], pointers: list[Message], by) -> None:
    for pointer in pointers:
        announce_change(pointer)
    for message in moved:
        announce_message(message, target)
    authors = {message.author_id: message.author for message in moved if message.author_id}
    for author in authors.values():
        follow_unless_chosen(conversation=target, member=author)
    notify(
        member_ids=sorted(authors.keys() - {by.pk}),
        kind="moved",
        key=f"moved:{target.pk}",
        context={"message": moved[0].pk},
        place=target.subgroup.stream,
    )
    record(
        by=by,
        act="talk.moved",
        about=target,
        details={"from": source.pk, "messages": [message.pk for message in moved]},
        subgroup_id=target.subgroup_id,
    )
