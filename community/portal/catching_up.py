"""Coming back after days away: at most one page of what matters first, before the talk of the groups."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.pages.queries import unread_announcements
from community.portal.models import Visit
from groups.conversations.models import ReadPosition
from groups.conversations.views.catching_up import SPANS
from notifications.access import visible_notices
from notifications.cards import Card
from notifications.queries import shown_notices
from theme.templatetags.theme import day

# A visit ends when nothing was opened for this long.
SAME_VISIT = timedelta(minutes=30)
AWAY_FROM = timedelta(days=3)
KEPT, FRESH = "visit", timedelta(minutes=1)
OF_EACH, AT_MOST = 3, 9
MONEY_AND_VOTES = ("payment:", "fee:", "poll:")
TO_ME = ("mention", "direct", "reply")


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What waited for a member who was away: announcements, payments and polls, own mentions; nothing twice."""

    days: int
    cards: list[Card]

    @property
    def span(self) -> int:
        """The number of days to look back over on the page with all of it."""
        return next((span for span in SPANS if span >= self.days), SPANS[-1])


def catch_up(request, cards: list[Card]) -> CatchUp | None:
    """What a member missed who comes back after three days or more; `cards` are the things that wait for them."""
    member, since = request.user, away_since(request)
    if since is None:
        return None
    found = [*_announcements(member, since), *_money_and_votes(cards), *_to_me(member, since)][:AT_MOST]
    return CatchUp((timezone.now() - since).days, found) if found else None


def away_since(request) -> datetime | None:
    """The end of the visit before this one, when that is days ago; and notes that the member is here now.

    The session remembers the answer for a minute, so that going back and forth to home costs nothing.
    """
    now, kept = timezone.now(), request.session.get(KEPT)
    if kept and now.timestamp() - kept["asked"] < FRESH.total_seconds():
        before = kept["before"] and datetime.fromtimestamp(kept["before"], UTC)
    else:
        before = _note_visit(request.user, now)
        request.session[KEPT] = {"asked": now.timestamp(), "before": before and before.timestamp()}
    return before if before and now - before >= AWAY_FROM else None


def _note_visit(member, now: datetime) -> datetime | None:
    visit, is_first = Visit.objects.get_or_create(member=member, defaults={"seen_at": now})
    if is_first:
        return None
    if now - visit.seen_at > SAME_VISIT:
        # Who came in by a push and read in a group was here as well.
        read_at = ReadPosition.objects.filter(member=member).aggregate(at=Max("read_at"))["at"]
        visit.before = max(visit.seen_at, read_at or visit.seen_at)
    visit.seen_at = now
    visit.save(update_fields=["seen_at", "before"])
    return visit.before


def _announcements(member, since: datetime) -> list[Card]:
    unread = unread_announcements(member).filter(first_published_at__gt=since)
    return [
        Card(
            key=announcement.key,
            title=announcement.title,
            detail=_("%(sender)s, %(day)s")
            % {"sender": announcement.sender_name, "day": day(announcement.first_published_at)},
            path=announcement.get_absolute_url(),
            button=_("Read"),
            icon="megaphone",
            hue="blue",
        )
        for announcement in unread.select_related("owner")[:OF_EACH]
    ]


def _money_and_votes(cards: list[Card]) -> list[Card]:
    found = []
    for prefix in MONEY_AND_VOTES:
        found += [card for card in cards if card.key.startswith(prefix)][:OF_EACH]
    return found


def _to_me(member, since: datetime) -> list[Card]:
    unread = visible_notices(member).filter(kind__in=TO_ME, read_at__isnull=True, created_at__gt=since)
    return [
        Card(
            key=f"notice:{notice.id}",
            title=notice.words.title,
            detail=notice.words.body[:120],
            path=reverse("open-notice", args=[notice.id]),
            button=_("View"),
            icon=notice.icon,
            hue=notice.hue,
        )
        for notice in shown_notices(unread.order_by("-created_at")[:OF_EACH], member)
    ]
