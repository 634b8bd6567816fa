"""An agenda for every group, past and coming, with answers; and tasks."""

from datetime import timedelta

from community.portal.full.house import House, in_bulk
from groups.events.models import Answer, Event
from groups.todos.models import Task

ANSWERS, TASKS = 100, 20


def fill(house: House) -> None:
    for number, subgroup in enumerate(house.subgroups):
        people, lead = house.places_of(number), house.leads[number]
        days = [14 * (place - house.events_per_group * 3 // 4) for place in range(house.events_per_group)]
        events = Event.objects.bulk_create(
            Event(
                subgroup=subgroup, title="Training", place="Botenhuis", created_by=lead, code="123456",
                starts_at=house.now + timedelta(days=day, hours=2), ends_at=house.now + timedelta(days=day, hours=4),
                answer_by=house.now + timedelta(days=day, hours=1),
            )
            for day in days
        )  # fmt: skip
        choices = Answer.Choice.values
        in_bulk(
            Answer,
            (
                Answer(event=event, member=member, choice=choices[member.pk % 3])
                for event in events
                for member in house.random.sample(people, min(ANSWERS, len(people)))
            ),
        )
        Task.objects.bulk_create(
            Task(
                subgroup=subgroup,
                title=f"Bardienst {place + 1}",
                made_by=lead,
                due_at=house.now + timedelta(days=place),
            )
            for place in range(TASKS)
        )
