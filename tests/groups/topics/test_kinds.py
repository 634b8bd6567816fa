"""Kinds of discussions: all kinds."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from groups.conversations.models import Conversation
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from groups.topics.models import Argument, Backing, Topic
from groups.topics.services import argue
from tests.factories import MemberFactory, member_of
from tests.factories_talk import said
from tests.groups.topics.making import topic_of

pytestmark = pytest.mark.django_db


ACTS = [
    ("topic-stance", {"value": "3"}, "proposition"),
    ("topic-argument", {"side": "for", "text": "x"}, "proposition"),
    ("topic-second", {}, "suggestion"),
    ("topic-state", {"state": "planned"}, "suggestion"),
    ("topic-over", {"state": "helped"}, "ask"),
    ("topic-take", {"on": "1"}, "question"),
    ("topic-note", {"text": "x"}, "question"),
    ("topic-due", {"due_on": "2026-12-01"}, "question"),
]


@pytest.mark.parametrize("kind", Topic.Kind.values)
def test_a_topic_is_started_read_and_listed_in_both_languages(client, subgroup, starter, kind):
    for language in ("nl", "en"):
        starter.language = language
        starter.save()
        client.force_login(starter)
        address = reverse("new-topic", args=[subgroup.slug, kind])
        assert client.get(address).status_code == 200

        answer = client.post(address, {"title": f"Titel {language}", "text": "Waarom dan?"}, follow=True)

        assert answer.status_code == 200
        assert f"Titel {language}" in answer.content.decode()
    listed = client.get(reverse("threads", args=[subgroup.slug]), {"kind": kind}).content.decode()
    assert "Titel nl" in listed
    assert "Titel en" in listed
    others = [other for other in Topic.Kind.values if other != kind]
    assert "Titel nl" not in client.get(reverse("threads", args=[subgroup.slug]), {"kind": others[0]}).content.decode()


@pytest.mark.parametrize("empty", ["title", "text"])
def test_a_topic_needs_a_title_and_words(client, subgroup, starter, empty):
    client.force_login(starter)
    typed = {"title": "Titel", "text": "Woorden", empty: ""}

    answer = client.post(reverse("new-topic", args=[subgroup.slug, "suggestion"]), typed)

    assert answer.status_code == 422
    assert not Topic.objects.exists()
    assert not Conversation.objects.exists()


def test_sending_the_form_twice_makes_one_topic(client, subgroup, starter):
    client.force_login(starter)
    typed = {"title": "Titel", "text": "Woorden", "key": "6f1f6d6e-5a3f-4ad3-9d7e-2e0f3a0f9b11"}

    for _ in range(2):
        client.post(reverse("new-topic", args=[subgroup.slug, "ask"]), typed)

    assert Topic.objects.count() == 1


@pytest.mark.parametrize(("name", "typed", "kind"), ACTS)
def test_for_who_is_not_in_the_group_a_topic_does_not_exist(client, subgroup, starter, name, typed, kind):
    topic = topic_of(kind, subgroup, starter)
    left = member_of(subgroup, SubgroupRole.MODERATOR)
    end_membership(subgroup=subgroup, member=left)

    for stranger in (left, MemberFactory()):
        client.force_login(stranger)
        assert client.post(reverse(name, args=[topic.pk]), typed).status_code == 404
    topic.refresh_from_db()
    assert (topic.state, topic.owner, topic.notes.count(), topic.stances.count()) == ("open", None, 0, 0)


def test_backing_an_argument_of_another_group_is_not_possible(client, subgroup, starter):
    argument = argue(topic=topic_of("proposition", subgroup, starter), by=starter, side="for", text="Ja")
    client.force_login(MemberFactory())

    assert client.post(reverse("argument-back", args=[argument.pk])).status_code == 404
    assert not Backing.objects.exists()


@pytest.mark.parametrize("kind", Topic.Kind.values)
def test_no_two_elements_have_the_same_name(client, subgroup, starter, moderator, kind):
    """Two fields with one id: a label, or a screen reader, would lead to the wrong one."""
    topic = topic_of(kind, subgroup, starter)
    client.force_login(moderator)

    ids = re.findall(r'\sid="([^"]+)"', client.get(topic.get_absolute_url()).content.decode())

    assert sorted(ids) == sorted(set(ids))


def test_an_unknown_kind_is_not_found(client, subgroup, starter):
    client.force_login(starter)

    assert client.get(reverse("new-topic", args=[subgroup.slug, "gossip"])).status_code == 404


def test_search_finds_topics_by_subject_within_rights(client, subgroup, starter):
    topic_of("suggestion", subgroup, starter, "Zonnepanelen op het botenhuis")
    client.force_login(starter)
    found = client.get(reverse("search"), {"q": "zonnepanelen", "kind": "topics"}).content.decode()
    client.force_login(MemberFactory())
    hidden = client.get(reverse("search"), {"q": "zonnepanelen"}).content.decode()

    assert "Zonnepanelen op het botenhuis" in found
    assert "Zonnepanelen" not in hidden.replace('value="zonnepanelen"', "")


def test_the_list_marks_kind_and_state_in_a_fixed_number_of_queries(
    client, subgroup, starter, django_assert_num_queries
):
    client.force_login(starter)
    topic_of("question", subgroup, starter, "Een")
    address = reverse("threads", args=[subgroup.slug])
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(4):
        topic_of("question", subgroup, starter, f"Twee {number}")
    with django_assert_num_queries(len(one)):
        page = client.get(address).content.decode()

    assert page.count("Vraag · open") == 5


def test_a_thread_costs_the_same_with_many_arguments(client, subgroup, starter):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    topic = topic_of("proposition", subgroup, starter)
    client.force_login(starter)
    client.get(topic.get_absolute_url())

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(topic.get_absolute_url())
        return len(queries)

    argue(topic=topic, by=starter, side="for", text="Een")
    said(topic.conversation, starter, "een")
    few = cost()
    for number in range(10):
        argue(topic=topic, by=member_of(subgroup), side="against", text=f"Nee {number}")
    said(topic.conversation, starter, *("nog een" for _ in range(10)))

    assert cost() == few
    assert Argument.objects.count() == 11


def test_days_are_counted_in_the_time_of_the_house(subgroup, starter):
    late = datetime(2026, 11, 18, 23, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    with time_machine.travel(late):
        topic = topic_of("question", subgroup, starter)
        topic.due_on = date(2026, 11, 18)

        assert (topic.is_overdue, topic.days_old) == (False, 0)
    with time_machine.travel(late + timedelta(minutes=31)):
        assert (topic.is_overdue, topic.days_old) == (True, 1)
