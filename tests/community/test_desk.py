from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.pages.services import plan_announcement, read_announcement
from community.portal.desk import quiet_subgroups, week
from groups.conversations.models import Conversation
from groups.conversations.services import chat_of, post_message, read_up_to
from groups.people.models import AssociationRole
from groups.subgroups.models import Subgroup, SubgroupRole
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft, published

pytestmark = pytest.mark.django_db


def test_the_week_counts_each_active_member_once():
    subgroup = SubgroupFactory()
    writer, reader = member_of(subgroup), member_of(subgroup)
    member_of(subgroup)
    chat = chat_of(subgroup)
    for number in range(2):
        post_message(conversation=chat, by=writer, text=f"Bericht {number}")
    read_up_to(conversation=chat, member=reader, number=2)

    figures = week(writer)

    assert (figures.active, figures.members, figures.messages) == (2, 3, 2)


def test_the_week_is_not_counted_again_at_every_look(django_assert_num_queries):
    board = member_with(AssociationRole.BOARD)
    first = week(board)
    MemberFactory()

    with django_assert_num_queries(0):
        assert week(board) == first


def test_groups_where_nobody_wrote_for_a_month_are_listed_for_their_manager_only():
    quiet, busy = SubgroupFactory(name="Stil"), SubgroupFactory(name="Druk")
    manager = member_of(quiet, SubgroupRole.MANAGER)
    for subgroup in (quiet, busy):
        post_message(conversation=chat_of(subgroup), by=member_of(subgroup), text="Hoi")
    long_ago = timezone.now() - timedelta(days=40)
    Conversation.objects.filter(subgroup=quiet).update(last_at=long_ago)
    Subgroup.objects.update(created_at=long_ago)

    assert [subgroup.name for subgroup in quiet_subgroups(manager)] == ["Stil"]
    assert not quiet_subgroups(MemberFactory())


@pytest.mark.parametrize(("role", "sees"), [(AssociationRole.BOARD, True), (AssociationRole.MODERATOR, False)])
def test_figures_are_for_board_and_community_manager(client, role, sees):
    client.force_login(member_with(role))

    answer = client.get(reverse("desk"))

    assert (answer.context["week"] is not None) == sees


def test_the_desk_says_how_the_latest_announcement_arrived_and_what_is_planned(client, time_machine):
    time_machine.move_to("2026-11-18T12:00:00+01:00")
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    reader = MemberFactory()
    published(time_machine, by=manager, title="De oudere")
    latest = published(time_machine, by=manager, title="Botenhuis dicht")
    read_announcement(announcement=latest, member=reader)
    planned = draft(manager, title="Nieuwsbrief")
    plan_announcement(announcement=planned, by=manager, at=timezone.now() + timedelta(days=2))
    client.force_login(manager)

    page = client.get(reverse("desk"))

    shown = page.context["latest"]
    assert (shown.announcement, shown.reach.audience, shown.reach.opened_percent) == (latest, 2, 50)
    text = page.content.decode()
    assert [name in text for name in ("Botenhuis dicht", "Nieuwsbrief", "De oudere")] == [True, True, False]
    assert reverse("announcement-report", args=[planned.pk]) in text


def test_a_manager_of_a_group_sees_only_what_went_to_that_group(client, time_machine):
    time_machine.move_to("2026-11-18T12:00:00+01:00")
    published(time_machine, title="Voor iedereen")
    manager = member_of(SubgroupFactory(), SubgroupRole.MANAGER)
    client.force_login(manager)

    page = client.get(reverse("desk"))

    assert page.context["latest"] is None
    assert "Voor iedereen" not in page.content.decode()
