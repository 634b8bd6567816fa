"""Two members of one name are told apart by what who looks may see anyway, and by nothing more."""

import pytest
from django.urls import reverse

from groups.people.models import AssociationRole, Audience, Member, ProfileField, ProfileValue
from groups.people.telling_apart import namesakes, tell_apart, tell_namesakes_apart
from groups.subgroups.models import Subgroup, SubgroupRole
from groups.subgroups.services import add_member
from groups.todos.forms import TaskForm
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with

pytestmark = pytest.mark.django_db


def jan(**fields):
    return MemberFactory(first_name="Jan", last_name="Jansen", **fields)


@pytest.fixture
def viewer():
    return MemberFactory()


def beside(viewer, person) -> str:
    return tell_apart(viewer, [person])[0].apart


def test_a_group_of_both_stands_beside_the_name_the_branch_first(viewer):
    person = jan()
    branch = SubgroupFactory(name="Zuidplas", kind=Subgroup.Kind.BRANCH)
    choir = SubgroupFactory(name="Koor")
    for group in (choir, branch):
        add_member(subgroup=group, member=person)
        add_member(subgroup=group, member=viewer)

    assert beside(viewer, person) == "Zuidplas · Koor"


def test_a_group_that_is_not_shared_shows_only_of_who_shows_it(viewer):
    closed, open_one = jan(shows_groups=False), jan(shows_groups=True)
    for person, name in ((closed, "Bridge"), (open_one, "Schaken")):
        add_member(subgroup=SubgroupFactory(name=name), member=person)

    assert beside(viewer, closed) == ""
    assert beside(viewer, open_one) == "Schaken"


def test_a_hidden_group_stays_hidden(viewer):
    person = jan(shows_groups=True)
    add_member(subgroup=SubgroupFactory(name="Geheim", is_hidden=True), member=person)

    assert beside(viewer, person) == ""


def test_the_number_is_for_who_keeps_the_register(viewer):
    person = jan(number="1042")

    assert beside(viewer, person) == ""
    assert beside(member_with(AssociationRole.BOARD), person) == ""
    assert beside(member_with(AssociationRole.COMMUNITY_MANAGER), person) == "1042"


def test_an_answer_counts_when_every_member_may_see_it(viewer):
    town = ProfileField.objects.create(name="Woonplaats", is_searchable=True)
    for_all, for_few = jan(), jan()
    ProfileValue.objects.create(member=for_all, field=town, value="Gouda", audience=Audience.MEMBERS)
    ProfileValue.objects.create(member=for_few, field=town, value="Delft", audience=Audience.GROUPS)

    assert beside(viewer, for_all) == "Gouda"
    assert beside(viewer, for_few) == ""


def test_the_picker_shows_it_in_the_search_and_with_who_is_ticked(client):
    group = SubgroupFactory(name="Dinsdagploeg")
    writer, person = member_of(group), jan()
    add_member(subgroup=group, member=person)
    other = jan()
    client.force_login(writer)

    page = client.post(
        reverse("direct-new"), {"members-search": "jan", "members-find": "1", "members": [person.pk]}
    ).content.decode()

    assert page.count("Jan Jansen") == 2
    assert page.count('<span class="hint">Dinsdagploeg</span>') == 1
    assert f'value="{other.pk}"' in page


def test_a_list_to_choose_from_says_more_only_of_namesakes():
    group, other = SubgroupFactory(name="Barploeg"), SubgroupFactory(name="Zeilers")
    chooser = member_of(group)
    add_member(subgroup=other, member=chooser)
    first, second, third = jan(), jan(), MemberFactory(first_name="Piet", last_name="Prins")
    for person in (first, second, third):
        add_member(subgroup=group, member=person)
    for person in (second, third):
        add_member(subgroup=other, member=person)

    labels = [str(label) for _value, label in TaskForm(member=chooser, subgroup=group).fields["assignee"].choices]

    assert "Jan Jansen (Barploeg)" in labels
    assert "Jan Jansen (Barploeg · Zeilers)" in labels
    assert "Piet Prins" in labels


def test_who_invites_into_a_group_sees_which_jan_it_is(client):
    group, shared = SubgroupFactory(), SubgroupFactory(name="Ouders")
    manager = member_of(group, SubgroupRole.MANAGER)
    person = jan(consent=Member.Consent.MEMBERS)
    for member in (manager, person):
        add_member(subgroup=shared, member=member)
    client.force_login(manager)

    page = client.get(reverse("desk-invitations", args=[group.slug]), {"q": "jan"}).content.decode()

    assert "Ouders" in page.split('id="candidates"')[1].split("</form>")[0]


def test_a_list_without_namesakes_asks_nothing(viewer, django_assert_num_queries):
    people = [MemberFactory(first_name=name) for name in ("Aafke", "Bas")]

    with django_assert_num_queries(0):
        assert [person.apart for person in tell_namesakes_apart(viewer, people)] == ["", ""]


def test_it_costs_the_same_for_any_number(viewer, django_assert_num_queries, django_assert_max_num_queries):
    one, more = [jan()], [jan(), jan(), jan()]
    with django_assert_max_num_queries(8) as few:
        tell_apart(Member.objects.get(pk=viewer.pk), one)

    with django_assert_num_queries(len(few)):
        tell_apart(Member.objects.get(pk=viewer.pk), more)


def test_a_prefix_makes_another_name():
    jan()
    MemberFactory(first_name="Jan", name_prefix="van", last_name="Jansen")

    assert namesakes(Member.objects.all()) == []
