"""Hours: when it is quiet for a member, and when the next summary comes. Pure functions over aware datetimes.

All reckoning is done in the member's own wall clock and only the result is turned into an instant, so that 07:00 is
07:00 on the days the clocks change too. An hour that is skipped becomes the one after it; of an hour that comes twice
the first one counts.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def instant(day: date, hour: time, zone: str) -> datetime:
    """The moment at which clocks in `zone` show `hour` on `day`, in UTC."""
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def after_quiet(moment: datetime, hours) -> datetime:
    """`moment` itself when it is not quiet then for this member, else the end of the quiet hours.

    `hours` has quiet_from, quiet_until, quiet_weekend and zone, as NoticeSettings.
    """
    for _ in range(4):  # a quiet night may lead into a quiet weekend and that into a quiet night
        later = _end_of_this_silence(moment, hours)
        if later == moment:
            break
        moment = later
    return moment


def _end_of_this_silence(moment: datetime, hours) -> datetime:
    local = moment.astimezone(ZoneInfo(hours.zone))
    today, clock = local.date(), local.time()
    if hours.quiet_weekend and local.weekday() >= SATURDAY:
        return instant(today + timedelta(days=7 - local.weekday()), hours.quiet_until, hours.zone)
    start, end = hours.quiet_from, hours.quiet_until
    if start == end:
        return moment
    if start < end:
        is_quiet, last_day = start <= clock < end, today
    else:
        is_quiet, last_day = clock >= start or clock < end, today + timedelta(days=clock >= start)
    # In an hour that comes twice, or is skipped, the wall clock may already stand past the end.
    return max(instant(last_day, end, hours.zone), moment) if is_quiet else moment


def next_digest(moment: datetime, hours) -> datetime | None:
    """The first chosen hour (and weekday) after `moment`; None when the member wants no summary."""
    if hours.digest == hours.Digest.NEVER:
        return None
    day = moment.astimezone(ZoneInfo(hours.zone)).date()
    for ahead in range(9):
        candidate = day + timedelta(days=ahead)
        at = instant(candidate, time(hours.digest_hour), hours.zone)
        is_right_day = hours.digest == hours.Digest.DAILY or candidate.weekday() == hours.digest_weekday
        if is_right_day and at > moment:
            return at
    return None
