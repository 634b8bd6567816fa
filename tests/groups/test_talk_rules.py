from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from groups.conversations.access import visible_conversations, visible_messages
from groups.conversations.models import TalkRules
from groups.conversations.queries import latest_by_subgroup, newer_than, reading, stretch
from groups.conversations.services import chat_of, start_thread
from groups.subgroups.models import Membership, SubgroupRole
from tests.factories import SubgroupFactory, member_of
from tests.factories_talk import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def writer(subgroup):
    member = member_of(subgroup)
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=30))
    return member


def test_a_newcomer_gets_nothing_from_before_where_history_is_hidden(client, subgroup, writer):
    TalkRules.objects.create(subgroup=subgroup, hides_history=True)
    chat = chat_of(subgroup)
    said(chat, writer, "oud geheim", at=timezone.now() - timedelta(days=3))
    thread = start_thread(subgroup=subgroup, by=writer, title="Oud gesprek", text="oud geheim")
    type(thread).objects.filter(pk=thread.pk).update(started_at=timezone.now() - timedelta(days=3))
    newcomer = member_of(subgroup)
    client.force_login(newcomer)
    assert latest_by_subgroup(newcomer) == {}

    said(chat, writer, "nieuw bericht")

    assert [line.message.text for line in stretch(reading(chat, newcomer), newcomer).lines] == ["nieuw bericht"]
    assert [line.message.text for line in newer_than(chat, newcomer, 0)] == ["nieuw bericht"]
    assert list(visible_messages(newcomer).values_list("text", flat=True)) == ["nieuw bericht"]
    assert not visible_conversations(newcomer).filter(pk=thread.pk).exists()
    assert client.get(thread.get_absolute_url()).status_code == 404
    assert "Oud gesprek" not in client.get(reverse("threads", args=[subgroup.slug])).content.decode()
    assert client.get(reverse("search"), {"q": "geheim"}).context["found"] == []
    assert visible_messages(writer).count() == 3


def test_without_the_rule_a_newcomer_reads_back(subgroup, writer):
    said(chat_of(subgroup), writer, "van vroeger", at=timezone.now() - timedelta(days=3))

    assert visible_messages(member_of(subgroup)).count() == 1


@pytest.mark.parametrize(
    ("day", "hour", "answered"), [(23, 10, True), (23, 16, False), (23, 8, False), (22, 10, False)]
)
def test_office_hours_say_when_questions_are_answered(day, hour, answered):
    rules = TalkRules(answers_from=time(9), answers_until=time(16))

    assert rules.is_answered_at(datetime(2026, 11, day, hour, 1, tzinfo=timezone.get_current_timezone())) is answered


def test_managers_choose_the_rules_and_members_see_them(client, subgroup, writer):
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    client.force_login(manager)
    typed = {
        "label": "Geen medische gegevens",
        "warned_words": "bsn, wachtwoord",
        "answers_from": "00:00",
        "answers_until": "00:01",
        "meeting_url": "https://overleg.example/kamer",
    }

    answer = client.post(reverse("talk-rules", args=[subgroup.slug]), typed)

    assert answer.status_code == 302
    client.force_login(writer)
    page = client.get(reverse("chat", args=[subgroup.slug])).content.decode()
    assert "Geen medische gegevens" in page
    assert "bsn,wachtwoord" in page
    assert "https://overleg.example/kamer" in page
    assert client.get(reverse("talk-rules", args=[subgroup.slug])).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers_from": "16:00", "answers_until": "09:00"},
        {"answers_from": "09:00"},
        {"meeting_url": "ftp://x.example"},
    ],
)
def test_rules_that_cannot_be_are_refused(client, subgroup, wrong):
    client.force_login(member_of(subgroup, SubgroupRole.MANAGER))

    assert client.post(reverse("talk-rules", args=[subgroup.slug]), wrong).status_code == 422
    assert not TalkRules.objects.exists()


def test_the_database_refuses_hours_that_end_before_they_begin(subgroup):
    with pytest.raises(IntegrityError):
        TalkRules.objects.create(subgroup=subgroup, answers_from=time(16), answers_until=time(9))
