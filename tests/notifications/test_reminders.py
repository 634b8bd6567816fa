"""Reminders: each step once, whatever restarts, doubles or jumps."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications import reminders
from notifications.kinds import NoticeKind, Words, register_kind
from notifications.models import ChannelChoice, Notice, Reminder, Timing
from notifications.reminders import Due, queue_due
from notifications.services import send_all_due
from tests.factories import MemberFactory
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
done: set[int] = set()
register_kind(
    NoticeKind(
        "test.reminder",
        "Test",
        "bell",
        lambda member, context, count: Words(f"Step {context['step']}", "Body", "/there/"),
        still_true=lambda member, context: member.pk not in done,
    )
)


@pytest.fixture
def due(monkeypatch):
    """The list that the only source gives; fill it."""
    listed: list[Due] = []
    monkeypatch.setattr(reminders, "reminder_registry", [lambda now: iter(listed)])
    done.clear()
    return listed


def step(member, number, **fields):
    return Due(member.pk, "test.reminder", "payment:1", f"day{number}", {"step": number}, **fields)


def test_a_step_is_given_once_however_often_the_clock_asks(due):
    member = MemberFactory()
    due.append(step(member, 1))

    given = [queue_due() for _ in range(5)]
    send_all_due()

    assert given == [1, 0, 0, 0, 0]
    assert len(mail.outbox) == 1


def test_who_takes_no_mail_is_reminded_in_the_app_once(due):
    member = MemberFactory()
    ChannelChoice.objects.create(member=member, kind="test.reminder", channel="mail", timing=Timing.OFF)
    due.append(step(member, 1))

    for _ in range(3):
        queue_due()

    assert Notice.objects.get().count == 1


def test_two_steps_that_are_both_still_listed_do_not_take_turns(due):
    member = MemberFactory()
    due.extend([step(member, 1), step(member, 2)])

    for _ in range(4):
        queue_due()

    assert (Notice.objects.get().count, Reminder.objects.count()) == (2, 2)


def test_what_was_paid_a_second_ago_is_not_asked(due):
    member = MemberFactory()
    due.append(step(member, 1))
    queue_due()

    done.add(member.pk)
    send_all_due()

    assert mail.outbox == []


def test_the_database_holds_one_row_per_step(due):
    member = MemberFactory()
    due.append(step(member, 1))
    queue_due()
    row = Reminder.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(member=member, kind="x", fact=row.fact, given_by_run=row.given_by_run)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_four_sweeps_at_once_give_each_step_once(due):
    members = [MemberFactory() for _ in range(30)]
    due.extend(step(member, 1) for member in members)

    given = at_once(*[queue_due] * 4)

    assert sum(given) == 30, given
    assert list(Notice.objects.values_list("count", flat=True)) == [1] * 30


def test_a_thousand_members_due_at_once_cost_a_few_queries_each_batch(due, django_assert_max_num_queries):
    members = [MemberFactory(enrolled=False) for _ in range(120)]
    due.extend(step(member, 1) for member in members)

    with django_assert_max_num_queries(30):
        assert queue_due() == 120
    with django_assert_max_num_queries(4):
        assert queue_due() == 0


def test_a_clock_that_jumps_back_repeats_nothing(due):
    member = MemberFactory()
    due.append(step(member, 1))
    with time_machine.travel(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), tick=False) as clock:
        queue_due()
        clock.move_to(datetime(2026, 10, 24, 23, 30, tzinfo=UTC))
        queue_due()
        clock.move_to(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
        queue_due()
        send_all_due()

    assert len(mail.outbox) == 1


def test_what_was_missed_while_nothing_ran_is_given_afterwards(due):
    member = MemberFactory()
    due.append(step(member, 1))

    assert queue_due(timezone.now() + timedelta(days=2)) == 1
