"""Kinds of discussions: questions."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groups.conversations.models import Conversation
from groups.conversations.services import mark_answer, post_message, start_thread
from groups.people.models import AssociationRole
from groups.people.services import grant_role
from groups.topics.errors import TopicOver
from groups.topics.inbox import overdue, questions_to_answer, without_reply
from groups.topics.models import Topic
from groups.topics.queries import usual_answer_days
from groups.topics.services import change_state, note, set_due, take
from notifications.cards import cards_for
from tests.factories import member_of
from tests.groups.topics.making import told, topic_of

pytestmark = pytest.mark.django_db


def subgroup_rules(subgroup, **fields):
    from groups.conversations.models import TalkRules

    return TalkRules.objects.create(subgroup=subgroup, **fields)


def answered_after(subgroup, starter, moderator, days):
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        topic = topic_of("question", subgroup, starter, f"Vraag {days}")
    change_state(topic=topic, by=moderator, state="answered")


def test_a_question_is_promised_an_answer_within_the_days_of_the_group(subgroup, starter, settings):
    settings.ANSWER_DAYS = 5
    assert topic_of("question", subgroup, starter, "Eerste").due_on == timezone.localdate() + timedelta(days=5)

    subgroup.talk_rules = subgroup_rules(subgroup, answer_days=2)

    assert topic_of("question", subgroup, starter, "Tweede").due_on == timezone.localdate() + timedelta(days=2)


def test_the_inbox_holds_every_open_question_the_oldest_promise_first(subgroup, starter, moderator):
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        old = topic_of("question", subgroup, starter, "Oud")
    new = topic_of("question", subgroup, starter, "Nieuw")
    done = topic_of("question", subgroup, starter, "Klaar")
    change_state(topic=done, by=moderator, state="closed")

    assert list(questions_to_answer(moderator)) == [old, new]
    assert list(overdue(moderator)) == [old]
    assert list(questions_to_answer(starter)) == []


def test_a_discussion_that_asks_something_and_got_no_reply_is_listed_too(subgroup, starter, moderator):
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        asked = start_thread(subgroup=subgroup, by=starter, title="Sleutel", text="Wie heeft de sleutel?")
        start_thread(subgroup=subgroup, by=starter, title="Dank", text="Dank allemaal.")
        answered = start_thread(subgroup=subgroup, by=starter, title="Boot", text="Welke boot?")
        post_message(conversation=answered, by=moderator, text="De Reiger")
    start_thread(subgroup=subgroup, by=starter, title="Vers", text="Net gevraagd?")

    assert list(without_reply(moderator)) == [asked]
    assert list(without_reply(starter)) == []


def test_the_answer_is_marked_by_who_asked_and_settles_the_question(client, subgroup, starter, moderator):
    topic = topic_of("question", subgroup, starter)
    reply = post_message(conversation=topic.conversation, by=moderator, text="Dinsdag om acht uur")
    client.force_login(starter)

    client.post(reverse("message-answer", args=[reply.pk]), {"on": "1"})

    topic.refresh_from_db()
    page = client.get(topic.get_absolute_url()).content.decode()
    assert topic.state == "answered"
    assert "Het antwoord" in page
    assert not questions_to_answer(moderator).exists()

    client.post(reverse("message-answer", args=[reply.pk]), {"on": "0"})
    topic.refresh_from_db()
    assert topic.state == "open"


def test_who_answers_is_told_and_becomes_its_owner(subgroup, starter, moderator):
    topic = topic_of("question", subgroup, starter)
    reply = post_message(conversation=topic.conversation, by=moderator, text="Ja")

    mark_answer(conversation=topic.conversation, message=reply, by=moderator)

    topic.refresh_from_db()
    assert told(moderator, "topic.question") == 1
    assert topic.owner == moderator
    assert told(starter, "topic.state") == 1


def test_an_outsider_of_the_question_marks_no_answer(client, subgroup, starter, moderator):
    topic = topic_of("question", subgroup, starter)
    reply = post_message(conversation=topic.conversation, by=moderator, text="Ja")
    client.force_login(member_of(subgroup))

    assert client.post(reverse("message-answer", args=[reply.pk]), {"on": "1"}).status_code == 403
    assert Conversation.objects.get(pk=topic.conversation_id).answer is None


def test_notes_are_invisible_to_members(client, subgroup, starter, moderator):
    topic = topic_of("question", subgroup, starter)
    note(topic=topic, by=moderator, text="Eerst de verzekeraar bellen")

    client.force_login(starter)
    assert "verzekeraar" not in client.get(topic.get_absolute_url()).content.decode()
    assert client.post(reverse("topic-note", args=[topic.pk]), {"text": "stiekem"}).status_code == 403

    client.force_login(moderator)
    assert "verzekeraar" in client.get(topic.get_absolute_url()).content.decode()
    assert topic.notes.count() == 1


def test_a_question_is_taken_and_gets_another_day(client, subgroup, starter, moderator):
    topic = topic_of("question", subgroup, starter)
    client.force_login(moderator)
    later = timezone.localdate() + timedelta(days=20)

    client.post(reverse("topic-take", args=[topic.pk]), {"on": "1"})
    client.post(reverse("topic-due", args=[topic.pk]), {"due_on": later.isoformat()})

    topic.refresh_from_db()
    assert (topic.owner, topic.due_on) == (moderator, later)
    client.post(reverse("topic-take", args=[topic.pk]), {"on": "0"})
    topic.refresh_from_db()
    assert topic.owner is None


@pytest.mark.parametrize("day", ["2020-01-01", "2099-01-01", "", "gisteren"])
def test_a_day_that_cannot_be_promised_is_refused(client, subgroup, starter, moderator, day):
    topic = topic_of("question", subgroup, starter)
    client.force_login(moderator)

    answer = client.post(reverse("topic-due", args=[topic.pk]), {"due_on": day})

    assert answer.status_code == 422
    assert Topic.objects.get().due_on == topic.due_on


def test_overdue_questions_stand_on_the_desk_of_the_board(subgroup, starter):
    board = member_of(subgroup)
    grant_role(member=board, role=AssociationRole.BOARD, by=None)
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        topic_of("question", subgroup, starter)

    assert [card.key for card in cards_for(board) if card.for_desk] == ["questions:overdue"]
    assert not [card for card in cards_for(starter) if card.key == "questions:overdue"]


def test_the_page_of_questions_is_for_who_answers(client, subgroup, starter, moderator):
    topic_of("question", subgroup, starter, "Waar is de sleutel?")

    client.force_login(starter)
    assert client.get(reverse("questions")).status_code == 403

    client.force_login(moderator)
    assert "Waar is de sleutel?" in client.get(reverse("questions")).content.decode()


def test_the_usual_time_is_said_once_five_answers_are_known(subgroup, starter, moderator):
    for days in (1, 1, 2, 9):
        answered_after(subgroup, starter, moderator, days)
    assert usual_answer_days(subgroup) is None

    answered_after(subgroup, starter, moderator, 2)

    assert usual_answer_days(subgroup) == 2


def test_a_closed_question_is_not_taken_any_more(subgroup, starter, moderator):
    topic = topic_of("question", subgroup, starter)
    change_state(topic=topic, by=starter, state="closed")

    with pytest.raises(TopicOver):
        take(topic=topic, member=moderator)
    with pytest.raises(TopicOver):
        set_due(topic=topic, due_on=date(2027, 1, 1))
