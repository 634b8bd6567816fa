"""A year of announcements to everybody and to groups, and who opened them."""

from datetime import timedelta

from community.pages.audience import Scope
from community.pages.models import AnnouncementPage, Broadcast, Reading
from community.pages.services import write_announcement
from community.portal.full.house import House, in_bulk

OPENED = 0.4  # of the newest ten; what is older is known of one in fifty


def fill(house: House) -> None:
    for number in range(house.announcements):
        _announce(house, number, house.now - timedelta(days=360 * (house.announcements - number) / house.announcements))


def _announce(house: House, number: int, at) -> None:
    group = house.subgroups[number % len(house.subgroups)] if number % 3 == 0 else None
    announcement = write_announcement(
        by=house.members[0],
        title=f"Mededeling {number + 1}",
        text="Op zaterdag is het botenhuis dicht.\n\nDe vloer wordt geschuurd. Zondag is alles weer open.",
        scope=Scope.GROUPS if group else Scope.EVERYONE,
        subgroups=[group] if group else [],
    )
    people = house.places_of(house.subgroups.index(group)) if group else house.members
    Broadcast.objects.create(
        announcement=announcement, started_at=at, finished_at=at, told=len(people), expected=len(people),
        after_member=max(member.pk for member in people),
    )  # fmt: skip
    announcement.latest_revision.publish()
    AnnouncementPage.objects.filter(pk=announcement.pk).update(first_published_at=at, last_published_at=at)
    share = OPENED if number >= house.announcements - 10 else 0.02
    readers = house.random.sample(people, int(share * len(people)))
    in_bulk(Reading, (Reading(announcement=announcement, member=reader, seen_at=at) for reader in readers))
