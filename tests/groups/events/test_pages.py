"""The agenda: pages."""

import pytest
from django.urls import reverse

from groups.events.models import Answer, Event
from groups.events.queries import with_answers
from groups.events.services import answer_event
from groups.subgroups.models import SubgroupRole
from tests.factories import SubgroupFactory, member_of
from tests.groups.events.making import Choice, amsterdam, planned

pytestmark = pytest.mark.django_db


def test_the_pages_open_and_answering_works_without_javascript(client):
    event = planned(title="Voorbespreking")
    member = member_of(event.subgroup)
    client.force_login(member)

    agenda = client.get(reverse("agenda")).content.decode()
    group = client.get(reverse("subgroup-agenda", args=[event.subgroup.slug])).content.decode()
    answered = client.post(
        reverse("answer-event", args=[event.pk]), {"choice": "yes", "remark": "Met auto"}, follow=True
    )

    assert "Voorbespreking" in agenda and "Voorbespreking" in group
    assert answered.status_code == 200
    assert Answer.objects.get().remark == "Met auto"


def test_planning_by_the_form(client):
    subgroup = SubgroupFactory()
    client.force_login(member_of(subgroup, SubgroupRole.MANAGER))
    address = reverse("new-subgroup-event", args=[subgroup.slug])
    values = {"title": "Feest", "first_day": "2030-06-01", "start": "20:00", "end": "23:00", "guest_list": "names"}

    wrong = client.post(address, {**values, "end": "19:00"})
    right = client.post(address, values)

    assert wrong.status_code == 422
    assert "Feest" in wrong.content.decode()
    assert right.status_code == 302
    assert Event.objects.get().starts_at == amsterdam(2030, 6, 1, 20)


@pytest.mark.parametrize("count", [1, 3])
def test_the_agenda_asks_a_fixed_number_of_questions(client, django_assert_max_num_queries, count):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    for _ in range(count):
        answer_event(event=planned(subgroup), member=member, choice=Choice.YES)
    client.force_login(member)
    client.get(reverse("agenda"))

    with django_assert_max_num_queries(24):
        client.get(reverse("agenda"))


def test_numbers_of_answers():
    event = planned(capacity=1)
    first, second, third = (member_of(event.subgroup) for _ in range(3))
    answer_event(event=event, member=first, choice=Choice.YES)
    answer_event(event=event, member=second, choice=Choice.YES)
    answer_event(event=event, member=third, choice=Choice.MAYBE)

    row = with_answers(Event.objects.all(), second).get()

    assert (row.going, row.waiting, row.maybe, row.my_choice) == (1, 1, 1, "yes")
    assert row.my_waiting
