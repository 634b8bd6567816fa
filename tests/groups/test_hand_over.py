"""What hangs on a role goes along with it, and nothing stays with who has no role."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from finance.pots.models import Handover
from groups.events.services import plan_event
from groups.people.models import AuditEntry
from groups.subgroups.errors import NeedsSuccessor, NotAMember
from groups.subgroups.handover import what_hangs
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import answer_offer, end_subgroup_role, grant_subgroup_role, offer_role
from groups.subgroups.services.roles import pass_on_what_was_left
from groups.todos.models import Task
from groups.todos.services import make_task
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, member_of
from tests.factories_finance import pot_in
from tests.factories_people import managed_subgroup
from tests.factories_polls import make_poll

pytestmark = pytest.mark.django_db
MANAGER, GELDCHEF = SubgroupRole.MANAGER, SubgroupRole.GELDCHEF


def busy_manager():
    """(subgroup, manager, another manager, what the first has in hand)"""
    subgroup, manager = managed_subgroup(modules=["agenda", "polls", "tasks"])
    tomorrow = timezone.now() + timedelta(days=1)
    things = (
        make_task(by=manager, subgroup=subgroup, title="Sleutels ophalen", assignee=manager, due_at=tomorrow),
        plan_event(
            by=manager, subgroup=subgroup, title="Roeien", starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=1)
        ),
        make_poll(subgroup, by=manager),
    )
    return subgroup, manager, member_of(subgroup, MANAGER), things


def in_hand(things):
    for thing in things:
        thing.refresh_from_db()
    task, event, poll = things
    return [task.assignee, event.created_by, poll.created_by]


def grant_of(subgroup, member, role=MANAGER):
    return subgroup.memberships.get(member=member, left_at__isnull=True).grants.get(role=role)


def test_a_role_with_something_on_it_does_not_end_without_a_successor():
    subgroup, manager, other, things = busy_manager()

    with pytest.raises(NeedsSuccessor):
        end_subgroup_role(grant=grant_of(subgroup, manager), by=other)
    with pytest.raises(NotAMember):
        end_subgroup_role(grant=grant_of(subgroup, manager), by=other, to=MemberFactory())

    assert in_hand(things) == [manager] * 3


def test_what_hangs_on_a_role_is_listed_and_goes_to_who_was_chosen(client):
    subgroup, manager, other, things = busy_manager()
    log_in_freshly(client, other)
    address = reverse("end-subgroup-role", args=[subgroup.slug, grant_of(subgroup, manager).pk])
    shown = client.get(address).content.decode()
    without = client.post(address, {})

    client.post(address, {"to": other.pk})

    assert all(words in shown for words in ("Open taken", "Komende afspraken", "Polls"))
    assert without.status_code == 422
    assert in_hand(things) == [other] * 3
    assert what_hangs(subgroup, MANAGER, manager) == []


def test_a_role_handed_over_takes_everything_along():
    subgroup, manager, _other, things = busy_manager()
    successor = member_of(subgroup)

    offer = offer_role(subgroup=subgroup, member=successor, role=MANAGER, by=manager, replaces=manager)
    before = in_hand(things)
    answer_offer(offer=offer, member=successor, accept=True)

    assert before == [manager] * 3
    assert in_hand(things) == [successor] * 3


def test_what_is_left_on_a_role_that_ended_by_its_date_goes_to_who_has_it_now():
    subgroup, manager, other, things = busy_manager()
    grant = grant_of(subgroup, manager)
    type(grant).objects.filter(pk=grant.pk).update(ends_on=timezone.localdate())

    early = pass_on_what_was_left()
    with time_machine.travel(timezone.now() + timedelta(hours=14)):
        late = [pass_on_what_was_left(), pass_on_what_was_left()]

    assert (early, late) == (0, [1, 0])
    assert in_hand(things)[0] == other
    assert AuditEntry.objects.filter(act="role.passed_on").count() == 1


def test_the_pots_of_a_geldchef_are_offered_with_their_figures():
    subgroup, manager = managed_subgroup()
    chef, successor = member_of(subgroup, GELDCHEF), member_of(subgroup)
    pot = pot_in(subgroup, chef)
    grant_subgroup_role(subgroup=subgroup, member=successor, role=GELDCHEF, by=manager)

    end_subgroup_role(grant=grant_of(subgroup, chef, GELDCHEF), by=manager, to=successor)

    assert list(Handover.objects.values_list("pot", "to", "accepted_at")) == [(pot.pk, successor.pk, None)]


@pytest.mark.parametrize("role", [GELDCHEF, MANAGER, SubgroupRole.MODERATOR])
def test_who_takes_a_role_starts_with_five_tasks_once(role):
    subgroup, manager = managed_subgroup(name="Toerroeien")
    member = member_of(subgroup)

    for _ in range(2):
        offer = offer_role(subgroup=subgroup, member=member, role=role, by=manager)
        answer_offer(offer=offer, member=member, accept=True)

    titles = list(Task.objects.filter(assignee=member, subgroup=None).values_list("title", flat=True))
    assert len(titles) == 5
    assert any("Toerroeien" in title for title in titles)


def test_who_declines_a_role_gets_no_tasks():
    subgroup, manager = managed_subgroup()
    member = member_of(subgroup)

    answer_offer(
        offer=offer_role(subgroup=subgroup, member=member, role=GELDCHEF, by=manager), member=member, accept=False
    )

    assert not Task.objects.filter(assignee=member).exists()
