"""Announcements: for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.pages.access import visible_announcements
from community.pages.audience import Audience, Scope
from community.pages.models import AnnouncementPage, Broadcast
from community.pages.queries import audience_size
from community.pages.services import continue_broadcasts
from groups.people.models import AssociationRole, Enrolment, Member, MembershipKind
from groups.subgroups.services import add_member, archive_subgroup, end_membership
from notifications.models import Delivery
from tests.community.announcements.making import numbers
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft, published

pytestmark = pytest.mark.django_db


def test_everyone_sees_an_announcement_for_all_members_and_nobody_else_does(time_machine):
    member, outsider = MemberFactory(), MemberFactory(enrolled=False)

    announcement = published(time_machine)

    assert numbers(visible_announcements(member)) == {announcement.pk}
    assert numbers(visible_announcements(outsider)) == set()


def test_members_of_several_chosen_groups_count_and_see_it_once(time_machine):
    first, second = SubgroupFactory(), SubgroupFactory()
    both = member_of(first)
    add_member(subgroup=second, member=both)
    only_second, outsider = member_of(second), MemberFactory()

    announcement = published(time_machine, scope=Scope.GROUPS, subgroups=[first, second])
    continue_broadcasts()

    assert [found.pk for found in visible_announcements(both)] == [announcement.pk]
    assert numbers(visible_announcements(outsider)) == set()
    assert audience_size(announcement.audience).people == 2
    assert audience_size(announcement.audience).groups == 2
    assert set(Delivery.objects.values_list("member", flat=True)) == {both.pk, only_second.pk}
    assert Broadcast.objects.get().told == 2


def test_who_leaves_the_group_sees_it_no_more_and_who_joins_does(time_machine):
    subgroup = SubgroupFactory()
    leaver, joiner = member_of(subgroup), MemberFactory()
    announcement = published(time_machine, scope=Scope.GROUPS, subgroups=[subgroup])

    end_membership(subgroup=subgroup, member=leaver)
    add_member(subgroup=subgroup, member=joiner)

    assert numbers(visible_announcements(leaver)) == set()
    assert numbers(visible_announcements(joiner)) == {announcement.pk}


def test_an_archived_group_has_no_audience_any_more(time_machine):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    announcement = published(time_machine, scope=Scope.GROUPS, subgroups=[subgroup])

    archive_subgroup(subgroup=subgroup)

    assert numbers(visible_announcements(member)) == set()
    assert audience_size(announcement.audience).people == 0


def test_kinds_and_roles_narrow_the_audience_together(time_machine):
    youth = MembershipKind.objects.create(name="Jeugdlid")
    young, grown = MemberFactory(enrolled=False), MemberFactory()
    Enrolment.objects.create(member=young, kind=youth)
    board = member_with(AssociationRole.BOARD)

    for_youth = published(time_machine, kinds=[str(youth.pk)])
    for_board = published(time_machine, roles=[AssociationRole.BOARD])

    assert numbers(visible_announcements(young)) == {for_youth.pk}
    assert numbers(visible_announcements(grown)) == set()
    assert numbers(visible_announcements(board)) == {for_board.pk}


def test_a_role_past_its_end_gives_nothing(time_machine):
    board = member_with(AssociationRole.BOARD)
    announcement = published(time_machine, roles=[AssociationRole.BOARD])

    board.role_grants.update(
        ends_on=timezone.localdate() - timedelta(days=1), starts_on=timezone.localdate() - timedelta(days=9)
    )
    board = Member.objects.get(pk=board.pk)

    assert numbers(visible_announcements(board)) == set()
    assert not announcement.audience.members().exists()


@pytest.mark.parametrize("scope", [Scope.EVERYONE, Scope.GROUPS])
def test_the_list_of_people_and_the_question_per_member_agree(scope, time_machine):
    youth = MembershipKind.objects.create(name="Jeugdlid")
    first, second = SubgroupFactory(), SubgroupFactory()
    people = [member_of(first), member_of(second), MemberFactory(), MemberFactory(enrolled=False), member_of(first)]
    Enrolment.objects.filter(member=people[4]).update(kind=youth)
    people += [member_with(AssociationRole.BOARD)]
    add_member(subgroup=first, member=people[5])
    kinds = [[], [str(youth.pk)]]
    roles = [[], [AssociationRole.BOARD]]

    for chosen_kinds in kinds:
        for chosen_roles in roles:
            announcement = draft(scope=scope, subgroups=[first], kinds=chosen_kinds, roles=chosen_roles)
            AnnouncementPage.objects.filter(pk=announcement.pk).update(live=True)
            by_list = {member.pk for member in announcement.audience.members()} & {p.pk for p in people}
            by_question = {p.pk for p in people if visible_announcements(p).filter(pk=announcement.pk).exists()}
            assert by_list == by_question


def test_a_kind_that_is_gone_matches_nobody():
    MemberFactory()

    assert not Audience(Scope.EVERYONE, kinds=("999999",)).members().exists()
