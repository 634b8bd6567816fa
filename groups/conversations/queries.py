"""Reading conversations: what is unread, the latest line of each subgroup, and pages of messages by number."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import BigIntegerField, F, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from groups.conversations.access import messages_of, threads_of, visible_conversations, without_hidden_history
from groups.conversations.models import Conversation, Message, Participant, ReadPosition
from groups.subgroups.access import entered_subgroups, my_memberships
from theme.kept import kept_rows

PER_PAGE = 30
MISSED = 100  # after a restart every open page asks at once: few large answers cost less than many small ones
ABOVE_NEW = 5  # read messages shown above the first unread one, to pick up the thread
FOLLOWS_WITHIN = timedelta(minutes=5)


def with_reading(conversations, member):
    """Annotate `read_number` and `is_following`: how far the member has read.

    Who never opened a conversation has read what was there before they joined; so a newcomer is not met by a year
    of unread messages.
    """
    position = ReadPosition.objects.filter(conversation=OuterRef("pk"), member=member)
    joined = my_memberships(member).filter(subgroup=OuterRef("subgroup")).values("joined_at")[:1]
    place = Participant.objects.active().filter(member=member, conversation=OuterRef("pk"))
    before = Message.objects.filter(conversation=OuterRef("pk"), created_at__lt=OuterRef("joined_at"))
    return conversations.annotate(
        joined_at=Coalesce(Subquery(joined), Subquery(place.values("joined_at")[:1])),
        is_following=Subquery(position.values("is_following")),
        read_number=Coalesce(
            Subquery(position.values("number")), Subquery(before.order_by("-created_at").values("number")[:1]), 0
        ),
    )


def unread_conversations(member):
    """Conversations with something the member has not read, with `unread`."""
    reading = with_unread(visible_conversations(member), member)
    return reading.filter(last_at__gte=F("joined_at"), last_number__gt=F("read_number"))


def with_unread(conversations, member):
    """`with_reading`, and `unread`."""
    return with_reading(conversations, member).annotate(unread=F("last_number") - F("read_number"))


def unread_direct(member) -> int:
    """Unread direct messages, for the badge."""
    unread = unread_conversations(member).filter(kind=Conversation.Kind.DIRECT)
    return sum(unread.values_list("unread", flat=True))


def unread_by_subgroup(member) -> dict[int, int]:
    """{subgroup id: unread messages in its chat and discussions}, without those that have none."""
    counts: dict[int, int] = {}
    for (subgroup_id, _kind), unread in unread_once(member).items():
        if subgroup_id is not None:
            counts[subgroup_id] = counts.get(subgroup_id, 0) + unread
    return counts


def unread_once(member) -> dict[tuple, int]:
    """{(subgroup id or None, kind): unread messages}; within a request asked once, for badges, tabs and home."""
    if not member.remembers:
        return _ask_unread(member)
    if not hasattr(member, "_unread_by_kind"):
        member._unread_by_kind = _ask_unread(member)
    return member._unread_by_kind


def _ask_unread(member) -> dict[tuple, int]:
    unread: dict[tuple, int] = {}
    for subgroup_id, kind, number in kept_rows(_unread_numbers, member):
        unread[subgroup_id, kind] = unread.get((subgroup_id, kind), 0) + number
    return unread


def _unread_numbers(member):
    return unread_conversations(member).values_list("subgroup_id", "kind", "unread")


def unread_in(member, subgroup, kind: str) -> int:
    """Unread messages in the chat or in the discussions of one subgroup, for its tabs."""
    return unread_once(member).get((subgroup.pk, kind), 0)


def latest_by_subgroup(member) -> dict[int, Message]:
    """{subgroup id: the newest message in it}, with author and conversation; for the rows on home."""
    lines = {message.conversation.subgroup_id: message for message in kept_rows(_latest, member)}
    for message in lines.values():
        if message.is_gone:  # never saved: only what is shown
            message.text = (
                gettext("This message was moved.") if message.moved_to_id else gettext("This message was removed.")
            )
    return lines


def _latest(member):
    latest = visible_conversations(member).filter(subgroup=OuterRef("pk"), last_number__gt=0).order_by("-last_at")
    # Cast: who is in no group has an empty subquery, and PostgreSQL would take its NULL for text.
    newest = Cast(Subquery(latest.values("pk")[:1]), BigIntegerField())
    newest = entered_subgroups(member).annotate(newest=newest).values("newest")
    found = Message.objects.filter(conversation__in=newest, number=F("conversation__last_number"))
    return without_hidden_history(found, member).select_related("author", "conversation")


@dataclass(frozen=True, slots=True)
class Line:
    """A message as one reader sees it, with what stands above it."""

    message: Message
    is_own: bool
    follows: bool  # same author within five minutes: no head of its own
    starts_day: bool
    is_first_new: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of messages, oldest first, and the numbers at which reading goes on in both directions."""

    lines: list[Line]
    earlier: int | None  # read on with ?before=
    later: int | None  # read on with ?from=
    read_number: int
    last_number: int

    @property
    def unread(self) -> int:
        return self.last_number - self.read_number

    @property
    def last_shown(self) -> int:
        return self.lines[-1].message.number if self.lines else 0


def stretch(conversation, member, *, around: int | None = None, before: int | None = None, since: int | None = None):
    """One page of a conversation that carries `with_reading`: around the first unread message unless told otherwise.

    `around`, `before` (excluded) and `since` are message numbers. Found by number, so that a deep page costs as much
    as the first.
    """
    if before is not None:
        found = list(reversed(kept_rows(_messages_before, member, conversation, before)))
    else:
        first = since if since is not None else _opening(conversation, around)
        found = list(kept_rows(_messages_from, member, conversation, first))
    return _as_stretch(conversation, member, found)


def _messages_before(member, conversation, number: int):
    return messages_of(conversation, member).shown().filter(number__lt=number).order_by("-number")[:PER_PAGE]


def _messages_from(member, conversation, number: int):
    return messages_of(conversation, member).shown().filter(number__gte=number).order_by("number")[:PER_PAGE]


def _opening(conversation, around: int | None) -> int:
    """The number a page starts at: a little before `around`, before the first unread, or the last full page."""
    last_page = max(1, conversation.last_number - PER_PAGE + 1)
    if around is None and conversation.read_number >= conversation.last_number:
        return last_page
    target = around if around is not None else conversation.read_number + 1
    return max(1, min(target - ABOVE_NEW, last_page))


def newer_than(conversation, member, number: int) -> list[Line]:
    """What a page missed: the messages after `number`, at most MISSED at a time; the page asks until nothing comes."""
    found = messages_of(conversation, member).shown().filter(number__gt=number).order_by("number")[:MISSED]
    return lines_of(list(found), member)


def _as_stretch(conversation, member, found: list[Message]) -> Stretch:
    first = found[0].number if found else 1
    last = found[-1].number if found else conversation.last_number
    return Stretch(
        lines=lines_of(found, member, conversation.read_number),
        earlier=first if first > 1 else None,
        later=last + 1 if last < conversation.last_number else None,
        read_number=conversation.read_number,
        last_number=conversation.last_number,
    )


def lines_of(found: list[Message], member, read_number: int | None = None) -> list[Line]:
    """The messages as this member sees them; without `read_number` none of them is the first new one."""
    first_new = _first_new(found, member, read_number)
    lines, above = [], None
    for message in found:
        lines.append(
            Line(
                message=message,
                is_own=message.author_id == member.pk,
                follows=above is not None and _follows(message, above) and message is not first_new,
                starts_day=above is None or _day(above) != _day(message),
                is_first_new=message is first_new,
            )
        )
        above = message
    return lines


def _first_new(found: list[Message], member, read_number: int | None) -> Message | None:
    """The first unread message of somebody else, where this page holds it; own ones may come before."""
    if read_number is None or not found or found[0].number > read_number + 1:
        return None
    return next((each for each in found if each.number > read_number and each.author_id != member.pk), None)


def _follows(message: Message, above: Message) -> bool:
    return (
        message.author_id == above.author_id
        and message.created_at - above.created_at < FOLLOWS_WITHIN
        and _day(message) == _day(above)
    )


def _day(message: Message):
    return timezone.localdate(message.created_at)


def thread_list(subgroup, member):
    """The discussions of a subgroup, pinned first, then by latest message, with `unread`, opening and replies."""
    opening = Message.objects.present().filter(conversation=OuterRef("pk"), number=1)
    return (
        with_reading(threads_of(subgroup, member), member)
        .annotate(
            unread=F("last_number") - F("read_number"),
            replies=F("last_number") - 1,
            opening=Subquery(opening.values("text")),
        )
        .select_related("started_by", "subgroup")
        .order_by(F("pinned_at").desc(nulls_last=True), "-last_at", "-pk")
    )


def reading(conversation: Conversation, member) -> Conversation:
    """The conversation as it stands now, with `read_number` and `is_following`; the caller has checked access."""
    return next(iter(kept_rows(_reading, member, conversation)))


def _reading(member, conversation):
    return with_reading(Conversation.objects.filter(pk=conversation.pk), member)


def direct_list(member):
    """The member's direct conversations, newest first, with the people in them and `unread`."""
    mine = Participant.objects.active().filter(member=member).values("conversation")
    return (
        with_unread(Conversation.objects.filter(pk__in=mine, last_number__gt=0), member)
        .prefetch_related("participants__member")
        .order_by("-last_at")
    )
