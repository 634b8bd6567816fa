"""Telling the audience by mail and push: a walk in member order whose place is saved with every batch."""

import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.pages.models import AnnouncementPage, Broadcast
from community.pages.notices import kind_for
from notifications.services import queue_many

logger = logging.getLogger(__name__)

BATCH = 500


@transaction.atomic
def start_broadcast(*, announcement: AnnouncementPage) -> Broadcast:
    """Begin to tell the audience, once in the life of an announcement.

    Publishing again returns the broadcast there was. One that stopped half-way, because the announcement was taken
    back, goes on from its place and so reaches the rest.
    """
    broadcast, _created = Broadcast.objects.get_or_create(
        announcement=announcement, defaults={"expected": announcement.audience.members().count()}
    )
    transaction.on_commit(_wake, robust=True)
    return broadcast


def _wake() -> None:
    from community.pages.tasks import broadcast_announcements

    try:
        broadcast_announcements.delay()
    except broadcast_announcements.OperationalError:
        logger.warning("the broker is away; the clock will tell what is published")


def continue_broadcasts() -> int:
    """Take every unfinished broadcast to its end; returns the number of members handled. May run twice at once."""
    handled = 0
    waiting = Broadcast.objects.filter(finished_at__isnull=True, announcement__live=True)
    for broadcast_id in waiting.order_by("pk").values_list("pk", flat=True):
        while batch := queue_next(broadcast_id):
            handled += batch
    return handled


@transaction.atomic
def queue_next(broadcast_id: int, size: int = BATCH) -> int:
    """Queue for the next members in order and save the place, in one transaction: killed, both are or neither is.

    Returns how many members were handled; 0 when it is finished, taken back, or in another worker's hands.
    """
    broadcast = (
        Broadcast.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=broadcast_id, finished_at__isnull=True, announcement__live=True)
        .first()
    )
    if broadcast is None:
        return 0
    announcement = broadcast.announcement
    members = announcement.audience.members().filter(pk__gt=broadcast.after_member)
    ids = list(members.order_by("pk").values_list("pk", flat=True)[:size])
    if not ids:
        Broadcast.objects.filter(pk=broadcast.pk).update(finished_at=timezone.now())
        return 0
    queue_many(
        member_ids=ids,
        kind=kind_for(announcement),
        key=announcement.key,
        context={"announcement": announcement.pk},
        dedupe=announcement.key,
    )
    Broadcast.objects.filter(pk=broadcast.pk).update(after_member=ids[-1], told=F("told") + len(ids))
    return len(ids)
