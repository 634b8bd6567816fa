"""Asking for feedback, at most twice a month; and asking or offering from the list over all groups."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from groups.conversations.models import Conversation
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import add_member, switch_right
from groups.topics.errors import EnoughFeedback
from groups.topics.models import Topic
from groups.topics.services import start_topic
from tests.factories import MemberFactory, SubgroupFactory, member_of

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def subgroup():
    return SubgroupFactory(name="Schrijvers")


def ask(subgroup, by, title="Mijn gedicht", **fields):
    return start_topic(kind="feedback", subgroup=subgroup, by=by, title=title, text="Is het te lang?", **fields)


def at(*moment):
    return datetime(*moment, tzinfo=AMSTERDAM)


def test_the_third_ask_for_feedback_in_a_month_is_refused_with_the_day_of_the_next(client, subgroup, time_machine):
    member = member_of(subgroup)
    time_machine.move_to(at(2026, 11, 1, 0, 5))
    ask(subgroup, member)
    time_machine.move_to(at(2026, 11, 30, 22, 0))
    other = SubgroupFactory()
    add_member(subgroup=other, member=member)
    ask(other, member)  # over all groups together
    client.force_login(member)
    path = reverse("new-topic", args=[subgroup.slug, "feedback"])

    answer = client.post(path, {"title": "Nog een gedicht", "text": "En dit dan?"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "1 december" in text
    assert "En dit dan?" in text
    assert Conversation.objects.filter(kind="thread").count() == 2
    time_machine.move_to(at(2026, 12, 1, 0, 1))
    assert client.post(path, {"title": "Nog een gedicht", "text": "En dit dan?"}).status_code == 302


def test_the_ceiling_is_each_members_own_and_for_feedback_only(subgroup):
    first, second = member_of(subgroup), member_of(subgroup)
    ask(subgroup, first)
    ask(subgroup, first)

    with pytest.raises(EnoughFeedback):
        ask(subgroup, first)
    ask(subgroup, second)
    start_topic(kind="ask", subgroup=subgroup, by=first, title="Wie helpt?", text="Met de steiger.")

    assert Topic.objects.filter(kind="feedback").count() == 3


def test_sending_the_same_form_again_does_not_count(subgroup):
    member, key = member_of(subgroup), uuid.uuid4()

    assert ask(subgroup, member, key=key) == ask(subgroup, member, key=key) == ask(subgroup, member, key=key)
    assert Topic.objects.count() == 1


def test_feedback_is_open_or_closed_and_only_its_starter_closes_it(client, subgroup):
    member, reader = member_of(subgroup), member_of(subgroup)
    topic = ask(subgroup, member)
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(state="helped")

    client.force_login(reader)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert client.post(reverse("topic-over", args=[topic.pk]), {"state": "closed"}).status_code == 403
    client.force_login(member)
    client.post(reverse("topic-over", args=[topic.pk]), {"state": "closed"})

    topic.refresh_from_db()
    assert "wat goed is" in page
    assert topic.state == "closed"


# --- From the list over all groups ----------------------------------------------------------------------


def test_from_the_list_one_chooses_what_and_in_which_group(client, subgroup):
    member = member_of(subgroup)
    client.force_login(member)
    assert reverse("new-ask") in client.get(reverse("asks")).content.decode()

    answer = client.post(reverse("new-ask"), {"kind": "offer", "subgroup": subgroup.pk})

    assert answer.url == reverse("new-topic", args=[subgroup.slug, "offer"])
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("values", [{"kind": ""}, {"kind": "question"}, {"kind": "ask", "subgroup": "x"}])
def test_another_choice_is_refused(client, subgroup, values):
    client.force_login(member_of(subgroup))

    assert client.post(reverse("new-ask"), values).status_code == 422


def test_a_group_of_others_or_without_the_right_cannot_be_chosen(client, subgroup):
    elsewhere, member = SubgroupFactory(), member_of(subgroup)
    client.force_login(member)
    assert client.post(reverse("new-ask"), {"kind": "ask", "subgroup": elsewhere.pk}).status_code == 422

    switch_right(subgroup=subgroup, role=SubgroupRole.MEMBER, right="start_thread", on=False, by=member)

    for person in (member, MemberFactory()):
        client.force_login(person)
        assert client.get(reverse("new-ask")).status_code == 403
        assert reverse("new-ask") not in client.get(reverse("asks")).content.decode()
