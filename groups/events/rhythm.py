"""When a series takes place: the same time on the clock of Amsterdam, whatever summer time does."""

import calendar
from datetime import date, datetime, timedelta

from django.utils import timezone

from groups.events.models import Series

MOST = 104  # two years of weeks: enough for any training, and a slip of the pen does no harm


def occurrences(
    starts_at: datetime, ends_at: datetime, rhythm: str, until: date, most: int = MOST
) -> list[tuple[datetime, datetime]]:
    """(start, end) of each occurrence, the first included, up to and including the day `until`."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    days = (last.date() - first.date()).days
    found = []
    for day in _days(first.date(), rhythm):
        if day > until or len(found) >= most:
            break
        found.append((_at(day, first), _at(day + timedelta(days=days), last)))
    return found or [(starts_at, ends_at)]


def _at(day: date, clock: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock.time().replace(tzinfo=None)))


def _days(first: date, rhythm: str):
    if rhythm == Series.Rhythm.MONTHLY:
        yield from _same_weekday_each_month(first)
    step = timedelta(weeks=2 if rhythm == Series.Rhythm.FORTNIGHTLY else 1)
    day = first
    while True:
        yield day
        day += step


def _same_weekday_each_month(first: date):
    """ "The second Tuesday"; a fifth one that a month lacks becomes its last."""
    nth, year, month = (first.day - 1) // 7, first.year, first.month
    while True:
        weeks = calendar.monthcalendar(year, month)
        days = [week[first.weekday()] for week in weeks if week[first.weekday()]]
        yield date(year, month, days[min(nth, len(days) - 1)])
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
