"""Notices in the app: some unread for everybody, and a year of read ones."""

from community.portal.full.house import House, in_bulk
from notifications.models import Notice

PER_MEMBER = 6


def fill(house: House) -> None:
    in_bulk(
        Notice,
        (
            Notice(
                member=member,
                kind="announcement",
                key=f"announcement:old-{place}",
                context={},
                created_at=(at := house.moment(90)),
                read_at=at if place > 1 else None,
            )
            for member in house.members
            for place in range(PER_MEMBER)
        ),
    )
