"""When a poll reminds who has not voted: at moments its maker chose, or by how long it runs."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from polls.models import Poll

# One day before closing, and for polls that run a week or longer three days before as well.
BY_LENGTH = ((3, timedelta(days=7)), (1, timedelta(days=2)))
AT_MOST = 2


def reminder_moments(poll: Poll) -> list[tuple[str, datetime]]:
    """(name of the step, moment) of each reminder, in order of time; only moments at which the poll is open."""
    moments = sorted((_moment(poll, days), days) for days in _days(poll))
    return [(f"{days}-days", moment) for moment, days in moments if poll.opens_at < moment < poll.closes_at][-AT_MOST:]


def _days(poll: Poll) -> list[int]:
    if poll.rules.remind_days is not None:
        return poll.rules.remind_days
    return [days for days, least in BY_LENGTH if poll.closes_at - poll.opens_at >= least]


def _moment(poll: Poll, days: int) -> datetime:
    """Counted in days of the calendar, so that a change of the clock does not move the hour."""
    closes = timezone.localtime(poll.closes_at)
    clock = closes.time() if poll.rules.remind_hour is None else time(poll.rules.remind_hour)
    return timezone.make_aware(datetime.combine(closes.date() - timedelta(days=days), clock))
