"""Announcements: who may write."""

import pytest
from django.db import IntegrityError

from community.pages.access import visible_announcements, writable_announcements
from community.pages.audience import Scope
from community.pages.errors import NotYourAudience
from community.pages.models import AnnouncementPage
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from tests.community.announcements.making import numbers
from tests.factories import SubgroupFactory, member_of, member_with
from tests.factories_pages import draft, published

pytestmark = pytest.mark.django_db


def test_a_plain_member_may_write_nothing():
    member = member_of(SubgroupFactory())

    with pytest.raises(NotYourAudience):
        draft(by=member)


def test_a_group_manager_writes_to_the_own_group_and_no_further():
    own, other = SubgroupFactory(), SubgroupFactory()
    manager = member_of(own, SubgroupRole.MANAGER)

    announcement = draft(by=manager, scope=Scope.GROUPS, subgroups=[own])

    assert numbers(writable_announcements(manager)) == {announcement.pk}
    with pytest.raises(NotYourAudience):
        draft(by=manager, scope=Scope.GROUPS, subgroups=[own, other])
    with pytest.raises(NotYourAudience):
        draft(by=manager)


def test_board_and_group_managers_send_without_any_right_in_the_editor(time_machine):
    subgroup = SubgroupFactory()
    manager = member_of(subgroup, SubgroupRole.MANAGER)

    to_group = published(time_machine, by=manager, scope=Scope.GROUPS, subgroups=[subgroup])
    to_all = published(time_machine, by=member_with(AssociationRole.BOARD))

    assert numbers(visible_announcements(manager)) == {to_group.pk, to_all.pk}


def test_a_group_manager_cannot_change_what_also_goes_elsewhere():
    own, other = SubgroupFactory(), SubgroupFactory()
    manager = member_of(own, SubgroupRole.MANAGER)

    draft(scope=Scope.GROUPS, subgroups=[own, other])
    draft()

    assert numbers(writable_announcements(manager)) == set()


def test_the_database_refuses_a_public_announcement():
    announcement = draft()

    with pytest.raises(IntegrityError):
        AnnouncementPage.objects.filter(pk=announcement.pk).update(scope=Scope.PUBLIC)
