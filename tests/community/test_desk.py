from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.portal.desk import quiet_subgroups, week
from groups.conversations.models import Conversation
from groups.conversations.services import chat_of, post_message, read_up_to
from groups.people.models import AssociationRole
from groups.subgroups.models import Subgroup, SubgroupRole
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with

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
