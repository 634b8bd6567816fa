"""The weekly mail for managers: only what is there, once a week, and nothing in a quiet week."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from community.portal.manager_digest import queue_manager_weeks
from groups.conversations.services import start_thread
from groups.subgroups.models import Membership, SubgroupRole
from groups.todos.models import Task
from notifications.services import send_all_due
from tests.factories import SubgroupFactory, member_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 8, 6, tzinfo=UTC)  # eight o'clock in Amsterdam


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY - timedelta(minutes=1), tick=False) as traveller:
        yield traveller


def round_at(clock, moment):
    clock.move_to(moment)
    queued = queue_manager_weeks()
    send_all_due()
    return queued


def test_one_mail_a_week_with_only_what_is_there(clock):
    subgroup = SubgroupFactory(name="Materiaal")
    manager = member_of(subgroup, SubgroupRole.MANAGER, language="en")
    start_thread(subgroup=subgroup, by=manager, title="Wie?", text="Wie weet het?")
    Task.objects.create(title="Lakken", subgroup=subgroup, due_at=timezone.now() - timedelta(days=1))

    queued = [round_at(clock, MONDAY + timedelta(minutes=minutes)) for minutes in (-1, 0, 1, 60)]

    assert queued == [0, 1, 0, 0]
    (message,) = mail.outbox
    assert message.to == [manager.email]
    assert "Materiaal: 1 new member, 1 unanswered discussion, 1 task too late" in message.body


def test_a_quiet_week_is_no_mail(clock):
    subgroup = SubgroupFactory()
    member_of(subgroup, SubgroupRole.MANAGER)
    Membership.objects.update(joined_at=MONDAY - timedelta(days=90))

    round_at(clock, MONDAY)

    assert mail.outbox == []


def test_who_is_no_manager_any_more_by_the_time_of_sending_gets_nothing(clock):
    subgroup = SubgroupFactory()
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    clock.move_to(MONDAY)
    queue_manager_weeks()
    manager.memberships.get().grants.all().delete()

    send_all_due()

    assert mail.outbox == []
