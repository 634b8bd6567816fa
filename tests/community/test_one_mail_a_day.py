"""With the defaults a member gets one mail with news a day; what comes after it waits for the summary."""

from datetime import time, timedelta

import pytest
from django.core import mail

from community.pages.services import continue_broadcasts
from community.pages.services.reading import read_announcement
from notifications.digests import queue_digests
from notifications.models import Delivery, NoticeSettings
from notifications.services import choose_level, send_all_due
from tests.factories import MemberFactory
from tests.factories_pages import published

pytestmark = pytest.mark.django_db
NOON = "2026-03-10T12:00:00+01:00"


@pytest.fixture
def reader(time_machine):
    time_machine.move_to(NOON, tick=False)
    return MemberFactory()


def announced(time_machine, title, **fields):
    page = published(time_machine, title=title, **fields)
    continue_broadcasts()
    send_all_due()
    return page


def subjects(reader):
    return [message.subject.split(": ", 1)[-1] for message in mail.outbox if message.to == [reader.email]]


def last_mail(reader):
    return [message for message in mail.outbox if message.to == [reader.email]][-1]


def test_the_second_of_a_day_comes_in_the_summary(reader, time_machine):
    announced(time_machine, "Eerste")
    announced(time_machine, "Tweede")
    announced(time_machine, "Derde")
    assert subjects(reader) == ["Eerste"]

    time_machine.shift(timedelta(days=1))
    queue_digests()
    send_all_due()

    summary = last_mail(reader)
    assert "Tweede" in summary.body and "Derde" in summary.body
    assert "Eerste" not in summary.body


def test_what_was_read_meanwhile_is_not_in_the_summary(reader, time_machine):
    announced(time_machine, "Eerste")
    second = announced(time_machine, "Tweede")
    read_announcement(announcement=second, member=reader)

    time_machine.shift(timedelta(days=1))
    queue_digests()
    send_all_due()

    assert subjects(reader) == ["Eerste"]


def test_two_that_wait_for_the_morning_leave_as_one_mail_and_one_line_in_the_summary(reader, time_machine):
    NoticeSettings.objects.create(member=reader, quiet_from=time(10), quiet_until=time(18))
    announced(time_machine, "Eerste")
    announced(time_machine, "Tweede")

    time_machine.move_to("2026-03-10T18:00:01+01:00", tick=False)
    send_all_due()

    assert len(subjects(reader)) == 1


def test_the_next_day_brings_the_next_mail(reader, time_machine):
    announced(time_machine, "Eerste")
    time_machine.shift(timedelta(days=1))
    announced(time_machine, "Tweede")

    assert subjects(reader) == ["Eerste", "Tweede"]


def test_what_has_to_be_confirmed_always_comes(reader, time_machine):
    announced(time_machine, "Eerste")
    announced(time_machine, "Sleutelplan", acknowledge_by="2026-03-20")

    assert subjects(reader) == ["Eerste", "Sleutelplan"]


@pytest.mark.parametrize("how", ["everything", "no summary"])
def test_who_wants_all_of_them_or_has_no_summary_gets_each(reader, time_machine, how):
    if how == "everything":
        choose_level(member=reader, level="everything")
    else:
        NoticeSettings.objects.create(member=reader, digest=NoticeSettings.Digest.NEVER)

    announced(time_machine, "Eerste")
    announced(time_machine, "Tweede")

    assert subjects(reader) == ["Eerste", "Tweede"]


def test_over_the_weekly_limit_announcements_come_in_the_summary_too(reader, time_machine):
    NoticeSettings.objects.create(member=reader, weekly_budget=1, one_a_day=False)
    announced(time_machine, "Eerste")
    announced(time_machine, "Tweede")
    assert Delivery.objects.filter(member=reader, error="over the weekly budget").count() == 1

    time_machine.shift(timedelta(days=1))
    queue_digests()
    send_all_due()

    assert "Tweede" in last_mail(reader).body
