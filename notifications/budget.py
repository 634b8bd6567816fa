"""The attention budget: how often members were interrupted this week, over all groups and channels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Max
from django.utils import timezone

from notifications.kinds import notice_kind, notice_kinds
from notifications.models import Channel, Delivery, NoticeSettings
from notifications.wanted import settings_of

# Why a mail or push was left for the summary, as it stands in the outbox.
WEEK_IS_FULL, HAD_ONE_TODAY = "over the weekly budget", "had a mail like this today"
LEFT_FOR_SUMMARY = (WEEK_IS_FULL, HAD_ONE_TODAY)
WEEK = timedelta(days=7)
HABIT_WEEKS = 4
FEWEST = 5  # recipients of whom a forecast says numbers


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a sender should know beforehand. Averages per recipient, rounded to whole notices.

    `over_budget` counts who will find it in the summary; of what `comes_anyway` that is nobody.
    """

    recipients: int
    this_week: int
    habit: int
    over_budget: int
    comes_anyway: bool = False

    @property
    def is_of_few(self) -> bool:
        """Of so few people a number would tell how one of them lives in all their groups; it is not shown."""
        return self.recipients < FEWEST

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


def is_news(delivery: Delivery) -> bool:
    """Mail to many that asks nothing of this member; of these one a day is enough, unless they want them all."""
    kind = notice_kind(delivery.kind)
    return delivery.channel == Channel.MAIL and kind.bulk and not kind.passes_budget


def had_news_today(member_ids: Iterable[int]) -> set[int]:
    """Members who want one such mail a day at most, and got it on what is today on their clock."""
    ids, now = set(member_ids), timezone.now()
    news = [kind.code for kind in notice_kinds() if kind.bulk and not kind.passes_budget]
    sent = Delivery.objects.filter(member__in=ids, channel=Channel.MAIL, kind__in=news, state=Delivery.State.SENT)
    last = dict(
        sent.filter(done_at__gte=now - timedelta(days=1))
        .values("member")
        .annotate(at=Max("done_at"))
        .values_list("member", "at")
    )
    wishes = settings_of(last)
    return {pk for pk, at in last.items() if wishes[pk].spares_news and _same_day(at, now, wishes[pk].zone)}


def _same_day(first, second, zone: str) -> bool:
    clock = ZoneInfo(zone)
    return first.astimezone(clock).date() == second.astimezone(clock).date()


def forecast(members, kind: str = "") -> Forecast:
    """How full the week of these members (a queryset) is, to show before a notice of `kind` is sent to them."""
    comes_anyway = bool(kind) and notice_kind(kind).passes_budget
    now, recipients = timezone.now(), members.count()
    this_week, before = _sent_to(members, now - WEEK), _sent_to(members, now - HABIT_WEEKS * WEEK)
    limits = dict(NoticeSettings.objects.filter(member__in=members).values_list("member", "weekly_budget"))
    usual = NoticeSettings().weekly_budget
    return Forecast(
        recipients=recipients,
        this_week=round(sum(this_week.values()) / recipients) if recipients else 0,
        habit=round(sum(before.values()) / HABIT_WEEKS / recipients) if recipients else 0,
        over_budget=0 if comes_anyway else sum(count >= limits.get(pk, usual) for pk, count in this_week.items()),
        comes_anyway=comes_anyway,
    )
