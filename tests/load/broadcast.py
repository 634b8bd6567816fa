"""How fast an announcement to a full association is queued, next to bare inserts of as many rows in the same run.

    COMMUNITY_DATABASE_URL=postgres://… python -m tests.load.broadcast [members]

Use an empty database of its own: it makes the members it needs and leaves them there.
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from django.core.management import call_command
from django.utils import timezone

from community.pages.audience import Scope
from community.pages.models import AnnouncementPage, Broadcast
from community.pages.queries import latest_unread_announcement
from community.pages.services import continue_broadcasts, write_announcement
from groups.people.models import AssociationRole, Enrolment, Member, MembershipKind
from groups.people.services import grant_role
from notifications.models import Delivery


def measured(act):
    begin = time.perf_counter()
    result = act()
    return result, time.perf_counter() - begin


def fill(wanted: int) -> Member:
    """Members up to `wanted`, all enrolled; returns a community manager."""
    kind, _ = MembershipKind.objects.get_or_create(name="Lid")
    for start in range(Member.objects.count(), wanted, 5000):
        numbers = range(start, min(start + 5000, wanted))
        members = Member.objects.bulk_create(
            Member(first_name=f"Lid{n}", last_name="Last", email=f"lid{n}@last.example") for n in numbers
        )
        Enrolment.objects.bulk_create(Enrolment(member=member, kind=kind) for member in members)
    manager = Member.objects.order_by("pk").first()
    grant_role(member=manager, role=AssociationRole.COMMUNITY_MANAGER, by=None)
    return manager


def main(wanted: int) -> None:
    call_command("migrate", verbosity=0)
    manager = fill(wanted)
    announcement = write_announcement(by=manager, title="Last", text="Aan iedereen.", scope=Scope.EVERYONE)
    _, publishing = measured(lambda: announcement.latest_revision.publish())
    Broadcast.objects.filter(announcement=announcement).update(after_member=0, told=0, finished_at=None)
    Delivery.objects.filter(key=announcement.key).delete()
    told, walking = measured(continue_broadcasts)
    rows = Delivery.objects.filter(key=announcement.key).count()
    _, bare = measured(lambda: bare_inserts(announcement, wanted))
    _, looking = measured(lambda: latest_unread_announcement(manager))
    print(f"published in {publishing:.2f} s, seen by its readers in {1000 * looking:.1f} ms")
    print(f"told {told} members, {rows} entries in {walking:.1f} s: {rows / walking:.0f} a second")
    print(f"bare inserts of as many rows: {bare:.1f} s; ratio {walking / bare:.1f}")
    Delivery.objects.filter(dedupe="bare").delete()


def bare_inserts(announcement: AnnouncementPage, wanted: int) -> None:
    ids = list(Member.objects.order_by("pk").values_list("pk", flat=True)[:wanted])
    moment = timezone.now()
    for start in range(0, len(ids), 500):
        Delivery.objects.bulk_create(
            Delivery(
                member_id=pk, channel="mail", kind="announcement", key="bare", dedupe="bare", not_before=moment,
                state=Delivery.State.DROPPED,
            )
            for pk in ids[start : start + 500]
        )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 51_200)
