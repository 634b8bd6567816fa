"""Fee periods: they follow on each other from an anchor day, month ends and 29 February included. No Django here."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `starts_on` up to and including `ends_on`."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


def add_months(day: date, months: int) -> date:
    """The same day some months later or earlier; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_at(anchor: date, months: int, day: date) -> Period:
    """The period of `months` in which `day` falls. Always counted from the anchor, so that the 31st comes back
    after a short month."""
    number = ((day.year - anchor.year) * 12 + day.month - anchor.month) // months
    while add_months(anchor, number * months) > day:
        number -= 1
    while add_months(anchor, (number + 1) * months) <= day:
        number += 1
    return Period(add_months(anchor, number * months), add_months(anchor, (number + 1) * months) - ONE_DAY)


def periods_starting_between(anchor: date, months: int, first: date, last: date) -> Iterator[Period]:
    """Every period whose first day lies from `first` up to and including `last`."""
    period = period_at(anchor, months, first)
    while period.starts_on <= last:
        if period.starts_on >= first:
            yield period
        period = period_at(anchor, months, period.ends_on + ONE_DAY)


def months_left(period: Period, anchor: date, day: date) -> int:
    """How many months of the period are still to come on `day`; the month that has begun counts whole."""
    count, at = 0, period.ends_on + ONE_DAY
    while at > day and at > period.starts_on:
        at = period_at(anchor, 1, at - ONE_DAY).starts_on
        count += 1
    return count


def age_on(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
