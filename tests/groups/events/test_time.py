"""The agenda: time."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from groups.events.forms import EventForm
from groups.events.models import Event, Series
from groups.events.queries import by_day, upcoming
from groups.events.services import cancel_event
from groups.events.words import when
from tests.groups.events.making import amsterdam, planned

pytestmark = pytest.mark.django_db


def form(**values):
    data = {"title": "Tocht", "first_day": "2027-03-28", "guest_list": "names", **values}
    return EventForm(data)


def test_a_weekly_series_keeps_its_hour_across_the_change_of_clocks():
    planned(
        starts_at=amsterdam(2027, 3, 23, 19), ends_at=amsterdam(2027, 3, 23, 21), rhythm=Series.Rhythm.WEEKLY,
        until=date(2027, 4, 6),
    )  # fmt: skip

    local = [timezone.localtime(event.starts_at) for event in Event.objects.order_by("starts_at")]

    assert [(moment.date(), moment.hour) for moment in local] == [
        (date(2027, 3, 23), 19),
        (date(2027, 3, 30), 19),
        (date(2027, 4, 6), 19),
    ]
    assert [moment.utcoffset() for moment in local] == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=2)]


def test_a_monthly_series_keeps_its_weekday_and_takes_the_last_when_there_is_no_fifth():
    planned(
        starts_at=amsterdam(2026, 12, 29, 20), ends_at=amsterdam(2026, 12, 29, 22), rhythm=Series.Rhythm.MONTHLY,
        until=date(2027, 4, 1),
    )  # fmt: skip

    days = [event.first_day for event in Event.objects.order_by("starts_at")]

    assert days == [date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23), date(2027, 3, 30)]


def test_one_occurrence_is_skipped_and_the_series_survives_its_maker():
    event = planned(rhythm=Series.Rhythm.WEEKLY, until=timezone.localdate() + timedelta(days=20))
    maker = event.created_by

    cancel_event(event=event, by=maker)
    others = Event.objects.exclude(pk=event.pk)
    maker.delete()

    assert others.count() == 2
    assert set(others.values_list("created_by", "cancelled_at")) == {(None, None)}


def test_whole_days_run_from_midnight_to_midnight_also_on_a_day_of_23_hours():
    filled = form(is_all_day="on", last_day="2027-03-29")

    assert filled.is_valid(), filled.errors
    assert filled.planned()["starts_at"] == amsterdam(2027, 3, 28)
    assert filled.planned()["ends_at"] == amsterdam(2027, 3, 30)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start": "02:30", "end": "04:00"}, "start"),
        ({"first_day": "2026-10-25", "start": "02:30", "end": "04:00"}, "start"),
        ({"start": "20:00", "end": "19:00"}, "end"),
        ({"start": "20:00"}, "start"),
        ({"start": "20:00", "end": "22:00", "rhythm": "weekly"}, "until"),
    ],
    ids=["hour that is skipped", "hour that comes twice", "end before start", "no end", "rhythm without end"],
)
def test_impossible_times_are_refused_on_their_field(values, field):
    assert field in form(**values).errors


def test_the_words_say_when():
    evening = Event(starts_at=amsterdam(2026, 12, 4, 20), ends_at=amsterdam(2026, 12, 4, 22))
    weekend = Event(starts_at=amsterdam(2026, 12, 12), ends_at=amsterdam(2026, 12, 14), is_all_day=True)

    assert when(evening) == "vr 4 dec, 20.00–22.00"
    assert weekend.last_day == date(2026, 12, 13)


def test_what_began_yesterday_stands_under_today():
    planned(starts_at=timezone.now() - timedelta(days=1), ends_at=timezone.now() + timedelta(days=1))

    days = by_day(upcoming(Event.objects.all()))

    assert [day.day for day in days] == [timezone.localdate()]
