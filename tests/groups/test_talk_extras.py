"""Status texts, automatic answers, catching up, minors, receipts among several, rises, guided guidelines."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.agreements.models import AgreedText
from groups.conversations.automatic import add_answer
from groups.conversations.direct import choose, receipt, start_direct
from groups.conversations.errors import MayNotWriteTo, MinorsAmongStrangers, OneAnswerPerMoment
from groups.conversations.models import AutoAnswer, Given, StatusText, TalkRules
from groups.conversations.reactions import react
from groups.conversations.services import chat_of, post_message, read_up_to, start_thread
from groups.conversations.status import set_status
from groups.conversations.writing_to import may_still_write, may_write_to
from groups.moderation.access import open_flags
from groups.moderation.models import Flag
from groups.people.models import AssociationRole, Enrolment, MembershipKind
from groups.people.services import appoint_guardian, grant_role
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from groups.topics.services import change_state, start_topic
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_talk import said

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def anneke(subgroup):
    return member_of(subgroup, first_name="Anneke", last_name="Visser", is_listed=True)


@pytest.fixture
def moderator(subgroup):
    return member_of(subgroup, SubgroupRole.MODERATOR)


# Status text


def test_a_status_stands_beside_the_name_everywhere_until_its_end(client, subgroup, anneke):
    joost = member_of(subgroup)
    direct = start_direct(by=joost, members=[anneke])
    set_status(member=anneke, text="Op vakantie", until=timezone.localdate())
    places = [
        anneke.get_absolute_url(),
        reverse("directory"),
        reverse("subgroup-members", args=[subgroup.slug]),
        direct.get_absolute_url(),
        reverse("chat", args=[subgroup.slug]),
    ]
    said(chat_of(subgroup), anneke, "Tot dan!")

    client.force_login(joost)
    assert ["Op vakantie" in client.get(place).content.decode() for place in places] == [True] * 5

    midnight = datetime.combine(timezone.localdate() + timedelta(days=1), time(0, 0, 1), AMSTERDAM)
    with time_machine.travel(midnight):
        client.force_login(joost)
        assert ["Op vakantie" in client.get(place).content.decode() for place in places] == [False] * 5


def test_a_status_is_set_and_taken_away_on_its_page(client, anneke):
    client.force_login(anneke)
    address, until = reverse("own-status"), timezone.localdate() + timedelta(days=3)

    client.post(address, {"text": "Bij de boten", "until": until.isoformat()})
    assert StatusText.objects.get().text == "Bij de boten"
    assert until.isoformat() in client.get(address).content.decode()

    client.post(address, {"text": ""})
    assert not StatusText.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "Zonder einde"},
        {"text": "Voorbij", "until": "2020-01-01"},
        {"text": "x" * 100, "until": "2026-12-01"},
        {"text": "Nooit", "until": "2099-01-01"},
    ],
)
def test_a_status_that_cannot_be_comes_back_with_what_was_typed(client, anneke, typed):
    client.force_login(anneke)

    answer = client.post(reverse("own-status"), typed)

    assert answer.status_code == 422
    assert typed["text"] in answer.content.decode()
    assert not StatusText.objects.exists()


# Automatic answers


@pytest.fixture
def hours(subgroup):
    return TalkRules.objects.create(subgroup=subgroup, answers_from=time(9), answers_until=time(16))


def at(hour, minute=0, day=18):
    return time_machine.travel(datetime(2026, 11, day, hour, minute, tzinfo=AMSTERDAM))


def test_outside_hours_the_writer_hears_once_a_day_when_a_person_answers(client, subgroup, anneke, hours):
    add_answer(subgroup=subgroup, by=None, trigger="hours", keywords="", text="We zijn er even niet.")
    chat = chat_of(subgroup)
    with at(16, 1):
        for text in ("is er iemand?", "hallo?"):
            post_message(conversation=chat, by=anneke, text=text)
        client.force_login(anneke)
        own = client.get(chat.get_absolute_url()).content.decode()
        client.force_login(member_of(subgroup))
        others = client.get(chat.get_absolute_url()).content.decode()
    with at(16, 1, day=19):
        post_message(conversation=chat, by=anneke, text="en nu?")

    assert own.count("We zijn er even niet.") == 1
    assert "morgen 9.00" in own
    assert "We zijn er even niet." not in others
    assert list(Given.objects.values_list("day", flat=True)) == [date(2026, 11, 18), date(2026, 11, 19)]


def test_within_hours_nothing_is_answered_by_itself(subgroup, anneke, hours):
    add_answer(subgroup=subgroup, by=None, trigger="hours", keywords="", text="Weg")
    with at(15, 59):
        post_message(conversation=chat_of(subgroup), by=anneke, text="is er iemand?")

    assert not Given.objects.exists()


def test_at_one_past_four_the_composer_says_from_when_it_is_answered(client, subgroup, anneke, hours):
    client.force_login(anneke)
    with at(16, 1):
        assert "morgen 9.00" in client.get(chat_of(subgroup).get_absolute_url()).content.decode()
    with at(16, 1, day=20):  # a Friday
        assert "maandag 9.00" in client.get(chat_of(subgroup).get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("text", "answers"), [("Waar is de SLEUTEL?", 1), ("sleutels", 0), ("Hoe laat?", 0), ("de sleutel, of de pas", 1)]
)
def test_a_word_gets_its_answer(subgroup, anneke, text, answers):
    add_answer(subgroup=subgroup, by=None, trigger="keyword", keywords="sleutel, pas", text="In het kastje.")

    post_message(conversation=chat_of(subgroup), by=anneke, text=text)

    assert Given.objects.count() == answers


def test_only_the_first_message_in_a_group_gets_a_welcome(subgroup, anneke):
    add_answer(subgroup=subgroup, by=None, trigger="first", keywords="", text="Welkom!")
    chat = chat_of(subgroup)
    for text in ("hallo", "daar ben ik"):
        post_message(conversation=chat, by=anneke, text=text)

    assert [given.message.text for given in Given.objects.all()] == ["hallo"]


def test_who_answers_questions_gets_no_automatic_answer(subgroup, moderator):
    add_answer(subgroup=subgroup, by=None, trigger="first", keywords="", text="Welkom!")
    post_message(conversation=chat_of(subgroup), by=moderator, text="hallo")

    assert not Given.objects.exists()


def test_one_answer_per_moment(client, subgroup):
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    client.force_login(manager)
    address = reverse("auto-answers", args=[subgroup.slug])

    client.post(address, {"trigger": "first", "text": "Welkom"})
    refused = client.post(address, {"trigger": "first", "text": "Nog eens welkom"})
    wordless = client.post(address, {"trigger": "keyword", "keywords": " , ", "text": "Zonder woord"})

    assert (refused.status_code, wordless.status_code) == (422, 422)
    assert "Nog eens welkom" in refused.content.decode()
    assert [answer.text for answer in AutoAnswer.objects.all()] == ["Welkom"]
    with pytest.raises(OneAnswerPerMoment):
        add_answer(subgroup=subgroup, by=manager, trigger="first", keywords="", text="x")
    client.post(reverse("auto-answer-remove", args=[subgroup.slug, AutoAnswer.objects.get().pk]))
    assert not AutoAnswer.objects.exists()


def test_only_managers_set_automatic_answers(client, subgroup, anneke):
    for member, status in ((anneke, 403), (MemberFactory(), 404)):
        client.force_login(member)
        answer = client.post(reverse("auto-answers", args=[subgroup.slug]), {"trigger": "first", "text": "x"})
        assert answer.status_code == status
    assert not AutoAnswer.objects.exists()


# Catching up


def test_after_ten_days_decisions_mentions_and_asks_come_before_chatter(client, subgroup, anneke, moderator):
    anneke.memberships.update(joined_at=timezone.now() - timedelta(days=30))
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        idea = start_topic(kind="suggestion", subgroup=subgroup, by=moderator, title="Zonnepanelen", text="Ja?")
        change_state(topic=idea, by=moderator, state="planned")
        start_topic(kind="ask", subgroup=subgroup, by=moderator, title="Ladder gezocht", text="Wie?")
        post_message(conversation=chat_of(subgroup), by=moderator, text="Dag @Anneke Visser, tot dan")
        old = start_thread(subgroup=subgroup, by=moderator, title="Kletspraat", text="zomaar")
    client.force_login(anneke)

    week = client.get(reverse("catch-up"), {"days": "7"}).content.decode()
    page = client.get(reverse("catch-up"), {"days": "14"}).content.decode()

    places = [page.index(text) for text in ("Zonnepanelen", "tot dan", "Ladder gezocht", "Kletspraat")]
    assert places == sorted(places)
    assert "tot dan" not in week
    assert "Ladder gezocht" in week
    client.post(reverse("catch-up-read"), {"conversation": old.pk})
    assert "Kletspraat" not in client.get(reverse("catch-up")).content.decode()
    client.post(reverse("catch-up-read"))
    assert "catch-up-read" not in client.get(reverse("catch-up")).content.decode()


def test_catching_up_tells_nothing_of_other_groups(client, subgroup, anneke):
    elsewhere = SubgroupFactory()
    stranger = member_of(elsewhere, SubgroupRole.MANAGER)
    start_topic(kind="ask", subgroup=elsewhere, by=stranger, title="Geheime vraag", text="x")
    client.force_login(anneke)

    assert "Geheime" not in client.get(reverse("catch-up")).content.decode()
    assert client.post(reverse("catch-up-read"), {"conversation": "x"}).status_code == 302


# Receipts among several


def test_among_several_it_is_read_once_all_have_read_it(subgroup, anneke):
    joost, ineke = member_of(subgroup), member_of(subgroup)
    talk = start_direct(by=anneke, members=[joost, ineke])
    message = post_message(conversation=talk, by=anneke, text="hallo")

    states = [(receipt(talk, anneke).state, receipt(talk, anneke).read_by)]
    for member in (joost, ineke):
        talk.refresh_from_db()
        read_up_to(conversation=talk, member=member, number=message.number)
        states.append((receipt(talk, anneke).state, receipt(talk, anneke).read_by))

    assert states == [("sent", 0), ("sent", 1), ("read", 2)]


def test_who_does_not_share_reading_is_not_counted(client, subgroup, anneke):
    joost, ineke, piet = member_of(subgroup), member_of(subgroup), member_of(subgroup)
    choose(member=piet, who_may_write="everybody", shares_reading=False, shares_last_seen=False)
    talk = start_direct(by=anneke, members=[joost, ineke, piet])
    message = post_message(conversation=talk, by=anneke, text="hallo")
    for member in (piet, joost):
        talk.refresh_from_db()
        read_up_to(conversation=talk, member=member, number=message.number)

    client.force_login(anneke)
    page = client.get(talk.get_absolute_url()).content.decode()

    assert (receipt(talk, anneke).read_by, receipt(talk, anneke).others) == (1, 2)
    assert "Gelezen door 1 van 2" in page


# Minors


@pytest.fixture
def child():
    kind = MembershipKind.objects.create(name="Jeugdlid", is_for_minors=True)
    member = MemberFactory(enrolled=False, first_name="Sem")
    Enrolment.objects.create(member=member, kind=kind, starts_on=date(2026, 1, 1))
    return member


def test_an_adult_outside_the_group_cannot_write_to_a_minor(client, child):
    stranger = MemberFactory()
    client.force_login(stranger)

    answer = client.post(reverse("direct-new"), {"members": [child.pk]})

    assert answer.status_code == 422
    assert not may_write_to(stranger, child)
    assert not may_write_to(child, stranger)
    assert reverse("direct-new") not in client.get(child.get_absolute_url()).content.decode()


def test_guardians_group_mates_other_minors_and_the_board_can(child, subgroup, anneke):
    guardian, board = MemberFactory(), MemberFactory()
    appoint_guardian(guardian=guardian, child=child, by=None)
    grant_role(member=board, role=AssociationRole.BOARD, by=None)
    friend = MemberFactory(enrolled=False)
    Enrolment.objects.create(member=friend, kind=MembershipKind.objects.get(is_for_minors=True))

    assert [may_write_to(member, child) for member in (guardian, board, friend, anneke)] == [True, True, True, False]

    from groups.subgroups.services import add_member

    add_member(subgroup=subgroup, member=child)
    assert may_write_to(anneke, child)


def test_a_conversation_with_a_minor_ends_when_the_adult_leaves_the_group(child, subgroup, anneke):
    from groups.subgroups.services import add_member

    add_member(subgroup=subgroup, member=child)
    talk = start_direct(by=child, members=[anneke])
    post_message(conversation=talk, by=child, text="hoi")

    end_membership(subgroup=subgroup, member=anneke)

    assert not may_still_write(anneke, talk)
    assert not may_still_write(child, talk)


def test_a_minor_is_not_brought_together_with_a_stranger(child, subgroup, anneke):
    guardian, stranger = MemberFactory(), MemberFactory()
    appoint_guardian(guardian=guardian, child=child, by=None)

    with pytest.raises(MinorsAmongStrangers):
        start_direct(by=guardian, members=[child, stranger])
    with pytest.raises(MayNotWriteTo):
        start_direct(by=stranger, members=[child, guardian])


# Unusual rises


def test_ten_thumbs_from_the_same_five_people_within_an_hour_raise_a_flag_and_no_more(subgroup, anneke, moderator):
    messages = said(chat_of(subgroup), anneke, "een", "twee")
    five = [member_of(subgroup) for _ in range(5)]
    for member in five:
        react(message=messages[0], by=member, kind="thumb")
    assert not open_flags(moderator).exists()

    for member in five:
        react(message=messages[1], by=member, kind="thumb")

    flag = Flag.objects.get()
    assert (flag.author, flag.reactions, flag.people) == (anneke, 10, 5)
    assert list(open_flags(moderator)) == [flag]
    assert not open_flags(anneke).exists()
    post_message(conversation=chat_of(subgroup), by=anneke, text="ik kan gewoon door")


def test_many_reactions_from_many_people_or_over_days_are_nothing_unusual(subgroup, anneke):
    messages = said(chat_of(subgroup), anneke, "een", "twee")
    for member in [member_of(subgroup) for _ in range(12)]:
        react(message=messages[0], by=member, kind="thumb")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        for member in [member_of(subgroup) for _ in range(5)]:
            react(message=messages[1], by=member, kind="thumb")

    assert not Flag.objects.exists()


def test_a_moderator_looks_and_the_flag_is_gone(client, subgroup, anneke, moderator):
    flag = Flag.objects.create(author=anneke, subgroup=subgroup, reactions=10, people=2)
    client.force_login(anneke)
    assert client.post(reverse("flag-seen", args=[flag.pk])).status_code == 404
    client.force_login(moderator)
    assert "Anneke Visser" in client.get(reverse("reports")).content.decode()

    client.post(reverse("flag-seen", args=[flag.pk]))

    flag.refresh_from_db()
    assert flag.seen_by == moderator
    with pytest.raises(IntegrityError), transaction.atomic():
        for _ in range(2):
            Flag.objects.create(author=anneke, subgroup=subgroup, reactions=10, people=2)


# Guidelines in six questions

ANSWERS = {
    "purpose": "Samen roeien.",
    "belongs": "Alles over roeien.",
    "manners": "Vriendelijk.",
    "hours": "Overdag.",
    "answer_days": "2",
    "trouble": "Zeg het eerst zelf.",
}


def test_six_answers_become_the_guidelines_of_the_group(client, subgroup, anneke):
    client.force_login(member_of(subgroup, SubgroupRole.MANAGER, language="en"))

    client.post(reverse("guided-guidelines", args=[subgroup.slug]), ANSWERS)

    text = AgreedText.objects.get(subgroup=subgroup).text
    assert all(answer in text for answer in ANSWERS.values())
    assert "Wat hier hoort" in text, "in the language of the house, whatever that of who answered"
    assert subgroup.talk_rules.answer_days == 2
    client.force_login(anneke)
    assert "Samen roeien." in client.get(reverse("guidelines")).content.decode()
    assert (
        f"{reverse('guidelines')}#group-{subgroup.pk}"
        in client.get(chat_of(subgroup).get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("empty", list(ANSWERS))
def test_a_question_left_open_keeps_the_other_answers(client, subgroup, empty):
    client.force_login(member_of(subgroup, SubgroupRole.MANAGER))

    answer = client.post(reverse("guided-guidelines", args=[subgroup.slug]), {**ANSWERS, empty: ""})

    assert answer.status_code == 422
    assert all(text in answer.content.decode() for key, text in ANSWERS.items() if key != empty)
    assert not AgreedText.objects.exists()


def test_plain_members_make_no_guidelines(client, subgroup, anneke):
    client.force_login(anneke)

    assert client.post(reverse("guided-guidelines", args=[subgroup.slug]), ANSWERS).status_code == 403
    assert not AgreedText.objects.exists()
