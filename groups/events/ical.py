"""Events as calendar programs read them (RFC 5545)."""

from datetime import UTC, datetime
from urllib.parse import urlparse

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Timezone
from icalendar import Event as Entry

from groups.events.models import Event
from theme.house import house

# By rule and not by a list of dates: readers that overlook the list (vobject, for one) put every summer an hour early.
AMSTERDAM = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def calendar_of(events) -> bytes:
    """One calendar with these events, its time zone described inside."""
    calendar = Calendar()
    calendar.add("prodid", "-//Paraplu//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", house().name)
    calendar.add_component(Timezone.from_ical(AMSTERDAM))
    for event in events:
        calendar.add_component(_entry(event))
    return calendar.to_ical()


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", f"event-{event.pk}@{urlparse(settings.BASE_URL).hostname}")
    entry.add("dtstamp", datetime.now(UTC))
    entry.add("sequence", event.revision)
    entry.add("summary", event.title)
    entry.add("dtstart", event.first_day if event.is_all_day else timezone.localtime(event.starts_at))
    # The end of whole days is a date too, and not included: both are as we keep them.
    entry.add("dtend", timezone.localdate(event.ends_at) if event.is_all_day else timezone.localtime(event.ends_at))
    entry.add("url", f"{settings.BASE_URL}{event.get_absolute_url()}")
    if event.place:
        entry.add("location", event.place)
    if event.description:
        entry.add("description", event.description)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    return entry
