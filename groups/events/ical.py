"""Events as calendar programs read them (RFC 5545)."""

from datetime import UTC, datetime
from urllib.parse import urlparse

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Entry

from groups.events.models import Event
from theme.house import house


def calendar_of(events) -> bytes:
    """One calendar with these events, its time zone described inside."""
    calendar = Calendar()
    calendar.add("prodid", "-//Paraplu//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", house().name)
    for event in events:
        calendar.add_component(_entry(event))
    calendar.add_missing_timezones()
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
