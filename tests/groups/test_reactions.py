import pytest
from django.db import IntegrityError
from django.urls import reverse

from groups.conversations.models import Reaction
from groups.conversations.reactions import react, tallies
from groups.conversations.services import chat_of, post_message
from groups.conversations.streams import _reactions, fragment
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def author(subgroup):
    return member_of(subgroup, first_name="Joost")


@pytest.fixture
def message(subgroup, author):
    return post_message(conversation=chat_of(subgroup), by=author, text="Wie neemt de lampen mee?")


def counts(message, reader):
    public, private = tallies(Reaction.objects.filter(message=message).select_related("message"), reader)
    return {t.kind: t.count for t in public}, {t.kind: t.count for t in private}


def test_a_reaction_given_twice_is_taken_back(subgroup, message):
    member = member_of(subgroup)

    assert react(message=message, by=member, kind="thumb") is True
    assert react(message=message, by=member, kind="thumb") is False

    assert not Reaction.objects.exists()


def test_a_private_reaction_is_seen_by_the_author_and_who_gave_it_and_nobody_else(client, subgroup, author, message):
    giver, other = member_of(subgroup), member_of(subgroup)
    react(message=message, by=giver, kind="help", is_private=True)

    assert counts(message, author) == ({}, {"help": 1})
    assert counts(message, giver) == ({}, {"help": 1})
    assert counts(message, other) == ({}, {})
    assert "handshake" not in fragment(message) + _reactions(message.pk)
    client.force_login(other)
    assert "reactions-private" not in client.get(reverse("chat", args=[subgroup.slug])).content.decode()
    client.force_login(author)
    assert "reactions-private" in client.get(reverse("chat", args=[subgroup.slug])).content.decode()


def test_the_database_keeps_one_of_a_kind_per_member(message, author):
    Reaction.objects.create(message=message, member=author, kind="thumb")

    with pytest.raises(IntegrityError):
        Reaction.objects.create(message=message, member=author, kind="thumb")


def test_reacting_from_a_page_gives_the_counts_back(client, subgroup, message):
    client.force_login(member_of(subgroup))

    answer = client.post(reverse("message-react", args=[message.pk]), {"kind": "thumb"}, headers={"HX-Request": "true"})

    assert 'aria-pressed="true"' in answer.content.decode()
    assert Reaction.objects.get().kind == "thumb"


@pytest.mark.parametrize(("kind", "status"), [("rocket", 400), ("", 400)])
def test_an_unknown_reaction_is_refused(client, subgroup, message, kind, status):
    client.force_login(member_of(subgroup))

    assert client.post(reverse("message-react", args=[message.pk]), {"kind": kind}).status_code == status


def test_an_outsider_cannot_react_nor_ask_for_names(client, subgroup, message):
    client.force_login(MemberFactory())

    assert client.post(reverse("message-react", args=[message.pk]), {"kind": "thumb"}).status_code == 404
    assert client.get(reverse("conversation-people", args=[message.conversation_id])).status_code == 404


def test_names_are_suggested_from_the_group_only(client, subgroup, message):
    MemberFactory(first_name="Jolanda")
    client.force_login(member_of(subgroup))

    found = client.get(reverse("conversation-people", args=[message.conversation_id]), {"q": "jo"}).json()

    assert [person["name"] for person in found["people"]] == ["Joost Voorbeeld"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_quick_presses_never_leave_two():
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    message = post_message(conversation=chat_of(subgroup), by=member, text="ja")

    at_once(*[lambda: react(message=message, by=member, kind="thumb")] * 3)

    assert Reaction.objects.count() == 1
