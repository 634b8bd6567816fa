"""Kinds of discussions: suggestions."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from groups.topics.errors import NotOwnSuggestion, ReasonNeeded, StateUnknown, TopicOver
from groups.topics.models import Second, StateChange, Topic
from groups.topics.services import change_state, second
from tests.factories import member_of
from tests.groups.topics.making import told, topic_of

pytestmark = pytest.mark.django_db


def test_a_change_of_state_is_told_to_the_proposer_and_who_supports_it(subgroup, starter, moderator):
    topic = topic_of("suggestion", subgroup, starter)
    supporter, other = member_of(subgroup), member_of(subgroup)
    second(topic=topic, member=supporter)

    change_state(topic=topic, by=moderator, state="planned", reason="In het voorjaar")

    assert [told(member, "topic.state") for member in (starter, supporter, other, moderator)] == [1, 1, 0, 0]


def test_declining_needs_a_reason_which_everybody_can_read(client, subgroup, starter, moderator):
    topic = topic_of("suggestion", subgroup, starter)

    with pytest.raises(ReasonNeeded):
        change_state(topic=topic, by=moderator, state="declined", reason="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        StateChange.objects.create(topic=topic, state="declined", by=moderator)

    change_state(topic=topic, by=moderator, state="declined", reason="Geen vergunning")
    client.force_login(member_of(subgroup))
    assert "Geen vergunning" in client.get(topic.get_absolute_url()).content.decode()


def test_a_decline_without_reason_comes_back_with_the_form(client, subgroup, starter, moderator):
    topic = topic_of("suggestion", subgroup, starter)
    client.force_login(moderator)

    answer = client.post(reverse("topic-state", args=[topic.pk]), {"state": "declined", "reason": ""})

    assert answer.status_code == 422
    assert Topic.objects.get().state == "open"


def test_supporting_once_not_ones_own_and_not_what_is_over(subgroup, starter, moderator):
    topic = topic_of("suggestion", subgroup, starter)
    member = member_of(subgroup)

    assert second(topic=topic, member=member)
    with pytest.raises(NotOwnSuggestion):
        second(topic=topic, member=starter)
    change_state(topic=topic, by=moderator, state="done")
    with pytest.raises(TopicOver):
        second(topic=topic, member=member)
    assert Second.objects.count() == 1


def test_a_plain_member_does_not_decide(client, subgroup, starter):
    topic = topic_of("suggestion", subgroup, starter)
    client.force_login(starter)

    assert client.post(reverse("topic-state", args=[topic.pk]), {"state": "planned"}).status_code == 403
    assert "topic-state" not in client.get(topic.get_absolute_url()).content.decode()
    assert Topic.objects.get().state == "open"


def test_a_state_of_another_kind_is_refused(subgroup, starter, moderator):
    topic = topic_of("suggestion", subgroup, starter)

    with pytest.raises(StateUnknown):
        change_state(topic=topic, by=moderator, state="helped")
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(state="helped")
