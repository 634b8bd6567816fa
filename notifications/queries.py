"""Reading notices as words, and what went out as counts."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min
from django.utils import timezone

from notifications.access import given_up_deliveries
from notifications.kinds import Words, fetch_rows, notice_kind, words_of
from notifications.models import Channel, Delivery
from notifications.places import Place, may_hear_of, places_of
from notifications.services.telling import unread_notices

ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")

__all__ = ["shown_notices", "unread_notices"]


@dataclass(frozen=True, slots=True)
class ShownNotice:
    id: int
    words: Words
    icon: str
    at: datetime
    count: int
    is_unread: bool
    place: Place | None

    @property
    def hue(self) -> str:
        return self.place.hue if self.place else "slate"


def shown_notices(notices, member) -> list[ShownNotice]:
    """The notices in the words of this moment, in the language that is active."""
    notices, places = list(notices), places_of(member)
    fetch_rows(notices, member)
    return [_shown(notice, member, places) for notice in notices]


def _shown(notice, member, places) -> ShownNotice:
    kind = notice_kind(notice.kind)
    words = words_of(kind, member, notice.context, notice.count)
    return ShownNotice(
        notice.pk, words, kind.icon, notice.created_at, notice.count, notice.read_at is None, places.get(notice.place)
    )


@dataclass(frozen=True, slots=True)
class KindCounts:
    """How many of one kind went out over one channel, and how they ended."""

    label: str
    channel: str
    sent: int
    waiting: int
    failed: int
    dropped: int


def delivery_counts(days: int = 30) -> list[KindCounts]:
    """For the manager: counts per kind and channel over the last days. Nobody's name."""
    State = Delivery.State
    since = timezone.now() - timedelta(days=days)
    rows = Delivery.objects.filter(created_at__gte=since).values_list("kind", "channel", "state").annotate(Count("pk"))
    counts: dict[tuple, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for kind, channel, state, number in rows:
        counts[kind, channel][state] += number
    return [
        KindCounts(
            label=str(notice_kind(kind).label),
            channel=str(Channel(channel).label),
            sent=by_state[State.SENT],
            waiting=by_state[State.QUEUED] + by_state[State.TAKEN] + by_state[State.SENDING],
            failed=by_state[State.FAILED],
            dropped=by_state[State.DROPPED],
        )
        for (kind, channel), by_state in sorted(counts.items())
    ]


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What of one kind did not arrive over one channel, since when, and one of the reasons."""

    label: str
    channel: str
    number: int
    since: datetime
    reason: str


def given_up_counts() -> list[GivenUp]:
    """For the manager: per kind and channel what was given up, most first. Nobody's name."""
    rows = given_up_deliveries().values_list("kind", "channel").annotate(Count("pk"), Min("created_at"), Max("error"))
    found = [
        GivenUp(str(notice_kind(kind).label), str(Channel(channel).label), number, since, _reason(error))
        for kind, channel, number, since, error in rows
    ]
    return sorted(found, key=lambda row: (-row.number, row.label, row.channel))


def _reason(error: str) -> str:
    """The answer of a mail server without the address that it tends to repeat."""
    return ADDRESS.sub("…", error)


@dataclass(frozen=True, slots=True)
class Unsure:
    pk: int
    label: str
    channel: str
    reason: str
    at: datetime


def unsure_rows(deliveries) -> list[Unsure]:
    """Deliveries that may or may not have arrived, to judge one by one. Nobody's name."""
    return [
        Unsure(row.pk, str(notice_kind(row.kind).label), row.get_channel_display(), _reason(row.error), row.claimed_at)
        for row in deliveries
    ]


@dataclass(frozen=True, slots=True)
class ShownDelivery:
    title: str
    channel: str
    icon: str
    state: str
    at: datetime
    is_bad: bool


def shown_deliveries(deliveries, member) -> list[ShownDelivery]:
    """What went out to this member, in the words of the notice."""
    shown = []
    for delivery in deliveries:
        kind = notice_kind(delivery.kind)
        is_bad = delivery.state in (Delivery.State.FAILED, Delivery.State.SENDING)
        shown.append(
            ShownDelivery(
                title=words_of(kind, member, delivery.context).title
                if may_hear_of(member, delivery.place)
                else str(kind.label),
                channel=str(Channel(delivery.channel).label),
                icon="mail" if delivery.channel == Channel.MAIL else "smartphone",
                state=str(Delivery.State(delivery.state).label),
                at=delivery.done_at or delivery.created_at,
                is_bad=is_bad,
            )
        )
    return shown
