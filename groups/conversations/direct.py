"""Direct and small-group messages: starting them, and what of reading is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from groups.conversations.errors import MayNotWriteTo, MinorsAmongStrangers, TooManyPeople
from groups.conversations.models import (
    MAX_PARTICIPANTS,
    Barrier,
    Conversation,
    Message,
    Participant,
    Presence,
    ReadPosition,
    TalkChoices,
)
from groups.conversations.writing_to import choices_of, may_write_to, others_in, safe_together
from groups.people.models import Member
from notifications.live import publish_to_member, refresh_member

FRESH = timedelta(minutes=1)


@transaction.atomic
def start_direct(*, by, members: Iterable[Member]) -> Conversation:
    """The conversation of exactly these people; two people always come back to the same one.

    Raises MayNotWriteTo, TooManyPeople.
    """
    others = list({member.pk: member for member in members if member.pk != by.pk}.values())
    if not others or len(others) >= MAX_PARTICIPANTS:
        raise TooManyPeople
    for other in others:
        if not may_write_to(by, other):
            raise MayNotWriteTo(other)
    for one, other in combinations(others, 2):
        if not safe_together(one, other):
            raise MinorsAmongStrangers
    circle = "-".join(str(pk) for pk in sorted([by.pk, *(other.pk for other in others)]))
    conversation, is_new = Conversation.objects.get_or_create(
        kind=Conversation.Kind.DIRECT, circle=circle, defaults={"started_by": by}
    )
    if is_new:
        for member in [by, *others]:
            Participant.objects.create(conversation=conversation, member=member)
            refresh_member(member.pk)
    return conversation


@transaction.atomic
def set_barrier(*, member, against, kind: str | None) -> None:
    """Mute or block somebody, or (None) take it back. Nobody is told."""
    Barrier.objects.filter(member=member, against=against).delete()
    if kind:
        Barrier.objects.create(member=member, against=against, kind=Barrier.Kind(kind))


@transaction.atomic
def choose(*, member, who_may_write: str, shares_reading: bool, shares_last_seen: bool) -> TalkChoices:
    """Save the choices. Reading that is shared again is shared from now on only."""
    Member.objects.select_for_update().get(pk=member.pk)
    choices = choices_of(member)
    choices.who_may_write, choices.shares_last_seen = who_may_write, shares_last_seen
    if not shares_reading:
        choices.shares_reading_since = None
    elif choices.shares_reading_since is None:
        choices.shares_reading_since = timezone.now()
    choices.save()
    return choices


def note_presence(member_id: int) -> None:
    """The member's app is open now; written down at most once a minute."""
    now = timezone.now()
    if Presence.objects.filter(member=member_id, seen_at__gt=now - FRESH).exists():
        return
    Presence.objects.update_or_create(member_id=member_id, defaults={"seen_at": now})


@dataclass(frozen=True, slots=True)
class Receipt:
    """How far one's own newest message in a direct conversation got: sent, delivered or read.

    `read_by` of the `others` have read it; others who do not share their reading are not counted at all.
    """

    state: str
    number: int
    read_by: int = 0
    others: int = 0


def receipt(conversation: Conversation, member) -> Receipt | None:
    """The state of the member's newest message, as far as both sides share it; None when there is nothing to say.

    Among several people it is read once all who share their reading have read it; until then it says how many.
    """
    newest = conversation.messages.filter(author=member, removed_at__isnull=True).order_by("-number").first()
    if newest is None or not shares_since(member, newest.created_at):
        return None
    others = [other for other in others_in(conversation, member) if shares_since(other, newest.created_at)]
    ids = [other.pk for other in others]
    readers = ReadPosition.objects.filter(conversation=conversation, member__in=ids, number__gte=newest.number)
    count = readers.count()
    if ids and count == len(ids):
        return Receipt("read", newest.number, count, len(ids))
    arrived = Presence.objects.filter(member__in=ids, seen_at__gte=newest.created_at)
    state = "delivered" if ids and arrived.count() == len(ids) else "sent"
    return Receipt(state, newest.number, count, len(ids))


def shares_since(member, moment) -> bool:
    since = choices_of(member).shares_reading_since
    return since is not None and since <= moment


def read_by(message: Message, member) -> int | None:
    """How many have read the member's own message in a subgroup, of those who share it; None when not shared."""
    if message.author_id != member.pk or not shares_since(member, message.created_at):
        return None
    hiding = TalkChoices.objects.filter(
        Q(shares_reading_since__isnull=True) | Q(shares_reading_since__gt=message.created_at)
    )
    positions = ReadPosition.objects.filter(conversation=message.conversation_id, number__gte=message.number)
    return positions.exclude(member=member).exclude(member__in=hiding.values("member")).count()


def tell_reading(conversation: Conversation, member, number: int) -> None:
    """After commit, show on the other's open page that it was read, when both share that."""
    if conversation.kind != Conversation.Kind.DIRECT:
        return
    now = timezone.now()
    for other in others_in(conversation, member) if shares_since(member, now) else []:
        if shares_since(other, now):
            publish_to_member(other.pk, f"read.{conversation.pk}", _fact(conversation, other, number))


def _fact(conversation: Conversation, member, number: int) -> dict:
    """What the member's open page shows of it: for two “read”, among more how many have."""
    known = receipt(conversation, member)
    if known is None or known.others < 2:
        return {"number": number}
    return {"number": known.number, "read_by": known.read_by, "others": known.others}


def last_seen(person, viewer) -> str:
    """ "today", "week" or "" (not shown): coarse, and only between two who both share it."""
    if not choices_of(person).shares_last_seen or not choices_of(viewer).shares_last_seen:
        return ""
    seen = Presence.objects.filter(member=person).values_list("seen_at", flat=True).first()
    days = (timezone.localdate() - timezone.localdate(seen)).days if seen else 99
    return "today" if days == 0 else "week" if days < 7 else ""
