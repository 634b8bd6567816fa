"""Pinning, and the discussions that an announcement starts in its groups."""

import uuid
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.pages.audience import Scope
from community.pages.errors import AlreadyOver, NotPublished, TooManyPins
from community.pages.models import AnnouncementPage, LinkedThread, Pin
from community.pages.models.announcements import MAX_PINS
from groups.conversations.services import start_thread
from groups.people.audit import record
from groups.subgroups.access import with_module
from groups.subgroups.models import Subgroup

THREADS = uuid.UUID("5a5c0a3e-91c5-4b53-a0de-4b0a3a8f0c55")


@transaction.atomic
def pin(*, announcement: AnnouncementPage, until: date, by) -> None:
    """Put a published announcement on top of its places. Raises NotPublished, AlreadyOver, TooManyPins."""
    if not announcement.live:
        raise NotPublished
    if until < timezone.localdate():
        raise AlreadyOver
    AnnouncementPage.objects.filter(pk=announcement.pk).update(pinned_until=until)
    announcement.pinned_until = until
    if not hold_pins(announcement):
        raise TooManyPins
    record(by=by, act="announcement.pinned", about=announcement, details={"until": until.isoformat()})


@transaction.atomic
def unpin(*, announcement: AnnouncementPage, by) -> None:
    """Take it from the top. Once more changes nothing."""
    AnnouncementPage.objects.filter(pk=announcement.pk).update(pinned_until=None)
    if announcement.pins.all().delete()[0]:
        record(by=by, act="announcement.unpinned", about=announcement)


def hold_pins(announcement: AnnouncementPage) -> bool:
    """Give it a free slot in each of its places; False when one is full. What was asked for is `pinned_until`."""
    today = timezone.localdate()
    Pin.objects.filter(Q(until__lt=today) | Q(announcement=announcement)).delete()
    if not announcement.pinned_until or announcement.pinned_until < today:
        return True
    held = [_hold_slot(announcement, place) for place in places_of(announcement)]
    return all(held)


def places_of(announcement: AnnouncementPage) -> list[int | None]:
    """Ids of the groups on whose page it stands; None is the association."""
    if announcement.scope != Scope.GROUPS:
        return [None]
    return sorted(subgroup.pk for subgroup in announcement.subgroups.all())


def _hold_slot(announcement: AnnouncementPage, place: int | None) -> bool:
    for slot in range(1, MAX_PINS + 1):
        # Two at once: the second waits at the unique slot, gets nothing, and tries the next.
        wanted = Pin(announcement=announcement, subgroup_id=place, slot=slot, until=announcement.pinned_until)
        Pin.objects.bulk_create([wanted], ignore_conflicts=True)
        if Pin.objects.filter(announcement=announcement, subgroup=place).exists():
            return True
    return False


def check_pins(announcement: AnnouncementPage, places: list[int | None]) -> None:
    """Tell the writer at once that a place is full; what counts is the slot at publishing. Raises TooManyPins."""
    taken = Pin.objects.filter(until__gte=timezone.localdate()).exclude(announcement=announcement.pk)
    for place in places:
        if taken.filter(subgroup=place).count() >= MAX_PINS:
            raise TooManyPins


def start_threads(announcement: AnnouncementPage) -> None:
    """A discussion in each of its groups that has discussions. Publishing again starts no second one."""
    if announcement.reply_mode != AnnouncementPage.ReplyMode.THREADS or announcement.owner is None:
        return
    groups = with_module(Subgroup.objects.active(), "threads").filter(pk__in=announcement.subgroups.values("pk"))
    address = f"{settings.BASE_URL}{announcement.get_absolute_url()}"
    for subgroup in groups.order_by("pk"):
        thread = start_thread(
            subgroup=subgroup,
            by=announcement.owner,
            title=announcement.title,
            text=f"{announcement.excerpt}\n\n{address}",
            key=uuid.uuid5(THREADS, f"{announcement.pk}.{subgroup.pk}"),
            is_told=True,
        )
        LinkedThread.objects.get_or_create(conversation=thread, defaults={"announcement": announcement})
