"""Telling the audience by mail and push: a walk in member order whose place is saved with every batch."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from community.pages.errors import NobodyLeftToNudge, NothingToConfirm, NudgedLately
from community.pages.models import AnnouncementPage, Broadcast
from community.pages.notices import kind_for
from community.pages.queries import open_members
from community.pages.services.urgency import is_urgent
from groups.people.audit import record
from notifications.services import queue_many

logger = logging.getLogger(__name__)

BATCH = 500
MAX_NUDGES, BETWEEN_NUDGES = 3, timedelta(hours=20)


@transaction.atomic
def start_broadcast(*, announcement: AnnouncementPage) -> Broadcast:
    """Begin to tell the audience, once in the life of an announcement.

    Publishing again returns the broadcast there was. One that stopped half-way, because the announcement was taken
    back, goes on from its place and so reaches the rest.
    """
    broadcast, _created = Broadcast.objects.get_or_create(
        announcement=announcement,
        number=0,
        defaults={"expected": announcement.audience.members().count(), "is_urgent": is_urgent(announcement)},
    )
    transaction.on_commit(_wake, robust=True)
    return broadcast


@transaction.atomic
def nudge(*, announcement: AnnouncementPage, by) -> Broadcast:
    """Remind who has not confirmed yet, and only them; at most once in a day and three times in all.

    Raises NothingToConfirm, NobodyLeftToNudge, NudgedLately.
    """
    Page.objects.select_for_update().get(pk=announcement.pk)
    if not announcement.acknowledge_by or not announcement.live:
        raise NothingToConfirm
    last = announcement.broadcasts.order_by("-number").first()
    if last and last.is_nudge and (last.number >= MAX_NUDGES or timezone.now() - last.started_at < BETWEEN_NUDGES):
        raise NudgedLately
    left = open_members(announcement).count()
    if not left:
        raise NobodyLeftToNudge
    number = last.number + 1 if last else 1
    broadcast = Broadcast.objects.create(announcement=announcement, number=number, by=by, expected=left)
    record(by=by, act="announcement.nudged", about=announcement, details={"people": left})
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
    everybody = open_members(announcement) if broadcast.is_nudge else announcement.audience.members()
    members = everybody.filter(pk__gt=broadcast.after_member)
    ids = list(members.order_by("pk").values_list("pk", flat=True)[:size])
    if not ids:
        Broadcast.objects.filter(pk=broadcast.pk).update(finished_at=timezone.now())
        return 0
    queue_many(
        member_ids=ids,
        kind=kind_for(broadcast),
        key=announcement.key,
        context={"announcement": announcement.pk},
        dedupe=broadcast.fact,
    )
    Broadcast.objects.filter(pk=broadcast.pk).update(after_member=ids[-1], told=F("told") + len(ids))
    return len(ids)
