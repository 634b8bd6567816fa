"""Choosing people by name, with and without JavaScript."""

import pytest
from django.urls import reverse

from groups.conversations.models import Conversation
from tests.factories import MemberFactory, SubgroupFactory, member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def writer(client, subgroup):
    member = member_of(subgroup, first_name="Anneke", last_name="Visser")
    client.force_login(member)
    return member


@pytest.fixture
def post(client, writer):
    def send(headers=None, **fields):
        return client.post(reverse("direct-new"), fields, headers=headers)

    return send


def rows_of(response):
    """Ids of the people shown, and of those ticked."""
    html = response.content.decode()
    inputs = [part.split(">")[0] for part in html.split('<input type="checkbox" name="members" ')[1:]]
    shown = [int(part.split('value="')[1].split('"')[0]) for part in inputs]
    return shown, [pk for pk, part in zip(shown, inputs, strict=True) if "checked" in part]


def test_the_page_opens_without_anybody_listed(client, writer, subgroup):
    member_of(subgroup, first_name="Joost")

    assert rows_of(client.get(reverse("direct-new"))) == ([], [])


def test_a_search_finds_every_word_of_a_name_the_prefix_too(post, subgroup):
    wanted = member_of(subgroup, first_name="Aafke", name_prefix="van der", last_name="Linden")
    member_of(subgroup, first_name="Aafke", last_name="Bos")

    response = post(**{"members-search": "aafke van linden", "members-find": "1"})

    assert response.status_code == 200
    assert rows_of(response) == ([wanted.pk], [])


def test_a_second_search_keeps_who_was_ticked(post, subgroup):
    joost, ineke = member_of(subgroup, first_name="Joost"), member_of(subgroup, first_name="Ineke")

    response = post(**{"members-search": "ineke", "members-find": "1", "members": [joost.pk]})

    assert rows_of(response) == ([joost.pk, ineke.pk], [joost.pk])


def test_htmx_gets_the_rows_alone(post, subgroup):
    joost = member_of(subgroup, first_name="Joost")

    response = post({"HX-Request": "true"}, **{"members-search": "joost", "members-find": "1"})

    assert "<html" not in response.content.decode()
    assert rows_of(response) == ([joost.pk], [])


def test_searching_starts_no_conversation_and_choosing_does(post, subgroup):
    joost = member_of(subgroup, first_name="Joost")

    post(**{"members-search": "joost", "members-find": "1", "members": [joost.pk]})
    after_search = Conversation.objects.filter(kind="direct").count()
    post(members=[joost.pk])

    assert after_search == 0
    assert Conversation.objects.filter(kind="direct").count() == 1


def test_nobody_chosen_is_refused_with_a_sentence(post):
    response = post(**{"members-search": "joost"})

    assert response.status_code == 422
    assert "field-error" in response.content.decode()


@pytest.mark.parametrize("value", ["abc", "-1", "99999999999999999999", "1 OR 1=1", "\x00"])
def test_a_made_up_id_is_refused(post, value):
    assert post(members=[value]).status_code == 422


def test_more_than_a_screenful_says_so(post, subgroup):
    for number in range(21):
        member_of(subgroup, first_name="Kees", last_name=f"Nummer{number:02}")

    response = post(**{"members-search": "kees", "members-find": "1"})

    assert len(rows_of(response)[0]) == 20
    assert "Er zijn er meer" in response.content.decode()


def test_who_is_not_visible_is_not_found(post):
    MemberFactory(first_name="Onzichtbaar", is_active=False)

    assert rows_of(post(**{"members-search": "onzichtbaar", "members-find": "1"})) == ([], [])
