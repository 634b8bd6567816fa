"""Asking, waiting, taking roles, being removed, leaving: roles."""

import pytest

from groups.people.models import AuditEntry
from groups.subgroups.access import forget_rights, is_member, may
from groups.subgroups.errors import LastManager, NotYours, RightIsFixed
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import answer_offer, end_membership, give_personal_right, leave, offer_role, switch_right
from tests.factories import member_of
from tests.factories_people import managed_subgroup
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def test_an_offered_role_gives_nothing_before_it_is_accepted():
    subgroup, manager = managed_subgroup()
    member = member_of(subgroup)

    offer = offer_role(subgroup=subgroup, member=member, role=SubgroupRole.MANAGER, by=manager)
    before = may(member, "manage_members", subgroup)
    answer_offer(offer=offer, member=member, accept=True)
    forget_rights(member)

    assert not before
    assert may(member, "manage_members", subgroup)
    assert AuditEntry.objects.filter(act="role.accepted").exists()


def test_only_who_was_asked_answers_and_only_once():
    subgroup, manager = managed_subgroup()
    member = member_of(subgroup)
    offer = offer_role(subgroup=subgroup, member=member, role=SubgroupRole.GELDCHEF, by=manager)

    with pytest.raises(NotYours):
        answer_offer(offer=offer, member=manager, accept=True)
    answer_offer(offer=offer, member=member, accept=False)
    with pytest.raises(NotYours):
        answer_offer(offer=offer, member=member, accept=True)


def test_the_last_manager_hands_over_and_then_may_leave():
    subgroup, manager = managed_subgroup()
    successor = member_of(subgroup)
    with pytest.raises(LastManager):
        leave(subgroup=subgroup, member=manager)

    offer = offer_role(subgroup=subgroup, member=successor, role=SubgroupRole.MANAGER, by=manager, replaces=manager)
    with pytest.raises(LastManager):
        leave(subgroup=subgroup, member=manager)
    answer_offer(offer=offer, member=successor, accept=True)
    forget_rights(manager)

    assert not may(manager, "manage_members", subgroup)
    leave(subgroup=subgroup, member=manager)
    assert not is_member(manager, subgroup)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_last_managers_who_leave_at_once_leave_one_behind():
    subgroup, first = managed_subgroup()
    second = member_of(subgroup, SubgroupRole.MANAGER)

    results = at_once(lambda: leave(subgroup=subgroup, member=first), lambda: leave(subgroup=subgroup, member=second))

    assert sum(isinstance(result, LastManager) for result in results) == 1


def test_a_personal_exception_ends_with_the_membership():
    subgroup, manager = managed_subgroup()
    member = member_of(subgroup)

    give_personal_right(subgroup=subgroup, member=member, right="plan_event", on=True, by=manager)
    forget_rights(member)
    had = may(member, "plan_event", subgroup)
    end_membership(subgroup=subgroup, member=member)

    assert had
    assert not may(member, "plan_event", subgroup)


def test_rights_of_managers_cannot_be_handed_out_by_a_switch():
    subgroup, manager = managed_subgroup()

    with pytest.raises(RightIsFixed):
        switch_right(subgroup=subgroup, role=SubgroupRole.MEMBER, right="manage_members", on=True, by=manager)
