"""The content calendar: what appeared, what is planned, what is still a draft, where it is crowded or silent."""

import calendar
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, DateTimeField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from community.pages.access import may_edit_pages, writable_announcements
from community.pages.audience import Scope
from community.pages.models import AnnouncementPage, ContentPage, NewsPage
from groups.people.access import enrolled_members

# Reaching a quarter of the members is a large send; two of those on one day are one too many.
LARGE_SHARE = 0.25
GAP_DAYS = 14


@dataclass(frozen=True, slots=True)
class Item:
    """One announcement, news item or page at the moment it appears. `people` is the most it can reach."""

    pk: int
    kind: str  # "announcement", "news" or "page"
    title: str
    at: datetime | None
    is_live: bool
    people: int
    is_large: bool
    groups: tuple[str, ...]
    occurrence: int | None = None

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def url(self) -> str:
        if self.kind == "announcement":
            return reverse("announcement-report", args=[self.pk])
        return reverse("wagtailadmin_pages:edit", args=[self.pk])


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    items: list[Item]
    is_this_month: bool
    is_today: bool

    @property
    def is_crowded(self) -> bool:
        return sum(item.is_large for item in self.items) > 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, both included, on which nothing appears."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass
class ContentCalendar:
    """One month (its first day) for one member: everything within reach of their role, in eight queries at most."""

    member: object
    month: date
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def weeks(self) -> list[list[Day]]:
        by_day: dict[date, list[Item]] = {}
        for item in self.items:
            by_day.setdefault(item.day, []).append(item)
        weeks = calendar.Calendar().monthdatescalendar(self.month.year, self.month.month)
        return [
            [Day(day, by_day.get(day, []), day.month == self.month.month, day == self.today) for day in week]
            for week in weeks
        ]

    @cached_property
    def days(self) -> list[Day]:
        """The days of the month on which something appears."""
        return [day for week in self.weeks for day in week if day.is_this_month and day.items]

    @cached_property
    def items(self) -> list[Item]:
        first = self.month - timedelta(days=7)
        span = (_midnight(first), _midnight(self.month + timedelta(days=45)))
        return sorted(self._between(*span), key=lambda item: item.at)

    @cached_property
    def drafts(self) -> list[Item]:
        """Announcements that nobody planned yet: they can be put on a day from here."""
        waiting = self._announcements().filter(live=False, appears__isnull=True, first_published_at__isnull=True)
        return [self._item(page, "announcement") for page in waiting.order_by("-latest_revision_created_at")[:20]]

    @cached_property
    def gaps(self) -> list[Gap]:
        """Two weeks or more of silence in this month, from today on."""
        last = self.month.replace(day=calendar.monthrange(self.month.year, self.month.month)[1])
        start = max(self.month, self.today)
        busy = sorted({item.day for item in self.items if start <= item.day <= last})
        edges = [start - timedelta(days=1), *busy, last + timedelta(days=1)]
        between = (Gap(one + timedelta(days=1), other - timedelta(days=1)) for one, other in pairwise(edges))
        return [gap for gap in between if gap.days >= GAP_DAYS]

    @property
    def crowded(self) -> list[Day]:
        return [day for day in self.days if day.is_crowded and day.date >= self.today]

    @property
    def previous(self) -> date:
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> date:
        return (self.month + timedelta(days=32)).replace(day=1)

    def _between(self, start, end):
        for page in self._announcements().filter(appears__gte=start, appears__lt=end):
            yield self._item(page, "announcement")
        if may_edit_pages(self.member):
            for model, kind in ((NewsPage, "news"), (ContentPage, "page")):
                for page in _with_moment(model.objects.all()).filter(appears__gte=start, appears__lt=end):
                    yield self._item(page, kind)

    def _announcements(self):
        mine = writable_announcements(self.member).filter(series__isnull=True)
        return _with_moment(mine).select_related("occurrence").prefetch_related("subgroups").defer("body")

    def _item(self, page, kind: str) -> Item:
        groups = list(page.subgroups.all()) if page.scope == Scope.GROUPS and kind == "announcement" else []
        people = sum(group.member_count for group in groups) if groups else self.everybody
        return Item(
            pk=page.pk,
            kind=kind,
            title=page.draft_title or page.title,
            at=page.appears,
            is_live=page.live,
            people=min(people, self.everybody),
            is_large=kind == "announcement" and not page.roles and people >= LARGE_SHARE * self.everybody > 0,
            groups=tuple(group.name for group in groups),
            occurrence=getattr(getattr(page, "occurrence", None), "pk", None),
        )

    @cached_property
    def everybody(self) -> int:
        return enrolled_members().count()


def _with_moment(pages):
    """Pages with `appears`: when it first appeared, or for what has not, when it will."""
    plans = Revision.objects.filter(
        approved_go_live_at__isnull=False,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    planned = Subquery(plans.values("approved_go_live_at")[:1], output_field=DateTimeField())
    return pages.annotate(appears=Coalesce("first_published_at", planned))


def movable_pages(member):
    """Announcements, and for editors news and pages, that this member may put on another day."""
    mine = list(writable_announcements(member).filter(live=False).values_list("pk", flat=True))
    pages = Page.objects.filter(pk__in=mine)
    if may_edit_pages(member):
        pages |= Page.objects.filter(live=False).type(NewsPage, ContentPage)
    return pages


def same_day_load(member, announcement: AnnouncementPage, day: date) -> int:
    """How many other large sends stand on this day, to warn before planning one more."""
    month = ContentCalendar(member, day.replace(day=1))
    counted = Counter(item.day for item in month.items if item.is_large and item.pk != announcement.pk)
    return counted[day]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
