"""The practice corner: five messages to a robot, each of which gets an answer."""

import pytest
from django.urls import reverse

from community.portal.practice.steps import STEPS, THUMB
from groups.conversations.models import Message
from notifications.models import Notice
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
FIVE = ["Hallo allemaal", "Ha @robbie", "Om 9.30 uur", THUMB, "Niet verder vertellen"]


@pytest.fixture
def newcomer(client):
    client.force_login(MemberFactory())
    return client


def send(client, text):
    return client.post(reverse("practice"), {"text": text}, follow=True)


def test_five_messages_get_five_answers_and_reach_nobody_else(newcomer):
    for number, text in enumerate(FIVE, start=1):
        page = send(newcomer, text)
        assert [line.text for line in page.context["lines"]] == FIVE[:number]
        assert str(STEPS[number - 1].praise) in page.content.decode().replace("&#x27;", "'")

    assert page.context["step"] is None
    assert not Message.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("done", "wrong"), [(0, ""), (1, "Ha Robbie"), (2, "straks"), (3, "ok"), (4, "   "), (5, "nog iets")]
)
def test_what_misses_the_point_gets_a_hint_and_stays_in_the_field(newcomer, done, wrong):
    for text in FIVE[:done]:
        send(newcomer, text)

    answer = newcomer.post(reverse("practice"), {"text": wrong})

    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == wrong
    assert len(answer.context["lines"]) == done


def test_once_more_starts_from_the_beginning(newcomer):
    send(newcomer, FIVE[0])

    newcomer.post(reverse("practice-again"))

    assert newcomer.get(reverse("practice")).context["lines"] == []


def test_what_was_written_is_shown_as_text_and_not_run(newcomer):
    page = send(newcomer, "<script>alert(1)</script>")

    assert "<script>alert(1)" not in page.content.decode()


def test_the_corner_is_for_members(client):
    assert client.get(reverse("practice")).status_code == 302
