from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.conversations.access import may_post, visible_conversations
from groups.conversations.direct import choose, last_seen, note_presence, receipt, set_barrier, start_direct
from groups.conversations.errors import MayNotWriteTo, TooManyPeople
from groups.conversations.models import Barrier, Conversation, Mention, Presence, TalkChoices
from groups.conversations.queries import reading, unread_by_subgroup, unread_direct
from groups.conversations.services import chat_of, post_message, read_up_to
from groups.conversations.telling import tell_about
from groups.conversations.writing_to import choices_of, may_write_to
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import add_member
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def wants(member, who, *, reading=True, seen=False):
    choose(member=member, who_may_write=who, shares_reading=reading, shares_last_seen=seen)


@pytest.fixture
def pair():
    return MemberFactory(first_name="Anneke"), MemberFactory(first_name="Joost")


def test_two_people_always_come_back_to_the_same_conversation(pair):
    anneke, joost = pair

    assert start_direct(by=anneke, members=[joost]) == start_direct(by=joost, members=[anneke])
    assert Conversation.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_write_each_other_at_once_share_one_conversation():
    anneke, joost = MemberFactory(), MemberFactory()

    results = at_once(
        lambda: start_direct(by=anneke, members=[joost]).pk, lambda: start_direct(by=joost, members=[anneke]).pk
    )

    assert len(set(results)) == 1


def test_only_who_takes_part_reads_it(client, pair):
    anneke, joost = pair
    conversation = start_direct(by=anneke, members=[joost])
    post_message(conversation=conversation, by=anneke, text="onder ons")
    outsider = member_with(AssociationRole.COMMUNITY_MANAGER)

    assert not visible_conversations(outsider).exists()
    client.force_login(outsider)
    assert client.get(reverse("direct", args=[conversation.pk])).status_code == 404
    assert client.post(reverse("direct", args=[conversation.pk]), {"text": "x"}).status_code == 404
    client.force_login(joost)
    assert "onder ons" in client.get(reverse("direct", args=[conversation.pk])).content.decode()
    assert unread_direct(joost) == 1
    assert unread_by_subgroup(joost) == {}


@pytest.mark.parametrize(
    ("who", "writer_is", "allowed"),
    [
        ("everybody", "member", True),
        ("groups", "member", False),
        ("groups", "same group", True),
        ("managers", "same group", False),
        ("managers", "manager", True),
        ("managers", "board", True),
        ("nobody", "board", False),
    ],
)
def test_who_may_write_is_for_the_receiver_to_choose(who, writer_is, allowed):
    subgroup = SubgroupFactory()
    receiver = member_of(subgroup)
    wants(receiver, who)
    writer = {
        "member": MemberFactory,
        "same group": lambda: member_of(subgroup),
        "manager": lambda: member_of(subgroup, SubgroupRole.MANAGER),
        "board": lambda: member_with(AssociationRole.BOARD),
    }[writer_is]()

    assert may_write_to(writer, receiver) is allowed
    if not allowed:
        with pytest.raises(MayNotWriteTo):
            start_direct(by=writer, members=[receiver])


def test_a_closed_door_shows_no_write_button_and_refuses_the_post(client, pair):
    anneke, joost = pair
    conversation = start_direct(by=anneke, members=[joost])
    wants(joost, "managers")
    client.force_login(anneke)

    assert "<textarea" not in client.get(reverse("direct", args=[conversation.pk])).content.decode()
    assert client.post(reverse("direct", args=[conversation.pk]), {"text": "toch"}).status_code == 403
    answer = client.post(reverse("direct-new"), {"members": [joost.pk]})
    assert answer.status_code == 422


def test_who_was_answered_may_go_on_until_a_block(pair):
    anneke, joost = pair
    conversation = start_direct(by=anneke, members=[joost])
    wants(joost, "nobody")
    post_message(conversation=conversation, by=joost, text="zeg het maar")
    assert may_post(anneke, conversation)

    set_barrier(member=joost, against=anneke, kind="block")

    assert not may_post(anneke, conversation)
    assert not may_post(joost, conversation)


def test_who_is_blocked_cannot_mention_and_is_not_told_of(pair):
    subgroup = SubgroupFactory()
    writer, reader = member_of(subgroup, first_name="Kees"), member_of(subgroup, first_name="Ineke")
    set_barrier(member=reader, against=writer, kind="block")

    tell_about(post_message(conversation=chat_of(subgroup), by=writer, text="hé @Ineke").pk)

    assert not Mention.objects.exists()
    assert not Notice.objects.exists()


def test_who_is_muted_writes_without_a_notice(pair):
    anneke, joost = pair
    conversation = start_direct(by=anneke, members=[joost])
    set_barrier(member=joost, against=anneke, kind="mute")

    tell_about(post_message(conversation=conversation, by=anneke, text="hallo").pk)

    assert not Notice.objects.exists()
    assert unread_direct(joost) == 1


def test_a_direct_message_is_told_to_the_others(pair):
    anneke, joost = pair
    conversation = start_direct(by=anneke, members=[joost])

    tell_about(post_message(conversation=conversation, by=anneke, text="hallo").pk)

    assert [(notice.member, notice.kind) for notice in Notice.objects.all()] == [(joost, "direct")]


def test_a_circle_has_at_most_eight_people():
    with pytest.raises(TooManyPeople):
        start_direct(by=MemberFactory(), members=[MemberFactory() for _ in range(8)])


def test_a_message_is_sent_then_delivered_then_read(pair):
    anneke, joost = pair
    conversation = start_direct(by=anneke, members=[joost])
    post_message(conversation=conversation, by=anneke, text="hallo")
    assert receipt(conversation, anneke).state == "sent"

    note_presence(joost.pk)
    assert receipt(conversation, anneke).state == "delivered"

    read_up_to(conversation=reading(conversation, joost), member=joost, number=1)
    assert receipt(conversation, anneke).state == "read"


def test_hiding_ones_own_reading_hides_that_of_others_and_starts_again_from_now(pair):
    anneke, joost = pair
    conversation = start_direct(by=anneke, members=[joost])
    post_message(conversation=conversation, by=anneke, text="hallo")
    read_up_to(conversation=reading(conversation, joost), member=joost, number=1)

    wants(anneke, "everybody", reading=False)
    assert receipt(conversation, anneke) is None

    wants(anneke, "everybody", reading=True)
    assert receipt(conversation, anneke) is None
    post_message(conversation=conversation, by=anneke, text="nog een")
    read_up_to(conversation=reading(conversation, joost), member=joost, number=2)
    assert receipt(conversation, anneke).state == "read"


def test_reading_of_who_hides_it_is_never_shown(pair):
    anneke, joost = pair
    conversation = start_direct(by=anneke, members=[joost])
    wants(joost, "everybody", reading=False)
    post_message(conversation=conversation, by=anneke, text="hallo")
    read_up_to(conversation=reading(conversation, joost), member=joost, number=1)

    assert receipt(conversation, anneke).state == "sent"


def test_last_seen_is_coarse_and_only_between_two_who_show_it(pair):
    anneke, joost = pair
    note_presence(joost.pk)
    assert last_seen(joost, anneke) == ""

    wants(joost, "everybody", seen=True)
    assert last_seen(joost, anneke) == ""
    wants(anneke, "everybody", seen=True)
    assert last_seen(joost, anneke) == "today"
    Presence.objects.update(seen_at=timezone.now() - timedelta(days=3))
    assert last_seen(joost, anneke) == "week"


def test_choices_are_saved_on_their_page(client, pair):
    anneke, joost = pair
    client.force_login(anneke)

    client.post(reverse("direct-choices"), {"who_may_write": "groups"})
    client.post(reverse("barrier", args=[joost.pk]), {"kind": "block"})

    assert (choices_of(anneke).who_may_write, choices_of(anneke).shares_reading_since) == ("groups", None)
    assert "Joost" in client.get(reverse("direct-choices")).content.decode()
    client.post(reverse("barrier", args=[joost.pk]), {})
    assert not Barrier.objects.exists()


def test_the_inbox_costs_the_same_for_every_number_of_conversations(client, django_assert_max_num_queries):
    anneke = MemberFactory()
    client.force_login(anneke)
    client.get(reverse("direct-inbox"))
    counts = []
    for _ in range(2):
        for _ in range(2):
            conversation = start_direct(by=anneke, members=[MemberFactory()])
            post_message(conversation=conversation, by=anneke, text="dag")
        with django_assert_max_num_queries(60) as captured:
            client.get(reverse("direct-inbox"))
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda a, b, group: Conversation.objects.create(kind="direct"),
        lambda a, b, group: Conversation.objects.create(kind="direct", circle="1-2", subgroup=group),
        lambda a, b, group: Conversation.objects.create(kind="chat"),
        lambda a, b, group: Barrier.objects.create(member=a, against=a, kind="mute"),
        lambda a, b, group: [TalkChoices.objects.create(member=a), TalkChoices.objects.create(member=a)],
    ],
)
def test_the_database_refuses_what_cannot_be(pair, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(*pair, SubgroupFactory())


def test_a_new_member_of_the_group_gains_nothing_in_direct_messages(pair):
    anneke, joost = pair
    subgroup = SubgroupFactory()
    start_direct(by=anneke, members=[joost])
    third = MemberFactory()
    add_member(subgroup=subgroup, member=third)

    assert not visible_conversations(third).filter(kind="direct").exists()
