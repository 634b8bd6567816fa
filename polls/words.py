"""Moments in the words of the house."""

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext


def time_left(moment, *, until: bool = False) -> str:
    """ "2 days left" up to two weeks, then the day; with `until` always the day and the time."""
    left = moment - timezone.now()
    if until or left.days >= 14:
        return day_and_time(moment)
    if left.days >= 1:
        return ngettext("%(n)s day left", "%(n)s days left", left.days) % {"n": left.days}
    hours = max(int(left.total_seconds() // 3600), 0)
    if hours:
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    return gettext("less than an hour left")


def day_and_time(moment) -> str:
    """ "vr 28 nov, 20.00 uur" or "Fri 28 Nov, 20:00"."""
    return wall_time(timezone.localtime(moment))


def wall_time(moment) -> str:
    """A moment without a zone, as the clock on the wall will show it: "vr 4 dec, 20.00 uur"."""
    dutch = _is_dutch()
    day = day_in_words(moment.date())
    return f"{day}, {moment.hour}.{moment.minute:02d} uur" if dutch else f"{day}, {moment.hour}:{moment.minute:02d}"


def day_in_words(day) -> str:
    """ "vr 28 nov", with the year when it is another one."""
    pattern = "EEE d MMM" if day.year == timezone.localdate().year else "EEE d MMM y"
    return format_date(day, pattern, locale="nl" if _is_dutch() else "en_GB")


def _is_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")
