"""Loading the demo in one transaction: it is there whole, or not at all."""

from django.db import transaction

from community.portal.demo import (
    agreements,
    announcements,
    conversations,
    counter,
    duty,
    events,
    fees,
    house,
    joining,
    meetings,
    money,
    people,
    photos,
    polls,
    running,
    surprise,
    topics,
)
from community.portal.demo.cast import Club

# In the order in which they lean on each other.
ROOMS = [
    *(
        house,
        people,
        agreements,
        joining,
        announcements,
        polls,
        meetings,
        conversations,
        topics,
        events,
        photos,
        fees,
        money,
        counter,
        duty,
        surprise,
        running,
    ),
]


@transaction.atomic
def load_all(report=lambda room: None) -> Club:
    """Fill an empty database with the demo association; `report(name)` is called before each room."""
    club = Club()
    for room in ROOMS:
        report(room.__name__.rpartition(".")[2])
        room.load(club)
    return club
