"""Notices in the app: some unread for everybody, and a year of read ones."""

from community.pages.models import AnnouncementPage
from community.portal.full.house import House, in_bulk
from notifications.models import Notice

PER_MEMBER = 6


def fill(house: House) -> None:
    newest = list(AnnouncementPage.objects.filter(scope="everyone").order_by("-pk").values_list("pk", flat=True))
    in_bulk(
        Notice,
        (
            Notice(
                member=member,
                kind="announcement",
                key=f"announcement:{announcement}",
                context={"announcement": announcement},
                created_at=(at := house.moment(90)),
                read_at=at if place > 1 else None,
            )
            for member in house.members
            for place, announcement in enumerate(newest[:PER_MEMBER])
        ),
    )
