"""Kinds of discussions: propositions."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.topics.errors import EnoughArguments, TopicOver
from groups.topics.models import Backing, Stance
from groups.topics.queries import balance_of
from groups.topics.services import argue, back, take_stance
from tests.factories import member_of
from tests.groups.topics.making import topic_of

pytestmark = pytest.mark.django_db


def test_a_proposition_shows_the_distribution_and_the_best_backed_argument_on_each_side(subgroup, starter):
    topic = topic_of("proposition", subgroup, starter)
    people = [member_of(subgroup) for _ in range(4)]
    for member, value in zip(people, [5, 5, 4, 1], strict=True):
        take_stance(topic=topic, member=member, value=value)
    argue(topic=topic, by=starter, side="for", text="Hij is glad")
    safe = argue(topic=topic, by=people[0], side="for", text="Kinderen vallen erdoor")
    dear = argue(topic=topic, by=people[3], side="against", text="Te duur")
    for member in people[:2]:
        back(argument=safe, member=member)
    back(argument=dear, member=people[3])

    balance = balance_of(topic, people[0])

    assert [(step.value, step.count, step.percent) for step in balance.steps] == [
        (1, 1, 25), (2, 0, 0), (3, 0, 0), (4, 1, 25), (5, 2, 50),
    ]  # fmt: skip
    assert [step.value for step in balance.steps if step.is_own] == [5]
    assert [argument.text for argument in balance.best] == ["Kinderen vallen erdoor", "Te duur"]


def test_where_one_stands_can_change_and_counts_once(subgroup, starter):
    topic = topic_of("proposition", subgroup, starter)

    for value in (1, 3, 5):
        take_stance(topic=topic, member=starter, value=value)

    assert list(topic.stances.values_list("member", "value")) == [(starter.pk, 5)]


def test_a_proposition_is_over_after_its_last_day(subgroup, starter):
    topic = topic_of("proposition", subgroup, starter, closes_on=timezone.localdate())
    argument = argue(topic=topic, by=starter, side="for", text="Nu het nog kan")
    take_stance(topic=topic, member=starter, value=4)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        with pytest.raises(TopicOver):
            take_stance(topic=topic, member=starter, value=1)
        with pytest.raises(TopicOver):
            argue(topic=topic, by=starter, side="for", text="Te laat")
        with pytest.raises(TopicOver):
            back(argument=argument, member=starter)

    assert list(topic.stances.values_list("value", flat=True)) == [4]


def test_the_same_argument_is_given_once_and_twenty_are_enough(subgroup, starter):
    topic = topic_of("proposition", subgroup, starter)
    first = argue(topic=topic, by=starter, side="for", text="Reden 0")

    assert argue(topic=topic, by=starter, side="for", text="reden 0 ") == first

    for number in range(1, 20):
        argue(topic=topic, by=starter, side="for", text=f"Reden {number}")
    with pytest.raises(EnoughArguments):
        argue(topic=topic, by=starter, side="for", text="Nog een")
    assert argue(topic=topic, by=starter, side="against", text="Toch niet")


def test_backing_twice_takes_it_back(subgroup, starter):
    argument = argue(topic=topic_of("proposition", subgroup, starter), by=starter, side="for", text="Ja")

    assert (back(argument=argument, member=starter), back(argument=argument, member=starter)) == (True, False)
    assert not Backing.objects.exists()


@pytest.mark.parametrize("value", [0, 6])
def test_the_database_refuses_a_stance_off_the_scale(subgroup, starter, value):
    topic = topic_of("proposition", subgroup, starter)

    with pytest.raises(IntegrityError), transaction.atomic():
        Stance.objects.create(topic=topic, member=starter, value=value)


def test_the_page_of_a_proposition_says_where_everybody_stands_and_never_who(client, subgroup, starter):
    topic = topic_of("proposition", subgroup, starter)
    other = member_of(subgroup, first_name="Zeldzaam")
    client.force_login(other)
    client.post(reverse("topic-stance", args=[topic.pk]), {"value": "5"})
    client.post(reverse("topic-argument", args=[topic.pk]), {"side": "for", "text": "Veiliger"})
    client.force_login(starter)

    page = client.get(topic.get_absolute_url()).content.decode()

    assert "1 · 100%" in page
    assert "Veiliger" in page
    assert "niemand ziet wie wat koos" in page.lower()


@pytest.mark.parametrize("typed", [{"value": "9"}, {"value": "x"}, {}])
def test_a_stance_off_the_scale_is_refused_kindly(client, subgroup, starter, typed):
    topic = topic_of("proposition", subgroup, starter)
    client.force_login(starter)

    answer = client.post(reverse("topic-stance", args=[topic.pk]), typed)

    assert answer.status_code == 422
    assert not Stance.objects.exists()


def test_a_refused_argument_keeps_what_was_typed(client, subgroup, starter):
    topic = topic_of("proposition", subgroup, starter)
    client.force_login(starter)

    answer = client.post(reverse("topic-argument", args=[topic.pk]), {"side": "nowhere", "text": "Mijn zin"})

    assert answer.status_code == 422
    assert "Mijn zin" in answer.content.decode()
