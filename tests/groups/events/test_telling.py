"""The agenda: being told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from groups.events.queries import to_answer
from groups.events.services import answer_event, cancel_event, change_event
from notifications.models import Notice
from notifications.reminders import queue_due
from tests.factories import member_of
from tests.groups.events.making import Choice, amsterdam, ids, planned

pytestmark = pytest.mark.django_db


def test_who_comes_is_reminded_once_the_day_before_and_who_does_not_is_not(time_machine):
    time_machine.move_to(amsterdam(2026, 11, 20, 12))
    event = planned(starts_at=amsterdam(2026, 11, 25, 20))
    comes, declines = member_of(event.subgroup), member_of(event.subgroup)
    answer_event(event=event, member=comes, choice=Choice.YES)
    answer_event(event=event, member=declines, choice=Choice.NO)

    time_machine.move_to(amsterdam(2026, 11, 24, 19, 0))
    early = queue_due()
    time_machine.move_to(amsterdam(2026, 11, 24, 20, 30))

    assert (early, queue_due(), queue_due()) == (0, 1, 0)
    assert Notice.objects.get().member == comes


@pytest.mark.parametrize(
    ("event_day", "day_before"), [((2026, 10, 25), (2026, 10, 24)), ((2027, 3, 28), (2027, 3, 27))]
)
def test_a_day_before_is_the_same_hour_of_the_clock_also_when_the_clocks_change(time_machine, event_day, day_before):
    time_machine.move_to(amsterdam(*day_before, 0) - timedelta(days=3))
    event = planned(starts_at=amsterdam(*event_day, 10))
    answer_event(event=event, member=member_of(event.subgroup), choice=Choice.YES)

    time_machine.move_to(amsterdam(*day_before, 9, 59))
    early = queue_due()
    time_machine.move_to(amsterdam(*day_before, 10, 0))

    assert (early, queue_due(), queue_due()) == (0, 1, 0)


def test_two_hours_before_is_two_real_hours_in_the_night_of_the_change(time_machine):
    time_machine.move_to(amsterdam(2026, 10, 20, 12))
    event = planned(starts_at=amsterdam(2026, 10, 25, 4), remind_hours=2)  # 03:00 UTC
    answer_event(event=event, member=member_of(event.subgroup), choice=Choice.YES)

    time_machine.move_to(datetime(2026, 10, 25, 0, 59, tzinfo=ZoneInfo("UTC")))
    early = queue_due()
    time_machine.move_to(datetime(2026, 10, 25, 1, 0, tzinfo=ZoneInfo("UTC")))

    assert (early, queue_due()) == (0, 1)


def test_a_new_time_is_told_to_guests_and_a_new_text_is_not():
    event = planned()
    guest = member_of(event.subgroup)
    answer_event(event=event, member=guest, choice=Choice.YES)

    event = change_event(event=event, by=event.created_by, description="Neem lampen mee")
    quiet = Notice.objects.count()
    change_event(
        event=event, by=event.created_by, starts_at=event.starts_at + timedelta(hours=1),
        ends_at=event.ends_at + timedelta(hours=1),
    )  # fmt: skip

    assert quiet == 0
    assert list(Notice.objects.values_list("member", "kind")) == [(guest.pk, "event-changed")]


def test_cancelling_is_told_once_and_logged():
    event = planned()
    guest = member_of(event.subgroup)
    answer_event(event=event, member=guest, choice=Choice.MAYBE)

    cancel_event(event=event, by=event.created_by)
    cancel_event(event=event, by=event.created_by)

    assert list(Notice.objects.values_list("member", "kind", "count")) == [(guest.pk, "event-cancelled", 1)]


def test_what_asks_an_answer_waits_for_who_did_not_give_one():
    event = planned(answer_by=timezone.now() + timedelta(days=2))
    member = member_of(event.subgroup)

    before = ids(to_answer(member))
    answer_event(event=event, member=member, choice=Choice.NO)

    assert before == {event.pk}
    assert ids(to_answer(member)) == set()
