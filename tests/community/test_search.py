from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from groups.conversations.services import chat_of, edit_message, post_message, remove_message, start_thread
from groups.events.services import plan_event
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_finance import pot_in
from tests.factories_polls import make_poll, running_poll
from tests.factories_talk import said
from theme.search import Question, snippet

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory(name="Zomertocht", description="Alles over de sluizen")


def found(client, q, **narrowed):
    answer = client.get(reverse("search"), {"q": q, **narrowed})
    assert answer.status_code == 200
    return {a.source.code: [hit.title for hit in a.hits] for a in answer.context["found"] or []}


def test_everything_one_may_see_is_found_by_kind(client, subgroup):
    writer = member_of(subgroup)
    start_thread(subgroup=subgroup, by=writer, title="Route en sluizen", text="Bij Stavoren is het druk")
    post_message(conversation=chat_of(subgroup), by=writer, text="De sluizen zijn open")
    client.force_login(writer)

    assert found(client, "sluizen") == {
        "threads": ["Route en sluizen"],
        "messages": ["Zomertocht"],
        "groups": ["Zomertocht"],
    }


@pytest.mark.parametrize("who", ["outsider", "left", "removed", "module off"])
def test_nothing_hidden_shows_in_any_answer(client, who):
    subgroup = SubgroupFactory(name="Geheimgroep", is_hidden=True)
    writer = member_of(subgroup)
    start_thread(subgroup=subgroup, by=writer, title="Geheimplan", text="geheimtaal eerste")
    message = post_message(conversation=chat_of(subgroup), by=writer, text="geheimtaal tweede")
    searcher = MemberFactory() if who == "outsider" else member_of(subgroup)
    if who == "left":
        end_membership(subgroup=subgroup, member=searcher)
    if who == "removed":
        remove_message(message=message, by=writer)
    if who == "module off":
        subgroup.modules = []
        subgroup.save()
    client.force_login(searcher)

    messages = found(client, "geheimtaal")
    assert messages == ({"messages": ["Geheimplan"]} if who == "removed" else {})
    if who in ("outsider", "left"):
        assert "Geheim" not in client.get(reverse("search"), {"q": "Geheimplan"}).content.decode().replace(
            'value="Geheimplan"', ""
        )


def test_an_edited_message_is_found_by_its_new_words_only(client, subgroup):
    writer = member_of(subgroup)
    message = post_message(conversation=chat_of(subgroup), by=writer, text="vertrek om zes uur")
    edit_message(message=message, by=writer, text="vertrek om zeven uur")
    client.force_login(writer)

    assert found(client, "zes") == {}
    assert found(client, "zeven") == {"messages": ["Zomertocht"]}


def test_a_search_is_narrowed_by_group_person_kind_and_date(client, subgroup):
    other = SubgroupFactory(name="Materiaal")
    joost, ineke = member_of(subgroup, first_name="Joost"), member_of(subgroup, first_name="Ineke")
    from groups.subgroups.services import add_member

    add_member(subgroup=other, member=joost)
    said(chat_of(subgroup), joost, "de lampen zijn stuk", at=timezone.now() - timedelta(days=40))
    said(chat_of(subgroup), ineke, "lampen gehaald")
    said(chat_of(other), joost, "lampen besteld")
    client.force_login(joost)

    assert found(client, "lampen")["messages"] == ["Materiaal", "Zomertocht", "Zomertocht"]
    assert found(client, "lampen", group=other.pk) == {"messages": ["Materiaal"]}
    assert found(client, "lampen", person="Ineke") == {"messages": ["Zomertocht"]}
    assert found(client, "lampen", until=(timezone.localdate() - timedelta(days=30)).isoformat()) == {
        "messages": ["Zomertocht"]
    }
    assert found(client, "lampen", kind="people") == {}


def test_a_group_one_is_not_in_cannot_be_searched_by_its_number(client, subgroup):
    said(chat_of(subgroup), member_of(subgroup), "lampen")
    client.force_login(MemberFactory())

    assert found(client, "lampen", group=subgroup.pk) == {}


@pytest.mark.parametrize("typed", ['"', "'", "a*", "NOT", "(", "OR AND", "\x00", "-", "x" * 500, "%"])
def test_no_word_breaks_the_search(client, subgroup, typed):
    client.force_login(member_of(subgroup))

    assert client.get(reverse("search"), {"q": typed}).status_code == 200


def test_accents_and_the_beginning_of_a_word_are_enough(client, subgroup):
    writer = member_of(subgroup)
    said(chat_of(subgroup), writer, "twee ideeën voor de crêpes")
    client.force_login(writer)

    if connection.vendor == "sqlite":
        assert found(client, "crepes") == {"messages": ["Zomertocht"]}
    assert found(client, "ideeën") == {"messages": ["Zomertocht"]}


def test_the_snippet_marks_what_was_found_and_escapes_the_rest():
    assert snippet("kijk <b>bij</b> de sluizen", ["sluis"]) == "kijk &lt;b&gt;bij&lt;/b&gt; de <mark>sluizen</mark>"


def test_the_index_mends_itself_after_a_migration(subgroup):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps a generated column")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER message_words_insert")
    from groups.conversations.fulltext import install, matching
    from groups.conversations.models import Message

    said(chat_of(subgroup), member_of(subgroup), "lampen")
    assert not matching(Message.objects, Question("lampen")).exists()

    install()

    assert matching(Message.objects, Question("lampen")).exists()


@pytest.mark.parametrize("amount", [1, 3])
def test_a_search_costs_the_same_however_much_is_found(client, subgroup, amount, django_assert_max_num_queries):
    writer = member_of(subgroup)
    said(chat_of(subgroup), writer, *["de lampen"] * amount)
    client.force_login(writer)
    client.get(reverse("search"))

    with django_assert_max_num_queries(18):
        client.get(reverse("search"), {"q": "lampen"})


def test_events_polls_and_pots_are_found_by_who_may_see_them(client, subgroup):
    chef = member_of(subgroup, SubgroupRole.MANAGER)
    start = timezone.now() + timedelta(days=3)
    plan_event(
        by=chef, subgroup=subgroup, title="Stormbaan oefenen", starts_at=start, ends_at=start + timedelta(hours=2)
    )
    running_poll(subgroup, question="Stormbaan of rustdag?", by=chef)
    make_poll(subgroup, question="Stormbaan nog in de maak", by=None)
    pot_in(subgroup, chef, name="Stormbaan", purpose="Touwen en planken")
    client.force_login(member_of(subgroup))
    inside = found(client, "stormbaan")
    client.force_login(MemberFactory())

    assert inside == {"events": ["Stormbaan oefenen"], "polls": ["Stormbaan of rustdag?"], "pots": ["Stormbaan"]}
    assert found(client, "stormbaan") == {}
