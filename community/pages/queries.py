"""Reading announcements: what is new for a member, and how a message reached its audience."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from wagtail.models import Page, Revision

from community.pages.access import readable_news, visible_announcements, writable_announcements
from community.pages.audience import Audience, Scope
from community.pages.models import (
    AnnouncementIndexPage,
    AnnouncementSeries,
    Approval,
    Broadcast,
    LandingPage,
    PictureRendition,
    Pin,
    Reading,
    Urgency,
)
from community.pages.models.announcements import MAX_PINS
from groups.conversations.access import visible_conversations
from notifications.bounces import STOPPED
from notifications.budget import LEFT_FOR_SUMMARY
from notifications.models import Bounce, Delivery
from theme.kept import kept_rows, now, today

UNREAD_FOR = timedelta(days=365)  # what nobody opened in a year is no news any more


def with_unread_mark(announcements, member):
    """The announcements with `is_unread`: published since the member has an account and this year, never opened."""
    opened = Exists(Reading.objects.filter(member=member, announcement=OuterRef("pk")))
    return announcements.annotate(is_unread=Case(When(~opened & _is_news(member), then=True), default=False))


def _is_news(member) -> Q:
    return Q(first_published_at__gte=member.created_at) & Q(first_published_at__gte=now() - UNREAD_FOR)


def unread_announcements(member):
    """What this member has still to read, newest first. What is older than the account or a year does not count."""
    return (
        visible_announcements(member)
        .filter(_is_news(member))
        .filter(~Exists(Reading.objects.filter(member=member, announcement=OuterRef("pk"))))
        .order_by("-first_published_at", "-pk")
    )


def latest_unread_announcement(member):
    """The announcement for the top of the member's home, or None."""
    return next(iter(kept_rows(_latest_unread, member)), None)


def _latest_unread(member):
    return unread_announcements(member).select_related("owner")[:1]


def pinned_announcements(member):
    """What stands on top for this member today, at most three: what is for all first, then the newest."""
    held = Pin.objects.filter(announcement=OuterRef("pk"), until__gte=today())
    return visible_announcements(member).filter(Exists(held)).order_by("scope", "-first_published_at")[:MAX_PINS]


def my_reading(member, announcement) -> Reading | None:
    return Reading.objects.filter(member=member, announcement=announcement).first()


@dataclass(frozen=True, slots=True)
class Size:
    """How many people, each counted once, in how many groups (0: not chosen by group)."""

    people: int
    groups: int


def audience_size(audience: Audience) -> Size:
    """The number the composer shows; the broadcast walks the same question."""
    return Size(audience.members().count(), len(audience.subgroups) if audience.scope == Scope.GROUPS else 0)


def announcement_section() -> AnnouncementIndexPage:
    return AnnouncementIndexPage.objects.get()


def public_front_page() -> LandingPage | None:
    return LandingPage.objects.live().first()


def rendition_named(name: str) -> PictureRendition | None:
    """The scaled picture that is stored under this name."""
    return PictureRendition.objects.select_related("image__collection").filter(file=name).first()


class DeskLists(NamedTuple):
    """Planned soonest first, the others newest first; a draft that `is_held` waits for approval; `past` are those that
    expired or were taken down.
    """

    planned: QuerySet
    drafts: QuerySet
    sent: QuerySet
    past: QuerySet
    recurring: QuerySet


def desk_lists(announcements) -> DeskLists:
    """What the desk shows of these announcements."""
    waiting = announcements.filter(live=False, first_published_at__isnull=True, series__isnull=True)
    plans = Revision.objects.filter(
        approved_go_live_at__isnull=False,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    asked = Approval.objects.filter(announcement=OuterRef("pk"), decided_at__isnull=True)
    planned = waiting.annotate(planned_at=Subquery(plans.values("approved_go_live_at")[:1]))
    return DeskLists(
        planned.filter(planned_at__isnull=False).order_by("planned_at"),
        waiting.filter(~Exists(plans)).annotate(is_held=Exists(asked)).order_by("-latest_revision_created_at"),
        announcements.live()
        .annotate(told=Sum("broadcasts__told", filter=Q(broadcasts__number=0)))
        .order_by("-first_published_at"),
        announcements.filter(live=False, first_published_at__isnull=False).order_by("-last_published_at"),
        announcements.filter(series__stopped_at__isnull=True, series__isnull=False).select_related("series"),
    )


def last_approval(announcement):
    """What was last asked or decided about letting it appear, or None."""
    return announcement.approvals.select_related("asked_by", "decided_by").order_by("-pk").first()


def series_of(announcement):
    """The series of which this is the example, or in which it is one time; or None."""
    either = Q(example=announcement.pk) | Q(occurrences__announcement=announcement.pk)
    return AnnouncementSeries.objects.filter(either).select_related("example").distinct().first()


def planned_moment(announcement):
    """When it will appear by itself, or None."""
    plans = Revision.objects.for_instance(announcement).filter(approved_go_live_at__isnull=False)
    return plans.values_list("approved_go_live_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Reach:
    """How an announcement reached its audience. The five parts add up to `audience`; each person is in one of them."""

    audience: int
    acknowledged: int
    seen: int
    delivered: int
    bounced: int
    no_channel: int
    told: int
    is_finished: bool

    @property
    def opened(self) -> int:
        return self.acknowledged + self.seen

    @property
    def opened_percent(self) -> int:
        """0-100, rounded down."""
        return 100 * self.opened // self.audience if self.audience else 0

    @property
    def told_percent(self) -> int:
        return min(100, 100 * self.told // self.audience) if self.audience else 100


def reach_report(announcement) -> Reach | None:
    """None before it was sent. The audience is asked afresh: who left counts no more, who came does."""
    broadcast = Broadcast.objects.filter(announcement=announcement, number=0).first()
    if broadcast is None:
        return None
    parts = dict(in_parts(announcement).order_by().values_list("part").annotate(n=Count("pk")))
    names = ("acknowledged", "seen", "delivered", "bounced", "no_channel")
    return Reach(
        audience=sum(parts.values()),
        told=broadcast.told,
        is_finished=broadcast.finished_at is not None,
        **{name: parts.get(name, 0) for name in names},
    )


def announcements_to_confirm(member):
    """Those that ask this member for “I have read this”, soonest deadline first; a missed deadline stays to be done
    for two weeks, after which nobody is helped by the card."""
    confirmed = Reading.objects.filter(member=member, announcement=OuterRef("pk"), acknowledged_at__isnull=False)
    return (
        visible_announcements(member)
        .filter(acknowledge_by__gte=today() - timedelta(days=14))
        .filter(_is_news(member), ~Exists(confirmed))
        .order_by("acknowledge_by", "pk")
    )


def in_parts(announcement):
    """Everybody in the audience with `part`: the furthest step of the message towards this person."""
    opened = Reading.objects.filter(announcement=announcement, member=OuterRef("pk"))
    sent = Delivery.objects.filter(key=announcement.key, member=OuterRef("pk"))
    came_back = Bounce.objects.filter(
        member=OuterRef("member"), reference=Concat(Value("delivery:"), Cast(OuterRef("pk"), CharField()))
    )
    refused = Q(state=Delivery.State.FAILED) | Q(error=STOPPED) | Exists(came_back)
    # What was dropped reached nobody, for example when the announcement was taken back; in the summary it still comes.
    dropped = Q(state=Delivery.State.DROPPED) & ~Q(error__in=LEFT_FOR_SUMMARY)
    return announcement.audience.members().annotate(
        part=Case(
            When(Exists(opened.filter(acknowledged_at__isnull=False)), then=Value("acknowledged")),
            When(Exists(opened), then=Value("seen")),
            When(Exists(sent.exclude(refused | dropped)), then=Value("delivered")),
            When(Exists(sent.filter(refused)), then=Value("bounced")),
            default=Value("no_channel"),
        )
    )


def open_members(announcement):
    """Who is in the audience and has not confirmed."""
    confirmed = Reading.objects.filter(announcement=announcement, member=OuterRef("pk"), acknowledged_at__isnull=False)
    return announcement.audience.members().filter(~Exists(confirmed))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many of the audience confirmed an announcement. The same numbers as its own page shows."""

    announcement: object
    audience: int
    acknowledged: int
    may_see_names: bool

    @property
    def open(self) -> int:
        return self.audience - self.acknowledged

    @property
    def percent(self) -> int:
        """0-100, rounded down."""
        return 100 * self.acknowledged // self.audience if self.audience else 0


def confirmed_of(announcements, member) -> list[Confirmed]:
    """Two counts per announcement, as each has its own audience: for one page of a list."""
    mine = set(
        writable_announcements(member).filter(pk__in=[page.pk for page in announcements]).values_list("pk", flat=True)
    )
    rows = []
    for page in announcements:
        audience, left = page.audience.members().count(), open_members(page).count()
        rows.append(Confirmed(page, audience, audience - left, page.pk in mine))
    return rows


def for_letters(announcement):
    """The last step of the ladder: who did not open it and is reached by no mail or push."""
    return in_parts(announcement).filter(part__in=("bounced", "no_channel")).order_by("last_name", "first_name", "pk")


def announcements_for_group(member, subgroup):
    """Announcements for this group with `is_pinned`: what is pinned there first, then the newest."""
    pinned = Pin.objects.filter(announcement=OuterRef("pk"), subgroup=subgroup, until__gte=today())
    announcements = visible_announcements(member).filter(subgroups=subgroup)
    return announcements.annotate(is_pinned=Exists(pinned)).order_by("-is_pinned", "-first_published_at")


def news_for_group(member, subgroup):
    return readable_news(member).filter(subgroups=subgroup).order_by("-day", "-pk")


def group_news(announcements, news, limit: int) -> list:
    """The newest of both as lines for a group's page, with what is pinned there first."""
    rows = [
        GroupNews(page.title, page.get_absolute_url(), page.first_published_at, page.is_pinned)
        for page in announcements
    ]
    rows += [GroupNews(page.title, page.get_url(), page.first_published_at, False) for page in news]
    return sorted(rows, key=lambda row: (row.is_pinned, row.at), reverse=True)[:limit]


@dataclass(frozen=True, slots=True)
class GroupNews:
    """A line on a group's page that leads to an announcement or news item for that group."""

    title: str
    url: str
    at: datetime
    is_pinned: bool


def my_threads(member, announcement):
    """The linked discussions of an announcement that this member may read."""
    return (
        visible_conversations(member)
        .filter(pk__in=announcement.threads.values("conversation"))
        .select_related("subgroup")
    )


def replies_for(member, announcement, may_write: bool):
    """What this member may read of the replies: all of an open discussion or as a sender, else only their own."""
    replies = announcement.replies.select_related("member", "announcement")
    return replies if may_write or announcement.is_discussed else replies.filter(member=member)


def is_pinned(announcement) -> bool:
    return announcement.pins.filter(until__gte=timezone.localdate()).exists()


def urgency_of(announcement) -> Urgency | None:
    """Whether somebody called it urgent, and whether a second one agreed."""
    return Urgency.objects.filter(announcement=announcement).select_related("asked_by", "confirmed_by").first()
