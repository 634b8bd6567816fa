"""The agenda: answers and the line."""

import pytest
from django.urls import reverse

from groups.events.errors import AnswersClosed, EventCancelled
from groups.events.models import Answer, Event
from groups.events.services import answer_event, cancel_event, change_event
from notifications.models import Delivery, Notice, PushSubscription
from tests.factories import member_of
from tests.groups.events.making import Choice, amsterdam, planned
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def test_place_31_of_30_goes_to_the_waiting_list():
    event = planned(capacity=30)
    people = [member_of(event.subgroup) for _ in range(31)]

    answers = [answer_event(event=event, member=member, choice=Choice.YES) for member in people]

    assert [answer.is_waiting for answer in answers] == [False] * 30 + [True]


def test_a_cancellation_lets_the_first_in_line_in_and_tells_them_in_app_push_and_mail():
    event = planned(capacity=1)
    comes, first, second = (member_of(event.subgroup) for _ in range(3))
    for member in (comes, first, second):
        answer_event(event=event, member=member, choice=Choice.YES)

    PushSubscription.objects.create(member=first, endpoint="https://push.example/1", public_key="k", secret="s")

    answer_event(event=event, member=comes, choice=Choice.NO)

    assert not Answer.objects.get(member=first).is_waiting
    assert Answer.objects.get(member=second).is_waiting
    assert list(Notice.objects.values_list("member", "kind")) == [(first.pk, "event-place")]
    told = Delivery.objects.filter(kind="event-place").order_by("channel").values_list("member", "channel")
    assert list(told) == [(first.pk, "mail"), (first.pk, "push")]


def test_answering_the_same_again_keeps_the_place_in_line():
    event = planned(capacity=1)
    comes, first, second = (member_of(event.subgroup) for _ in range(3))
    for member in (comes, first, second, first):
        answer_event(event=event, member=member, choice=Choice.YES, remark="ik kom op de fiets")

    answer_event(event=event, member=comes, choice=Choice.MAYBE)

    assert not Answer.objects.get(member=first).is_waiting


def test_more_places_let_more_in():
    event = planned(capacity=1)
    people = [member_of(event.subgroup) for _ in range(3)]
    for member in people:
        answer_event(event=event, member=member, choice=Choice.YES)

    change_event(event=event, by=event.created_by, capacity=2)

    assert [Answer.objects.get(member=member).is_waiting for member in people] == [False, False, True]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_at_once_for_the_last_place_give_one_place_and_one_in_line():
    event = planned(capacity=1)
    people = [member_of(event.subgroup) for _ in range(4)]

    results = at_once(
        *(lambda member=member: answer_event(event=event, member=member, choice=Choice.YES) for member in people)
    )

    assert sorted(answer.is_waiting for answer in results) == [False, True, True, True]


def test_after_the_deadline_and_after_cancelling_nobody_answers(time_machine):
    time_machine.move_to(amsterdam(2026, 11, 20, 12))
    late = planned(starts_at=amsterdam(2026, 11, 25, 20), answer_by=amsterdam(2026, 11, 23, 23, 59))
    gone = planned(starts_at=amsterdam(2026, 11, 25, 20))
    cancel_event(event=gone, by=gone.created_by)
    time_machine.move_to(amsterdam(2026, 11, 24, 0, 1))

    for event in (late, gone):
        with pytest.raises(AnswersClosed):
            answer_event(event=event, member=member_of(event.subgroup), choice=Choice.YES)
    with pytest.raises(EventCancelled):
        change_event(event=gone, by=gone.created_by, title="Toch")


def test_the_guest_list_follows_the_choice(client):
    event = planned(guest_list=Event.GuestList.COUNT)
    guest = member_of(event.subgroup, first_name="Quirijn")
    answer_event(event=event, member=guest, choice=Choice.YES)

    client.force_login(member_of(event.subgroup))
    to_member = client.get(event.get_absolute_url()).content.decode()
    client.force_login(event.created_by)
    to_organiser = client.get(event.get_absolute_url()).content.decode()

    assert "Quirijn" not in to_member
    assert "Quirijn" in to_organiser
    assert "1 komt" in to_member


def test_nobody_but_the_organisers_learns_how_many_come_when_that_was_chosen(client):
    event = planned(guest_list=Event.GuestList.ORGANISERS, capacity=8, title="Intervisie")
    answer_event(event=event, member=member_of(event.subgroup, first_name="Quirijn"), choice=Choice.YES)
    pages = [
        event.get_absolute_url(),
        reverse("agenda"),
        reverse("subgroup-agenda", args=[event.subgroup.slug]),
        reverse("threads", args=[event.subgroup.slug]),
    ]

    client.force_login(member_of(event.subgroup))
    to_member = [client.get(page).content.decode() for page in pages]
    client.force_login(event.created_by)
    to_organiser = client.get(event.get_absolute_url()).content.decode()

    assert all("Intervisie" in page for page in to_member)
    assert not any("1 komt" in page or "1 van 8" in page for page in to_member)
    assert "Quirijn" not in to_member[0]
    assert "8 plaatsen" in to_member[0]
    assert "1 van 8 plaatsen" in to_organiser


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (Event.GuestList.NAMES, "Staat bij je naam, voor iedereen die deze activiteit ziet."),
        (Event.GuestList.COUNT, "Alleen de organisatie leest dit."),
    ],
)
def test_the_form_says_who_reads_the_remark(client, choice, told):
    event = planned(guest_list=choice)
    client.force_login(member_of(event.subgroup))

    assert told in client.get(event.get_absolute_url()).content.decode()
