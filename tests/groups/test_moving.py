"""Moving messages: pointers stay, links hold, and nobody has to read again or misses anything."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.conversations.errors import ConversationClosed, NothingToMove
from groups.conversations.models import Conversation, Message, ReadPosition
from groups.conversations.moving import move_messages, split_off
from groups.conversations.queries import reading, unread_once
from groups.conversations.reactions import react
from groups.conversations.services import (
    chat_of,
    close_thread,
    mark_answer,
    post_message,
    read_up_to,
    remove_message,
    start_thread,
)
from groups.people.models import AuditEntry
from groups.subgroups.models import SubgroupRole
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_talk import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def anneke(subgroup):
    return member_of(subgroup, first_name="Anneke")


@pytest.fixture
def moderator(subgroup):
    return member_of(subgroup, SubgroupRole.MODERATOR)


@pytest.fixture
def chat(subgroup, anneke):
    chat = chat_of(subgroup)
    said(chat, anneke, "hallo", "wie rijdt?", "ik", "tot zo")
    return chat


def texts(conversation):
    return list(conversation.messages.present().order_by("number").values_list("text", flat=True))


def test_messages_of_a_chat_become_a_discussion_and_leave_pointers(client, chat, moderator, anneke):
    thread = split_off(conversation=chat, numbers=[2, 3], title="Vervoer", by=moderator)

    assert texts(thread) == ["wie rijdt?", "ik"]
    assert texts(chat) == ["hallo", "tot zo"]
    assert (thread.started_by, thread.title) == (anneke, "Vervoer")
    assert list(chat.messages.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    client.force_login(anneke)
    page = client.get(chat.get_absolute_url()).content.decode()
    assert page.count("Verplaatst naar “Vervoer”") == 2
    assert "wie rijdt?" not in page


def test_links_to_moved_messages_go_on_working(client, chat, moderator, anneke):
    message = chat.messages.get(number=2)
    react(message=message, by=anneke, kind="thumb")

    thread = split_off(conversation=chat, numbers=[2], title="Vervoer", by=moderator)
    client.force_login(anneke)

    assert client.get(reverse("message", args=[message.pk]))["Location"].startswith(f"{thread.get_absolute_url()}?om=1")
    assert client.get(chat.get_absolute_url(), {"om": "2"}).status_code == 200
    assert Message.objects.get(pk=message.pk).reactions.count() == 1


def test_messages_go_to_the_end_of_a_discussion_that_is_there(chat, subgroup, moderator, anneke):
    thread = start_thread(subgroup=subgroup, by=anneke, title="Vervoer", text="Hoe komen we er?")

    move_messages(conversation=chat, numbers=[3, 2], to=thread, by=moderator)

    assert texts(thread) == ["Hoe komen we er?", "wie rijdt?", "ik"]


def test_authors_hear_of_it_and_it_is_in_the_log(chat, moderator, anneke):
    split_off(conversation=chat, numbers=[2], title="Vervoer", by=moderator)

    assert Notice.objects.filter(member=anneke, kind="moved").count() == 1
    assert AuditEntry.objects.filter(act="talk.moved", actor_id=moderator.pk).count() == 1


def test_what_was_read_stays_read_and_what_was_not_stays_new(chat, subgroup, moderator):
    up_to_date, halfway, new = member_of(subgroup), member_of(subgroup), member_of(subgroup)
    for member, number in ((up_to_date, 4), (halfway, 2)):
        read_up_to(conversation=chat, member=member, number=number)
    ReadPosition.objects.create(conversation=chat, member=new, number=0)

    thread = split_off(conversation=chat, numbers=[2, 3], title="Vervoer", by=moderator)

    assert [thread_unread(thread, member) for member in (up_to_date, halfway, new)] == [0, 1, 2]


def thread_unread(thread, member):
    row = reading(thread, member)
    return row.last_number - row.read_number


@pytest.mark.parametrize("numbers", [[], [99]])
def test_there_must_be_something_to_move(chat, moderator, numbers):
    with pytest.raises(NothingToMove):
        split_off(conversation=chat, numbers=numbers, title="Leeg", by=moderator)
    assert not Conversation.objects.filter(kind="thread").exists()


def test_removed_and_moved_messages_do_not_move_again(chat, moderator, subgroup, anneke):
    remove_message(message=chat.messages.get(number=2), by=anneke)
    split_off(conversation=chat, numbers=[3], title="Vervoer", by=moderator)

    with pytest.raises(NothingToMove):
        split_off(conversation=chat, numbers=[2, 3], title="Nog eens", by=moderator)


def test_nothing_moves_to_another_group(chat, moderator):
    elsewhere = SubgroupFactory()
    thread = start_thread(subgroup=elsewhere, by=member_of(elsewhere), title="Elders", text="hallo")

    with pytest.raises(NothingToMove):
        move_messages(conversation=chat, numbers=[1], to=thread, by=moderator)
    assert len(texts(chat)) == 4


def test_a_discussion_that_was_emptied_is_closed_and_loses_its_answer(subgroup, anneke, moderator):
    one = start_thread(subgroup=subgroup, by=anneke, title="Een", text="vraag")
    two = start_thread(subgroup=subgroup, by=anneke, title="Twee", text="zelfde vraag")
    reply = post_message(conversation=two, by=moderator, text="antwoord")
    mark_answer(conversation=two, message=reply, by=anneke)

    move_messages(conversation=two, numbers=[1, 2], to=one, by=moderator)

    two.refresh_from_db()
    assert two.closed_at is not None
    assert two.answer is None
    with pytest.raises(ConversationClosed):
        post_message(conversation=two, by=anneke, text="nog iets")


def test_a_pointer_without_removal_is_refused_by_the_database(chat):
    first, last = chat.messages.order_by("number")[:2]

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=first.pk).update(moved_to=last)


def test_the_moderator_walks_it_in_the_browser(client, chat, moderator):
    message = chat.messages.get(number=2)
    client.force_login(moderator)
    address = reverse("message-move", args=[message.pk])
    page = client.get(address).content.decode()
    assert "wie rijdt?" in page
    assert "hallo" not in page

    refused = client.post(address, {"numbers": ["2", "3"], "title": " "})
    answer = client.post(address, {"numbers": ["2", "3"], "title": "Vervoer"})

    thread = Conversation.objects.get(kind="thread")
    assert refused.status_code == 422
    assert answer["Location"] == thread.get_absolute_url()
    assert texts(thread) == ["wie rijdt?", "ik"]


def test_who_does_not_moderate_cannot_move(client, chat, anneke):
    message = chat.messages.get(number=2)
    for member, status in ((anneke, 403), (MemberFactory(), 404)):
        client.force_login(member)
        answer = client.post(reverse("message-move", args=[message.pk]), {"numbers": ["2"], "title": "Weg"})
        assert answer.status_code == status
    assert len(texts(chat)) == 4


def test_starting_a_discussion_about_a_message_quotes_it(client, chat, subgroup, anneke):
    client.force_login(anneke)
    message = chat.messages.get(number=2)

    page = client.get(reverse("new-thread", args=[subgroup.slug]), {"from": message.pk}).content.decode()

    assert "&gt; wie rijdt?" in page
    assert message.get_absolute_url() in page


def test_a_message_of_elsewhere_is_not_quoted(client, subgroup, anneke):
    elsewhere = SubgroupFactory()
    secret = said(chat_of(elsewhere), member_of(elsewhere), "geheim")[0]
    client.force_login(anneke)

    assert "geheim" not in client.get(reverse("new-thread", args=[subgroup.slug]), {"from": secret.pk}).content.decode()


def test_closing_and_pinning_is_for_moderators(client, subgroup, anneke, moderator):
    thread = start_thread(subgroup=subgroup, by=anneke, title="Een", text="vraag")
    for name in ("thread-close", "thread-pin"):
        client.force_login(anneke)
        assert client.post(reverse(name, args=[thread.pk]), {"on": "1"}).status_code == 403
        client.force_login(moderator)
        client.post(reverse(name, args=[thread.pk]), {"on": "1"})

    thread.refresh_from_db()
    page = client.get(thread.get_absolute_url()).content.decode()
    assert thread.closed_at
    assert thread.pinned_at
    assert "<textarea" not in page
    close_thread(conversation=thread, by=moderator, on=False)
    assert "<textarea" in client.get(thread.get_absolute_url()).content.decode()


def test_pointers_cost_nothing_extra(client, chat, moderator, anneke):
    client.force_login(anneke)
    client.get(chat.get_absolute_url())
    split_off(conversation=chat, numbers=[2], title="Een", by=moderator)
    with CaptureQueriesContext(connection) as few:
        client.get(chat.get_absolute_url())
    split_off(conversation=chat, numbers=[3, 4], title="Twee", by=moderator)
    with CaptureQueriesContext(connection) as many:
        client.get(chat.get_absolute_url())

    assert len(many) == len(few)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.integers(0, 1)),
        st.tuples(st.just("read"), st.integers(0, 1), st.integers(0, 9)),
        st.tuples(st.just("move"), st.sets(st.integers(1, 9), min_size=1, max_size=4), st.booleans()),
    ),
    min_size=1,
    max_size=14,
)


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_read_and_moved_nothing_is_lost_doubled_or_silently_read(steps):
    with transaction.atomic():
        _walk(steps)
        transaction.set_rollback(True)


def _walk(steps):
    subgroup = SubgroupFactory(name=f"Groep {timezone.now().timestamp()} {len(steps)} {id(steps)}")
    people = [member_of(subgroup), member_of(subgroup)]
    chat = chat_of(subgroup)
    thread = start_thread(subgroup=subgroup, by=people[0], title="Eerste", text="opening")
    written = ["opening"]
    for step in steps:
        before = {member: unread_texts(subgroup, member) for member in people}
        if step[0] == "say":
            text = f"regel {len(written)}"
            written.append(text)
            said(chat, people[step[1]], text)
        elif step[0] == "read":
            conversation = chat if step[2] % 2 else thread
            conversation.refresh_from_db()
            read_up_to(conversation=conversation, member=people[step[1]], number=step[2])
        else:
            moved(chat, thread if step[2] else None, sorted(step[1]), people[0])
            for member in people:
                assert before[member] <= unread_texts(subgroup, member)
        everything = Message.objects.present().filter(conversation__subgroup=subgroup)
        assert sorted(everything.values_list("text", flat=True)) == sorted(written)
        for conversation in subgroup.conversations.all():
            numbers = list(conversation.messages.order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, conversation.last_number + 1))


def moved(chat, thread, numbers, by):
    try:
        if thread:
            move_messages(conversation=chat, numbers=numbers, to=thread, by=by)
        else:
            split_off(conversation=chat, numbers=numbers, title="Nieuw", by=by)
    except NothingToMove:
        return


def unread_texts(subgroup, member) -> set[str]:
    member.__dict__.pop("_unread_by_kind", None)
    unread_once(member)
    found = set()
    for conversation in subgroup.conversations.all():
        position = reading(conversation, member).read_number
        rows = conversation.messages.present().filter(number__gt=position)
        found |= set(rows.values_list("text", flat=True))
    return found
