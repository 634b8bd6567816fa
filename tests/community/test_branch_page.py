"""A branch shows its own board, pot and news to everybody; other groups keep theirs inside."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from community.pages.audience import Scope
from finance.pots.models import Pot
from groups.subgroups.models import Subgroup, SubgroupRole
from groups.subgroups.services import archive_subgroup, change_picture
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_finance import pot_in
from tests.factories_pages import news_item
from tests.groups.test_subgroups import photo

pytestmark = pytest.mark.django_db
Kind = Subgroup.Kind


def branch(kind=Kind.BRANCH, **fields):
    """A group with a manager, a Geldchef with a pot, and a news item for everybody that is about it."""
    subgroup = SubgroupFactory(kind=kind, **fields)
    member_of(subgroup, SubgroupRole.MANAGER, first_name="Hanna")
    chef = member_of(subgroup, SubgroupRole.GELDCHEF, first_name="Marloes")
    pot_in(subgroup, chef, name="Steiger", goal_cents=800_00)
    item = news_item(title="Winterstalling open", scope=Scope.EVERYONE)
    item.subgroups.add(subgroup)
    item.save_revision().publish()
    return subgroup


def front(client, subgroup, member=None):
    client.force_login(member or MemberFactory())
    return client.get(reverse("about-subgroup", args=[subgroup.slug])).content.decode()


def test_a_branch_shows_board_pot_and_news_to_who_is_not_in_it(client):
    page = front(client, branch())

    for shown in ("Hanna", "Beheerder", "Marloes", "Geldchef", "Steiger", "800", "Winterstalling open"):
        assert shown in page


def test_only_who_is_in_the_branch_gets_the_way_to_the_pot(client):
    subgroup = branch()
    way = Pot.objects.get().get_absolute_url()

    assert way not in front(client, subgroup)
    assert way in front(client, subgroup, member_of(subgroup))


@pytest.mark.parametrize("kind", [Kind.INTEREST, Kind.COMMITTEE, Kind.PROJECT])
def test_another_kind_of_group_keeps_pot_and_roles_inside(client, kind):
    page = front(client, branch(kind))

    assert "Hanna" in page  # whom to turn to
    for kept in ("Marloes", "Steiger", "Winterstalling open"):
        assert kept not in page


def test_a_gift_and_a_surprise_do_not_stand_on_the_page(client):
    subgroup = branch()
    chef = subgroup.memberships.get(member__first_name="Marloes").member
    gift = pot_in(subgroup, chef, name="Horloge")
    Pot.objects.filter(pk=gift.pk).update(visibility=Pot.Visibility.NOTHING)
    surprise = pot_in(subgroup, chef, name="Feest voor Joost")
    Pot.objects.filter(pk=surprise.pk).update(hidden_from=MemberFactory())

    page = front(client, subgroup)

    assert "Steiger" in page
    assert "Horloge" not in page
    assert "Feest voor Joost" not in page


def test_news_for_the_branch_alone_stays_there(client):
    subgroup = branch()
    item = news_item(title="Sleutel ligt onder de mat", slug="sleutel", scope=Scope.GROUPS)
    item.subgroups.add(subgroup)
    item.save_revision().publish()

    assert "onder de mat" not in front(client, subgroup)
    assert "onder de mat" in front(client, subgroup, member_of(subgroup))


def test_an_archived_or_hidden_branch_shows_nothing_more(client):
    subgroup = branch()
    reader = member_of(subgroup)
    archive_subgroup(subgroup=subgroup)
    hidden = branch(is_hidden=True)

    assert "Steiger" not in front(client, subgroup, reader)
    assert "Steiger" not in front(client, hidden, member_of(hidden))


def test_a_branch_has_its_own_picture_and_tint_under_the_name_of_the_association(client):
    subgroup = branch(hue="green")
    manager = subgroup.memberships.get(member__first_name="Hanna").member
    change_picture(subgroup=subgroup, by=manager, picture_file=photo())

    page = front(client, subgroup)

    assert f'src="{reverse("subgroup-picture", args=[subgroup.slug])}"' in page
    assert "group-head hue-green" in page
    assert 'class="brand' in page


def test_the_page_of_a_branch_costs_the_same_for_any_size_of_board(client, django_assert_max_num_queries):
    subgroup = branch()
    reader = MemberFactory()
    client.force_login(reader)
    url = reverse("about-subgroup", args=[subgroup.slug])
    client.get(url)
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    for _ in range(3):
        chef = member_of(subgroup, SubgroupRole.GELDCHEF)
        pot_in(subgroup, chef, name=f"Potje {chef.pk}")

    with django_assert_max_num_queries(len(few)):
        page = client.get(url).content.decode()

    assert escape(f"Potje {chef.pk}") in page
