"""Kinds of discussions: asks and offers."""

import pytest
from django.urls import reverse

from groups.people.models import Interest
from groups.topics.errors import NotOwnAsk, TopicOver
from groups.topics.models import Topic
from groups.topics.services import change_state, offer_help, wish_to_help
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.groups.topics.making import told, topic_of

pytestmark = pytest.mark.django_db


def test_an_ask_is_told_to_who_has_the_skill_and_wants_to_hear_of_it(subgroup, starter):
    welding = Interest.objects.create(name="Lassen")
    willing, unwilling, unskilled = member_of(subgroup), member_of(subgroup), member_of(subgroup)
    outsider = MemberFactory()
    for member in (willing, unwilling, outsider, starter):
        welding.members.add(member)
    for member in (willing, unskilled, outsider, starter):
        wish_to_help(member=member, on=True)

    topic_of("ask", subgroup, starter, "Wie kan lassen?", interest=welding)

    everybody = (willing, unwilling, unskilled, outsider, starter)
    assert [told(member, "topic.ask") for member in everybody] == [1, 0, 0, 0, 0]


def test_who_asked_hears_who_can_help_and_closes_it_when_helped(client, subgroup, starter):
    topic = topic_of("ask", subgroup, starter)
    helper = member_of(subgroup, first_name="Hulp", last_name="Vaardig")
    client.force_login(helper)
    client.post(reverse("topic-second", args=[topic.pk]))
    client.force_login(starter)

    assert told(starter, "topic.helper") == 1
    assert "Hulp Vaardig" in client.get(topic.get_absolute_url()).content.decode()

    client.post(reverse("topic-over", args=[topic.pk]), {"state": "helped"})
    assert Topic.objects.get().state == "helped"
    assert told(helper, "topic.state") == 1
    with pytest.raises(TopicOver):
        offer_help(topic=topic, member=member_of(subgroup))


def test_nobody_helps_themselves(subgroup, starter):
    with pytest.raises(NotOwnAsk):
        offer_help(topic=topic_of("ask", subgroup, starter), member=starter)


def test_the_board_lists_open_asks_of_ones_own_groups_only(client, subgroup, starter):
    topic_of("ask", subgroup, starter, "Wie heeft een ladder?")
    topic_of("offer", subgroup, starter, "Oude riemen af te halen")
    change_state(topic=topic_of("ask", subgroup, starter, "Al geholpen"), by=starter, state="helped")
    elsewhere = SubgroupFactory()
    topic_of("ask", elsewhere, member_of(elsewhere), "Geheim van elders")
    client.force_login(starter)

    everything = client.get(reverse("asks")).content.decode()
    offers = client.get(reverse("asks"), {"kind": "offer"}).content.decode()

    assert "Wie heeft een ladder?" in everything
    assert "Oude riemen" in everything
    assert "Al geholpen" not in everything
    assert "Geheim" not in everything
    assert "Oude riemen" in offers
    assert "ladder" not in offers


def test_an_offer_of_the_same_is_shown_with_the_ask(client, subgroup, starter):
    ladder = Interest.objects.create(name="Ladder")
    topic_of("offer", subgroup, member_of(subgroup), "Ladder te leen", interest=ladder)
    topic = topic_of("ask", subgroup, starter, "Ladder gezocht", interest=ladder)
    client.force_login(starter)

    assert "Ladder te leen" in client.get(topic.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_the_board_costs_the_same_for_any_number_of_asks(
    client, subgroup, starter, rows, django_assert_max_num_queries
):
    for number in range(rows):
        topic_of("ask", subgroup, starter, f"Vraag {number}")
    client.force_login(starter)
    client.get(reverse("asks"))

    with django_assert_max_num_queries(28):
        client.get(reverse("asks"))
