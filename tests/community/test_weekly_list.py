"""The community manager's list of the week: at most seven lines, one tap each."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.portal.errors import NobodyToAsk, NotOnTheList
from community.portal.models import WeekAnswer
from community.portal.weekly_list import ask_managers, put_off, this_monday, week_list
from community.portal.weekly_mail import queue_house_weeks
from groups.conversations.services import start_thread
from groups.people.models import AssociationRole, RoleGrant
from groups.subgroups.models import JoinRequest, Subgroup, SubgroupRole, SubgroupRoleGrant
from groups.todos.models import Task
from notifications.models import Delivery
from notifications.services import send_all_due
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_people import managed_subgroup

pytestmark = pytest.mark.django_db
MONDAY = "2026-03-09T08:30:00+01:00"


@pytest.fixture
def manager(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    return member_with(AssociationRole.COMMUNITY_MANAGER)


def codes(manager):
    return [item.key.split(":")[0].split("-")[0] for item in week_list(manager)]


def waiting_request(subgroup, days=4):
    request = JoinRequest.objects.create(subgroup=subgroup, member=MemberFactory())
    JoinRequest.objects.filter(pk=request.pk).update(created_at=timezone.now() - timedelta(days=days))


def test_a_group_without_a_manager_stands_first(manager):
    managed_subgroup(name="Geleid")
    SubgroupFactory(name="Verlaten")

    assert [(item.title, item.can_be_asked) for item in week_list(manager)] == [("Verlaten", False)]


def test_requests_that_wait_three_days_are_counted_per_group(manager):
    subgroup, _own = managed_subgroup(name="Wandelen")
    for _number in range(2):
        waiting_request(subgroup)
    waiting_request(managed_subgroup(name="Zingen")[0], days=2)

    (item,) = week_list(manager)
    assert item.title == "Wandelen"
    assert "2" in item.detail


def test_ending_roles_unanswered_discussions_quiet_groups_and_old_descriptions(manager):
    subgroup, own = managed_subgroup()
    start_thread(subgroup=subgroup, by=own, title="Wie weet dit?", text="Ik niet")
    subgroup.conversations.update(started_at=timezone.now() - timedelta(days=5))
    SubgroupRoleGrant.objects.filter(membership__member=own, role=SubgroupRole.MANAGER).update(
        ends_on=timezone.localdate() + timedelta(days=10)
    )
    quiet, _other = managed_subgroup()
    Subgroup.objects.filter(pk=quiet.pk).update(
        created_at=timezone.now() - timedelta(days=40), described_at=timezone.now() - timedelta(days=400)
    )

    assert codes(manager) == ["role", "thread", "quiet", "described"]


def test_never_more_than_seven(manager):
    for _number in range(9):
        SubgroupFactory()

    assert len(week_list(manager)) == 7


def test_one_tap_makes_a_task_for_the_manager_and_takes_the_line_away(manager, client):
    subgroup, own = managed_subgroup()
    waiting_request(subgroup)
    client.force_login(manager)

    assert subgroup.name in client.get(reverse("this-week")).content.decode()

    answer = client.post(reverse("this-week"), {"act": "ask", "item": f"requests:{subgroup.pk}"})

    assert answer.status_code == 302
    task = Task.objects.get()
    assert (task.subgroup, task.assignee, task.is_asked) == (subgroup, own, True)
    assert week_list(manager) == []
    with pytest.raises(NotOnTheList):
        ask_managers(key=f"requests:{subgroup.pk}", by=manager)


def test_put_off_is_gone_for_this_week_and_back_on_monday(manager, time_machine):
    subgroup, _own = managed_subgroup()
    waiting_request(subgroup)

    put_off(key=f"requests:{subgroup.pk}", by=manager)

    assert week_list(member_with(AssociationRole.COMMUNITY_MANAGER)) == []
    time_machine.shift(timedelta(days=7))
    assert codes(manager) == ["requests"]


def test_a_group_whose_only_manager_is_asking_has_nobody_to_ask():
    subgroup, manager = managed_subgroup()
    RoleGrant.objects.create(member=manager, role=AssociationRole.COMMUNITY_MANAGER, starts_on=timezone.localdate())
    waiting_request(subgroup)

    with pytest.raises(NobodyToAsk):
        ask_managers(key=f"requests:{subgroup.pk}", by=manager)


def test_what_was_answered_once_cannot_be_answered_again(manager):
    WeekAnswer.objects.create(week=this_monday(), item="quiet:1", act="later", by=manager)

    with pytest.raises(IntegrityError), transaction.atomic():
        WeekAnswer.objects.create(week=this_monday(), item="quiet:1", act="asked", by=manager)


@pytest.mark.parametrize("role", [None, AssociationRole.BOARD, AssociationRole.TREASURER])
def test_the_list_is_for_the_community_manager(client, role):
    client.force_login(member_with(role) if role else member_of(SubgroupFactory(), SubgroupRole.MANAGER))

    assert client.post(reverse("this-week"), {"act": "later", "item": "quiet:1"}).status_code == 403
    assert client.get(reverse("this-week")).status_code == 403


def test_the_list_comes_by_mail_on_monday_once_and_not_when_it_is_empty(manager, time_machine):
    queue_house_weeks()
    send_all_due()
    assert mail.outbox == []
    assert Delivery.objects.get().state == Delivery.State.DROPPED

    time_machine.shift(timedelta(days=7))
    SubgroupFactory(name="Verlaten")
    queue_house_weeks()
    queue_house_weeks()
    send_all_due()

    assert [message.to for message in mail.outbox] == [[manager.email]]
    assert "Verlaten" in mail.outbox[0].body
