"""The agenda: calendar programs."""

from datetime import date, timedelta

import pytest
import vobject
from django.urls import reverse
from icalendar import Calendar

from groups.events.ical import calendar_of
from groups.events.models import CalendarFeed, Event
from groups.events.services import cancel_event, change_event, make_feed, revoke_feed
from groups.subgroups.services import end_membership
from tests.factories import MemberFactory, member_of
from tests.groups.events.making import amsterdam, planned

pytestmark = pytest.mark.django_db


def unfolded(raw: bytes) -> list[str]:
    """A second reader, by the letter of RFC 5545 3.1: lines end in CRLF, a leading blank continues the line before."""
    return raw.decode().replace("\r\n ", "").split("\r\n")


def test_the_file_is_read_back_by_two_readers():
    event = planned(
        title="Vergadering; met komma, en punt", description="Regel een\nRegel twee", place="Clubhuis",
        starts_at=amsterdam(2027, 3, 28, 20), ends_at=amsterdam(2027, 3, 28, 22),
    )  # fmt: skip

    raw = calendar_of([event])
    calendar, lines = Calendar.from_ical(raw), unfolded(raw)
    entry = calendar.walk("VEVENT")[0]

    assert entry.decoded("dtstart") == amsterdam(2027, 3, 28, 20)
    assert str(entry["summary"]) == "Vergadering; met komma, en punt"
    assert str(entry["description"]) == "Regel een\nRegel twee"
    assert "DTSTART;TZID=Europe/Amsterdam:20270328T200000" in lines
    assert "DTEND;TZID=Europe/Amsterdam:20270328T220000" in lines
    assert "SUMMARY:Vergadering\\; met komma\\, en punt" in lines
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == ""
    assert calendar.walk("VTIMEZONE")[0]["tzid"] == "Europe/Amsterdam"
    assert f"UID:event-{event.pk}@localhost" in lines


def test_a_program_of_others_reads_the_same_event_and_whole_days():
    training = planned(
        title="Training; binnen, of buiten?", description="Regel een\nRegel twee", place="Clubhuis",
        starts_at=amsterdam(2027, 3, 28, 20), ends_at=amsterdam(2027, 3, 28, 22),
    )  # fmt: skip
    camp = planned(
        title="Kamp", is_all_day=True, starts_at=amsterdam(2027, 7, 1), ends_at=amsterdam(2027, 7, 4),
    )  # fmt: skip
    cancel_event(event=camp, by=camp.created_by)
    camp.refresh_from_db()

    read = vobject.readOne(calendar_of([training, camp]).decode())

    first, second = read.vevent_list
    assert read.vtimezone.tzid.value == "Europe/Amsterdam"
    assert first.summary.value == "Training; binnen, of buiten?"
    assert first.description.value == "Regel een\nRegel twee"
    assert first.dtstart.value.isoformat() == "2027-03-28T20:00:00+02:00"
    assert first.dtend.value.utcoffset() == timedelta(hours=2)
    assert (second.dtstart.value, second.dtend.value) == (date(2027, 7, 1), date(2027, 7, 4))
    assert (second.status.value, second.sequence.value) == ("CANCELLED", str(camp.revision))
    assert first.uid.value != second.uid.value


def test_whole_days_are_dates_with_the_end_not_included():
    event = planned(is_all_day=True, starts_at=amsterdam(2027, 3, 27), ends_at=amsterdam(2027, 3, 29))

    lines = unfolded(calendar_of([event]))

    assert "DTSTART;VALUE=DATE:20270327" in lines
    assert "DTEND;VALUE=DATE:20270329" in lines


def test_a_change_raises_the_sequence_and_cancelling_says_so():
    event = planned()
    changed = change_event(event=event, by=event.created_by, title="Anders")
    cancel_event(event=changed, by=event.created_by)

    lines = unfolded(calendar_of(Event.objects.all()))

    assert "SEQUENCE:2" in lines
    assert "STATUS:CANCELLED" in lines


def test_the_feed_holds_what_its_owner_may_see_and_ends_at_once(client):
    event, other = planned(title="Eigen training"), planned(title="Andere groep")
    member = member_of(event.subgroup)
    token = make_feed(member=member)
    address = reverse("calendar-ics", args=[token])

    first = client.get(address)
    end_membership(subgroup=event.subgroup, member=member)
    after_leaving = client.get(address).content.decode()
    revoke_feed(member=member)
    after_revoking = client.get(address)

    assert "Eigen training" in first.content.decode()
    assert other.title not in first.content.decode()
    assert first["Content-Type"].startswith("text/calendar")
    assert "no-store" in first["Cache-Control"]
    assert "Eigen training" not in after_leaving
    assert after_revoking.status_code == 404


def test_a_new_address_ends_the_old_one_and_no_token_is_kept(client):
    member = MemberFactory()
    old, new = make_feed(member=member), make_feed(member=member)

    assert client.get(reverse("calendar-ics", args=[old])).status_code == 404
    assert client.get(reverse("calendar-ics", args=[new])).status_code == 200
    assert CalendarFeed.objects.filter(fingerprint__in=[old, new]).count() == 0


def test_a_switched_off_account_has_no_feed(client):
    member = MemberFactory()
    token = make_feed(member=member)
    member.is_active = False
    member.save()

    assert client.get(reverse("calendar-ics", args=[token])).status_code == 404
