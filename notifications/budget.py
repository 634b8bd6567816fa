"""The attention budget: how often members were interrupted this week, over all groups and channels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from notifications.kinds import notice_kinds
from notifications.models import Delivery, NoticeSettings
from notifications.wanted import settings_of

WEEK = timedelta(days=7)
HABIT_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a sender should know beforehand. Averages per recipient, rounded to whole notices."""

    recipients: int
    this_week: int
    habit: int
    over_budget: int

    @property
    def is_busy(self) -> bool:
        return self.this_week > max(self.habit, 2) or self.over_budget > 0


def interruptions(member_ids: Iterable[int], since) -> dict[int, int]:
    """{member: number of mails and pushes sent since then that count for the budget}. A fact counts once."""
    return _sent_to(list(member_ids), since)


def _sent_to(members, since) -> dict[int, int]:
    counted = [kind.code for kind in notice_kinds() if not kind.passes_budget]
    sent = Delivery.objects.filter(member__in=members, state=Delivery.State.SENT, done_at__gte=since, kind__in=counted)
    rows = sent.values("member").annotate(number=Count("dedupe", distinct=True))
    return dict(rows.values_list("member", "number"))


def over_budget(member_ids: Iterable[int]) -> set[int]:
    """Members who had as many interruptions this week as they allow; the rest waits for their summary."""
    ids = set(member_ids)
    if not ids:
        return set()
    counts, wishes = interruptions(ids, timezone.now() - WEEK), settings_of(ids)
    return {pk for pk, count in counts.items() if count >= wishes[pk].weekly_budget}


def forecast(members) -> Forecast:
    """How full the week of these members (a queryset) is, to show before something is sent to them."""
    now, recipients = timezone.now(), members.count()
    this_week, before = _sent_to(members, now - WEEK), _sent_to(members, now - HABIT_WEEKS * WEEK)
    limits = dict(NoticeSettings.objects.filter(member__in=members).values_list("member", "weekly_budget"))
    usual = NoticeSettings().weekly_budget
    return Forecast(
        recipients=recipients,
        this_week=round(sum(this_week.values()) / recipients) if recipients else 0,
        habit=round(sum(before.values()) / HABIT_WEEKS / recipients) if recipients else 0,
        over_budget=sum(count >= limits.get(pk, usual) for pk, count in this_week.items()),
    )
