"""How things go, for who keeps the community running: totals of the last seven days, never about one person."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from groups.conversations.models import Message, ReadPosition
from groups.people.access import enrolled_members, may_for_association
from groups.people.models import Enrolment, Member
from groups.subgroups.access import managed_subgroups
from theme.together import Together

QUIET_DAYS = 30
QUIET_SHOWN = 5
COUNTED_EVERY = 300  # seconds


@dataclass(frozen=True, slots=True)
class Week:
    """`active` are the distinct members who read or wrote in a group in the last seven days."""

    members: int
    active: int
    messages: int
    newcomers: int


def sees_figures(member) -> bool:
    return may_for_association(member, "see_figures") or may_for_association(member, "manage_subgroups")


def week(member) -> Week:
    """The same for everybody; `member` is who asks. Counting who was active reads all of a week, so once in a while."""
    return cache.get_or_set("figures-of-the-week", _count_week, COUNTED_EVERY)


def _count_week() -> Week:
    since = timezone.now() - timedelta(days=7)
    members = enrolled_members()
    readers = ReadPosition.objects.filter(read_at__gte=since).values("member")
    writers = Message.objects.filter(created_at__gte=since).values("author")
    newcomers = Enrolment.objects.on().filter(starts_on__gte=since.date())
    counted = {
        "members": members,
        "active": members.filter(Q(pk__in=readers) | Q(pk__in=writers)),
        "messages": Message.objects.filter(created_at__gte=since, conversation__subgroup__isnull=False),
        "newcomers": Member.objects.filter(pk__in=newcomers.values("member")),
    }
    questions = Together()
    for name, rows in counted.items():
        questions.count(name, rows)
    return Week(**{name: questions[name] for name in counted})


def quiet_subgroups(member):
    """Subgroups this member manages in which nobody wrote for a month, the quietest first, with `last_at`."""
    since = timezone.now() - timedelta(days=QUIET_DAYS)
    with_last = managed_subgroups(member).annotate(
        last_at=Coalesce(Max("conversations__last_at", filter=Q(conversations__last_number__gt=0)), "created_at")
    )
    return with_last.filter(last_at__lt=since).order_by("last_at")[:QUIET_SHOWN]
