"""Kinds of discussions: propositions, suggestions, asks and offers, questions and the inbox of who answers them."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.conversations.models import Conversation
from groups.conversations.services import mark_answer, post_message, start_thread
from groups.people.models import AssociationRole, Interest
from groups.people.services import grant_role
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from groups.topics.errors import EnoughArguments, NotOwnAsk, NotOwnSuggestion, ReasonNeeded, StateUnknown, TopicOver
from groups.topics.inbox import overdue, questions_to_answer, without_reply
from groups.topics.models import Argument, Backing, Second, Stance, StateChange, Topic
from groups.topics.queries import balance_of, usual_answer_days
from groups.topics.services import (
    argue,
    back,
    change_state,
    note,
    offer_help,
    second,
    set_due,
    start_topic,
    take,
    take_stance,
    wish_to_help,
)
from notifications.cards import cards_for
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_talk import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def starter(subgroup):
    return member_of(subgroup, first_name="Anneke")


@pytest.fixture
def moderator(subgroup):
    return member_of(subgroup, SubgroupRole.MODERATOR, first_name="Mo")


def topic_of(kind, subgroup, by, title="Een nieuwe steiger", **fields):
    return start_topic(kind=kind, subgroup=subgroup, by=by, title=title, text="Omdat de oude rot.", **fields)


def told(member, kind):
    return Notice.objects.filter(member=member, kind=kind).count()


# Propositions


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


# Suggestions


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


# Asks and offers


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


# Questions


def test_a_question_is_promised_an_answer_within_the_days_of_the_group(subgroup, starter, settings):
    settings.ANSWER_DAYS = 5
    assert topic_of("question", subgroup, starter, "Eerste").due_on == timezone.localdate() + timedelta(days=5)

    subgroup.talk_rules = subgroup_rules(subgroup, answer_days=2)

    assert topic_of("question", subgroup, starter, "Tweede").due_on == timezone.localdate() + timedelta(days=2)


def subgroup_rules(subgroup, **fields):
    from groups.conversations.models import TalkRules

    return TalkRules.objects.create(subgroup=subgroup, **fields)


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


def answered_after(subgroup, starter, moderator, days):
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        topic = topic_of("question", subgroup, starter, f"Vraag {days}")
    change_state(topic=topic, by=moderator, state="answered")


def test_a_closed_question_is_not_taken_any_more(subgroup, starter, moderator):
    topic = topic_of("question", subgroup, starter)
    change_state(topic=topic, by=starter, state="closed")

    with pytest.raises(TopicOver):
        take(topic=topic, member=moderator)
    with pytest.raises(TopicOver):
        set_due(topic=topic, due_on=date(2027, 1, 1))


# All kinds


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
