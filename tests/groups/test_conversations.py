import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.conversations.access import visible_conversations, visible_messages
from groups.conversations.errors import (
    ConversationClosed,
    EnoughForToday,
    MayNotChange,
    NothingToPost,
    PostingTooFast,
    TextTooLong,
)
from groups.conversations.models import Conversation, Mention, Message, ReadPosition
from groups.conversations.queries import (
    PER_PAGE,
    latest_by_subgroup,
    newer_than,
    reading,
    stretch,
    unread_by_subgroup,
)
from groups.conversations.services import (
    chat_of,
    edit_message,
    follow,
    post_message,
    read_up_to,
    remove_message,
    start_thread,
)
from groups.conversations.telling import tell_about, tell_untold
from groups.subgroups.models import Membership, Subgroup
from groups.subgroups.services import end_membership
from notifications.models import Delivery, Notice
from notifications.services import choose
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_talk import said
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


def test_messages_are_numbered_one_after_the_other(subgroup):
    member, chat = member_of(subgroup), chat_of(subgroup)

    numbers = [post_message(conversation=chat, by=member, text=f"bericht {n}").number for n in range(3)]

    assert numbers == [1, 2, 3]
    assert Conversation.objects.get(pk=chat.pk).last_number == 3


def test_sending_the_same_message_again_gives_the_first_one_back(subgroup):
    member, chat, key = member_of(subgroup), chat_of(subgroup), uuid.uuid4()

    first = post_message(conversation=chat, by=member, text="Wie neemt de lampen mee?", key=key)
    again = post_message(conversation=chat, by=member, text="Wie neemt de lampen mee?", key=key)

    assert again == first
    assert chat.messages.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_messages_posted_at_once_get_numbers_without_gap_or_double():
    subgroup = SubgroupFactory()
    members, chat = [member_of(subgroup) for _ in range(6)], chat_of(subgroup)

    def posts(member):
        return lambda: [post_message(conversation=chat, by=member, text=f"{n}").number for n in range(5)]

    results = at_once(*[posts(member) for member in members])

    assert sorted(number for numbers in results for number in numbers) == list(range(1, 31))
    assert Conversation.objects.get(pk=chat.pk).last_number == 30


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_same_message_sent_at_once_is_posted_once():
    subgroup = SubgroupFactory()
    member, chat, key = member_of(subgroup), chat_of(subgroup), uuid.uuid4()

    results = at_once(*[lambda: post_message(conversation=chat, by=member, text="ja", key=key).pk] * 4)

    assert len(set(results)) == 1
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "refusal"), [("", NothingToPost), (" \n\x00 ", NothingToPost), ("a" * 5001, TextTooLong)]
)
def test_nothing_and_far_too_much_are_refused(subgroup, text, refusal):
    with pytest.raises(refusal):
        post_message(conversation=chat_of(subgroup), by=member_of(subgroup), text=text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hallo\x00 daar", "Hallo daar"),
        ("om\u202ekeer", "omkeer"),
        ("los \ud800 stuk", "los  stuk"),
        ("Z" + "\u0301" * 60, "Ź" + "\u0301" * 3),
        ("een\r\ntwee", "een\ntwee"),
        ("👩‍👩‍👧 vaart", "👩‍👩‍👧 vaart"),
    ],
)
def test_characters_that_hide_or_overflow_are_made_harmless(subgroup, typed, kept):
    message = post_message(conversation=chat_of(subgroup), by=member_of(subgroup), text=typed)

    assert Message.objects.get(pk=message.pk).text == kept


def test_a_script_is_shown_as_the_text_it_is(client, subgroup):
    member = member_of(subgroup)
    post_message(conversation=chat_of(subgroup), by=member, text='<script>alert(1)</script><svg onload="x">')
    client.force_login(member)

    page = client.get(reverse("chat", args=[subgroup.slug])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_eleventh_message_in_a_minute_is_refused_with_the_waiting_time(subgroup):
    member, chat = member_of(subgroup), chat_of(subgroup)
    for number in range(10):
        post_message(conversation=chat, by=member, text=f"{number}")

    with pytest.raises(PostingTooFast) as refusal:
        post_message(conversation=chat, by=member, text="nog een")

    assert 55 <= refusal.value.seconds <= 60
    assert str(refusal.value.seconds) in refusal.value.message
    assert chat.messages.count() == 10


def test_who_is_new_may_post_less_in_a_day(subgroup, settings):
    settings.POSTS_PER_DAY_NEW = 2
    member, chat = member_of(subgroup), chat_of(subgroup)
    said(chat, member, "een", "twee")

    with pytest.raises(EnoughForToday):
        post_message(conversation=chat, by=member, text="drie")


def test_a_closed_discussion_takes_no_more_replies(subgroup):
    thread = start_thread(subgroup=subgroup, by=member_of(subgroup), title="Lampen", text="Wie?")
    Conversation.objects.filter(pk=thread.pk).update(closed_at=timezone.now())

    with pytest.raises(ConversationClosed):
        post_message(conversation=thread, by=member_of(subgroup), text="ik")


def test_unread_is_what_others_wrote_after_the_read_position(subgroup):
    writer, reader = member_of(subgroup), member_of(subgroup)
    chat = chat_of(subgroup)
    said(chat, writer, "een", "twee", "drie")
    assert unread_by_subgroup(reader) == {subgroup.pk: 3}
    assert unread_by_subgroup(writer) == {}

    read_up_to(conversation=chat, member=reader, number=2)

    assert unread_by_subgroup(reader) == {subgroup.pk: 1}


def test_a_newcomer_has_nothing_unread_from_before(subgroup):
    writer = member_of(subgroup)
    chat = chat_of(subgroup)
    said(chat, writer, "van vroeger", at=timezone.now() - timedelta(days=3))
    newcomer = member_of(subgroup)

    said(chat, writer, "van nu")

    assert unread_by_subgroup(newcomer) == {subgroup.pk: 1}
    assert [line.message.text for line in stretch(reading(chat, newcomer), newcomer).lines] == ["van vroeger", "van nu"]


def test_a_read_position_never_moves_back_nor_past_the_end(subgroup):
    writer, reader = member_of(subgroup), member_of(subgroup)
    chat = chat_of(subgroup)
    said(chat, writer, "een", "twee")

    read_up_to(conversation=reading(chat, reader), member=reader, number=99)
    read_up_to(conversation=reading(chat, reader), member=reader, number=1)

    assert ReadPosition.objects.get(member=reader).number == 2


def test_following_does_not_change_what_is_unread(subgroup):
    writer = member_of(subgroup)
    chat = chat_of(subgroup)
    said(chat, writer, "oud", at=timezone.now() - timedelta(days=3))
    reader = member_of(subgroup)

    follow(conversation=chat, member=reader, on=True)

    assert unread_by_subgroup(reader) == {}


def test_unread_and_latest_line_cost_the_same_for_any_number_of_groups(django_assert_num_queries):
    member = MemberFactory()
    for _ in range(3):
        group = SubgroupFactory()
        Membership.objects.create(subgroup=group, member=member, joined_at=timezone.now() - timedelta(days=1))
        said(chat_of(group), member_of(group), "hallo")
        start_thread(subgroup=group, by=member_of(group), title="Nieuw", text="dag")

    with django_assert_num_queries(2):  # one of them asks which groups hide their history
        counts = unread_by_subgroup(member)
    with django_assert_num_queries(3):
        latest = latest_by_subgroup(member)
        assert {(m.text, m.author.first_name != "") for m in latest.values()} == {("dag", True)}
    assert set(counts.values()) == {2}


def test_a_page_opens_around_the_first_unread(subgroup):
    writer, reader = member_of(subgroup), member_of(subgroup)
    chat = chat_of(subgroup)
    said(chat, writer, *[str(n) for n in range(1, 101)])
    read_up_to(conversation=chat, member=reader, number=50)

    page = stretch(reading(chat, reader), reader)

    assert page.lines[0].message.number == 46
    assert [line.message.number for line in page.lines if line.is_first_new] == [51]
    assert len(page.lines) == PER_PAGE
    assert (page.earlier, page.later, page.unread) == (46, 76, 50)


def test_the_first_new_message_is_of_somebody_else(subgroup):
    writer, reader = member_of(subgroup), member_of(subgroup)
    chat = chat_of(subgroup)
    said(chat, writer, "gelezen")
    said(chat, reader, "van mijzelf")
    said(chat, writer, "nieuw", "nog een")
    ReadPosition.objects.update_or_create(conversation=chat, member=reader, defaults={"number": 1})

    page = stretch(reading(chat, reader), reader)

    assert [line.message.text for line in page.lines if line.is_first_new] == ["nieuw"]
    assert [line.is_first_new for line in stretch(reading(chat, reader), reader, since=4).lines] == [False]


def test_who_has_read_all_sees_the_last_page(subgroup):
    writer = member_of(subgroup)
    chat = chat_of(subgroup)
    said(chat, writer, *[str(n) for n in range(1, 41)])
    read_up_to(conversation=chat, member=writer, number=40)

    page = stretch(reading(chat, writer), writer)

    assert [line.message.number for line in page.lines] == list(range(11, 41))
    assert page.later is None


def test_catching_up_gives_exactly_what_was_missed(subgroup):
    writer, reader = member_of(subgroup), member_of(subgroup)
    chat = chat_of(subgroup)
    said(chat, writer, "een", "twee", "drie")

    missed = newer_than(chat, reader, 1)

    assert [line.message.text for line in missed] == ["twee", "drie"]


@pytest.mark.parametrize("who", ["outsider", "left", "module off"])
def test_a_conversation_is_hidden_from_who_may_not_read_it(client, subgroup, who):
    writer = member_of(subgroup)
    thread = start_thread(subgroup=subgroup, by=writer, title="Geheim", text="het plan")
    visitor = MemberFactory() if who == "outsider" else member_of(subgroup)
    if who == "left":
        end_membership(subgroup=subgroup, member=visitor)
    if who == "module off":
        Subgroup.objects.filter(pk=subgroup.pk).update(modules=["chat"])
    client.force_login(visitor)
    message = thread.messages.get()

    assert not visible_conversations(visitor).filter(pk=thread.pk).exists()
    assert not visible_messages(visitor).filter(pk=message.pk).exists()
    for name, args in [
        ("thread", [subgroup.slug, thread.pk]),
        ("conversation-after", [thread.pk]),
        ("message", [message.pk]),
        ("message-acts", [message.pk]),
        ("message-edit", [message.pk]),
    ]:
        assert client.get(reverse(name, args=args)).status_code == 404
    for name, args in [("conversation-read", [thread.pk]), ("message-remove", [message.pk])]:
        assert client.post(reverse(name, args=args)).status_code == 404


def test_only_who_wrote_it_edits_a_message(subgroup):
    writer, other = member_of(subgroup), member_of(subgroup)
    message = post_message(conversation=chat_of(subgroup), by=writer, text="zes uur")

    with pytest.raises(MayNotChange):
        edit_message(message=message, by=other, text="zeven uur")
    edited = edit_message(message=message, by=writer, text="half zeven")

    assert edited.text == "half zeven"
    assert edited.edited_at is not None


def test_a_removed_message_keeps_its_number_and_loses_its_words(subgroup):
    writer = member_of(subgroup)
    chat = chat_of(subgroup)
    message = post_message(conversation=chat, by=writer, text="weg ermee")

    remove_message(message=message, by=writer)

    kept = Message.objects.get(pk=message.pk)
    assert (kept.number, kept.text, kept.removed_by) == (1, "", writer)


def test_naming_somebody_tells_them_once(subgroup):
    writer, named = member_of(subgroup, first_name="Joost"), member_of(subgroup, first_name="Ineke", last_name="Kuiper")
    message = post_message(conversation=chat_of(subgroup), by=writer, text="Kun jij, @Ineke Kuiper?")

    tell_about(message.pk)
    tell_about(message.pk)
    tell_untold()

    assert list(message.mentions.values_list("member", flat=True)) == [named.pk]
    assert [(n.member_id, n.kind, n.count) for n in Notice.objects.all()] == [(named.pk, "mention", 1)]
    assert Delivery.objects.filter(member=named, channel="mail").count() == 1


def test_a_name_from_outside_the_group_is_not_told(subgroup):
    writer, outsider = member_of(subgroup), MemberFactory(first_name="Ineke", last_name="Kuiper")

    message = post_message(conversation=chat_of(subgroup), by=writer, text="Zeg dat tegen @Ineke Kuiper")
    tell_about(message.pk)

    assert not Mention.objects.exists()
    assert not Notice.objects.filter(member=outsider).exists()


def test_followers_get_one_notice_per_discussion_that_counts(subgroup):
    starter, other = member_of(subgroup), member_of(subgroup)
    thread = start_thread(subgroup=subgroup, by=starter, title="Lampen", text="Wie?")
    for text in ("ik", "en ik"):
        tell_about(post_message(conversation=thread, by=other, text=text).pk)

    notice = Notice.objects.get(member=starter)

    assert (notice.kind, notice.count) == ("reply", 2)
    assert notice.in_digest
    assert not Delivery.objects.filter(member=starter).exists()
    assert not Notice.objects.filter(member=other).exists()


def test_reading_makes_the_notice_read_and_stops_the_mail(subgroup):
    starter, other = member_of(subgroup), member_of(subgroup)
    choose(member=starter, kind="reply", channel="mail", timing="now")
    thread = start_thread(subgroup=subgroup, by=starter, title="Lampen", text="Wie?")
    tell_about(post_message(conversation=thread, by=other, text="ik").pk)

    read_up_to(conversation=reading(thread, starter), member=starter, number=2)

    assert Notice.objects.get(member=starter).read_at is not None
    assert Delivery.objects.get(member=starter).state == Delivery.State.DROPPED


def test_a_notice_says_nothing_more_to_who_left(subgroup, client):
    starter, other = member_of(subgroup), member_of(subgroup)
    thread = start_thread(subgroup=subgroup, by=starter, title="Geheim overleg", text="Wie?")
    tell_about(post_message(conversation=thread, by=other, text="het bedrag is 900").pk)
    end_membership(subgroup=subgroup, member=starter)
    client.force_login(starter)

    page = client.get(reverse("notices")).content.decode()

    assert "Geheim overleg" not in page
    assert "900" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        lambda chat, member: Message.objects.create(conversation=chat, number=1, author=member, text="dubbel"),
        lambda chat, member: Message.objects.create(conversation=chat, number=0, author=member, text="nul"),
        lambda chat, member: Message.objects.filter(number=1).update(removed_at=timezone.now()),
        lambda chat, member: Conversation.objects.create(kind="chat", subgroup=chat.subgroup),
        lambda chat, member: Conversation.objects.create(kind="thread", subgroup=chat.subgroup, title=""),
        lambda chat, member: ReadPosition.objects.create(conversation=chat, member=member),
    ],
)
def test_the_database_refuses_what_cannot_be(subgroup, wrong):
    member, chat = member_of(subgroup), chat_of(subgroup)
    post_message(conversation=chat, by=member, text="eerste")

    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(chat, member)


def test_who_is_in_no_group_has_no_lines_and_nothing_unread():
    loner = MemberFactory()

    assert latest_by_subgroup(loner) == {}
    assert unread_by_subgroup(loner) == {}
