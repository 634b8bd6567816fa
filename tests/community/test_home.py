import pytest
from django.urls import reverse

from groups.conversations.services import chat_of, post_message
from groups.subgroups.services import add_member
from notifications.cards import Card, card_registry
from notifications.services import notify
from tests.factories import MemberFactory, SubgroupFactory, member_of

pytestmark = pytest.mark.django_db


def home(client, member, **query):
    client.force_login(member)
    return client.get(reverse("home"), query)


def test_home_lists_own_groups_with_the_newest_line_and_what_is_unread(client):
    subgroup, elsewhere = SubgroupFactory(name="Ploeg"), SubgroupFactory(name="Elders")
    reader, writer = member_of(subgroup), member_of(subgroup, first_name="Joost")
    member_of(elsewhere)
    post_message(conversation=chat_of(subgroup), by=writer, text="Wie neemt de lampen mee?")

    answer = home(client, reader)

    assert [(row.subgroup.name, row.line, row.unread) for row in answer.context["rows"]] == [
        ("Ploeg", "Joost: Wie neemt de lampen mee?", 1)
    ]


def test_an_open_home_refreshes_its_groups_alone(client):
    subgroup = SubgroupFactory(name="Ploeg Dinsdag")
    client.force_login(member_of(subgroup))

    answer = client.get(reverse("home"), headers={"HX-Request": "true", "HX-Target": "groups"})

    assert answer.status_code == 200
    assert answer.content.decode().strip().startswith('<section id="groups"')
    assert "Ploeg Dinsdag" in answer.content.decode()


def test_unread_shows_only_groups_with_something_new(client):
    quiet, busy = SubgroupFactory(name="Stil"), SubgroupFactory(name="Druk")
    reader, writer = member_of(quiet), member_of(busy)
    add_member(subgroup=busy, member=reader)
    post_message(conversation=chat_of(busy), by=writer, text="Nieuws")

    answer = home(client, reader, show="unread")

    assert [row.subgroup.name for row in answer.context["rows"]] == ["Druk"]


def test_to_me_shows_own_notices_without_those_of_a_group_that_was_left(client):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    notify(member_ids=[member.pk], kind="gone", key="mine", context={})
    notify(member_ids=[member.pk], kind="gone", key="theirs", context={}, place="subgroup.999")

    answer = home(client, member, show="me")

    mine = member.notices.get(key="mine")
    assert [notice.id for notice in answer.context["notices"]] == [mine.pk]
    assert reverse("open-notice", args=[mine.pk]) in answer.content.decode()


def test_three_things_to_do_at_most_and_the_number_of_all(client, monkeypatch):
    cards = [Card(key=str(n), title=f"Ding {n}", detail="", path="/", button="Doe", icon="bell") for n in range(5)]
    monkeypatch.setattr(card_registry, "_functions", [lambda member: cards])

    answer = home(client, MemberFactory())

    assert [card.title for card in answer.context["cards"]] == ["Ding 0", "Ding 1", "Ding 2"]
    assert answer.context["card_count"] == 5


@pytest.mark.parametrize("groups", [1, 4])
def test_home_costs_the_same_for_any_number_of_groups(client, groups, django_assert_max_num_queries):
    member = MemberFactory()
    for _ in range(groups):
        subgroup = SubgroupFactory()
        add_member(subgroup=subgroup, member=member)
        post_message(conversation=chat_of(subgroup), by=member_of(subgroup), text="Hoi")
    client.force_login(member)
    client.get(reverse("home"))

    with django_assert_max_num_queries(32):
        client.get(reverse("home"))
