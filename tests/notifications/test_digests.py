"""Summaries: at the member's hour, never empty, with the rights of the moment of sending."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from groups.subgroups.services import end_membership
from notifications.digests import DigestPart, digest_registry, queue_digests
from notifications.kinds import Words
from notifications.models import Delivery, Notice, NoticeSettings
from notifications.services import change_settings, mute, notify, read_notices, send_all_due
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.notifications import test_wishes  # noqa: F401 — registers the kinds used here
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 2, 10, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 6, 3, 6, tzinfo=UTC)  # eight o'clock in Amsterdam


def chat(*members, key="thread:1", **values):
    return notify(member_ids=[member.pk for member in members], kind="w.chatter", key=key, context={}, **values)


def next_morning(clock):
    clock.move_to(NEXT_MORNING)
    queued = queue_digests()
    send_all_due()
    return queued


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_a_new_member_gets_one_mail_a_day_for_all_chatter(clock):
    member = MemberFactory()
    for number in range(5):
        chat(member, key=f"thread:{number}")
    assert queue_digests() == 0

    next_morning(clock)

    assert len(mail.outbox) == 1
    assert "5" in mail.outbox[0].subject
    assert queue_digests() == 0


def test_nothing_new_is_no_mail(clock):
    member = MemberFactory()
    chat(member)
    read_notices(member=member)

    next_morning(clock)

    assert mail.outbox == []
    assert Delivery.objects.get().state == Delivery.State.DROPPED


def test_what_was_in_yesterdays_summary_is_not_in_todays(clock):
    member = MemberFactory()
    chat(member, key="old")
    next_morning(clock)
    clock.shift(timedelta(hours=2))
    chat(member, key="new")

    clock.move_to(NEXT_MORNING + timedelta(days=1))
    queue_digests()
    send_all_due()

    assert ["1" in message.subject for message in mail.outbox] == [True, True]


def test_who_left_the_group_does_not_read_it_in_the_summary(clock):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    chat(member, place=subgroup.stream)
    end_membership(subgroup=subgroup, member=member)

    next_morning(clock)

    assert mail.outbox == []


def test_a_weekly_summary_waits_for_its_day_and_never_means_never(clock):
    weekly, never = MemberFactory(), MemberFactory()
    change_settings(member=weekly, digest="weekly", digest_weekday=4, digest_hour=18)
    change_settings(member=never, digest="never")
    chat(weekly, never)

    assert next_morning(clock) == 0
    clock.move_to(datetime(2026, 6, 5, 16, tzinfo=UTC))
    queue_digests()
    send_all_due()

    assert [message.to for message in mail.outbox] == [[weekly.email]]


def test_changing_the_hour_plans_the_waiting_summary_afresh(clock):
    member = MemberFactory()
    chat(member)

    change_settings(member=member, digest="daily", digest_hour=20)

    assert NoticeSettings.objects.get().next_digest_at == datetime(2026, 6, 2, 18, tzinfo=UTC)


def test_a_muted_group_is_not_in_the_summary_either(clock):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    mute(member=member, place=subgroup.stream, length="week")

    chat(member, place=subgroup.stream)

    assert not Notice.objects.exists()
    assert next_morning(clock) == 0


def test_other_apps_add_to_a_summary(clock):
    member = MemberFactory()

    def part(asked, after, until):
        return [DigestPart("Mededelingen", [Words("Botenhuis dicht", "Zaterdag", "/news/1/")])]

    digest_registry(part)
    try:
        chat(member)
        next_morning(clock)
    finally:
        digest_registry._functions.remove(part)

    assert "Botenhuis dicht" in mail.outbox[0].body


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_clocks_at_once_queue_each_summary_once(clock):
    members = [MemberFactory() for _ in range(10)]
    chat(*members)
    clock.move_to(NEXT_MORNING)

    at_once(queue_digests, queue_digests, queue_digests)

    assert Delivery.objects.filter(kind="digest").count() == 10


def test_the_summary_is_in_the_members_language(clock):
    member = MemberFactory(language="en")
    chat(member)

    next_morning(clock)

    assert "Your summary" in mail.outbox[0].subject
    assert timezone.now() == NEXT_MORNING
