"""Telling members things: one fact, one notice, over the channels they want, at most once."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from notifications.kinds import notice_kind
from notifications.live import publish_to_member
from notifications.models import Channel, ChannelChoice, Delivery, Notice

logger = logging.getLogger(__name__)

BATCH = 500
TRIES = 5


@transaction.atomic
def notify(
    *, member_ids: Iterable[int], kind: str, key: str, context: dict, dedupe: str | None = None, not_before=None
) -> int:
    """Put a notice in the app for each member and queue it for the channels they want; returns how many were told.

    `key` is what it is about (`thread:12`): unread notices with one key are bundled into one with a count, and
    reading it drops what is still queued. `dedupe` makes a fact tellable once; default: `key` itself.
    """
    told = 0
    for ids in in_batches(member_ids):
        for member_id in ids:
            _add_notice(member_id, kind, key, context)
        queue_many(member_ids=ids, kind=kind, key=key, context=context, dedupe=dedupe or key, not_before=not_before)
        told += len(ids)
    return told


def in_batches(member_ids: Iterable[int]):
    """Lists of at most BATCH ids, so that 51,200 recipients never stand in memory at once."""
    ids = iter(member_ids)
    while batch := list(islice(ids, BATCH)):
        yield batch


def _add_notice(member_id: int, kind: str, key: str, context: dict) -> None:
    bundled = Notice.objects.filter(member_id=member_id, key=key, read_at__isnull=True).update(
        count=F("count") + 1, context=context, created_at=timezone.now()
    )
    if not bundled:
        Notice.objects.create(member_id=member_id, kind=kind, key=key, context=context)
    publish_badge(member_id)


def queue_many(*, member_ids: Iterable[int], kind: str, key: str, context: dict, dedupe: str, not_before=None) -> int:
    """Queue one delivery per member and wanted channel; returns the number of new rows.

    The unique key (dedupe, member, channel) makes repeating harmless: killed and started again, nobody is told twice.
    """
    moment = not_before or timezone.now()
    queued = 0
    for ids in in_batches(member_ids):
        wanted = _wanted_channels(ids, kind)
        rows = [
            Delivery(
                member_id=member_id,
                channel=channel,
                kind=kind,
                key=key,
                dedupe=dedupe,
                context=context,
                not_before=moment,
            )
            for member_id in ids
            for channel in wanted[member_id]
        ]
        queued += len(Delivery.objects.bulk_create(rows, ignore_conflicts=True))
    transaction.on_commit(wake, robust=True)
    return queued


def _wanted_channels(member_ids, kind: str) -> dict[int, set[str]]:
    definition = notice_kind(kind)
    wanted = {member_id: set(definition.channels) for member_id in member_ids}
    if definition.optional:
        for choice in ChannelChoice.objects.filter(member__in=member_ids, kind=kind):
            (wanted[choice.member_id].add if choice.wanted else wanted[choice.member_id].discard)(choice.channel)
    return wanted


def wake() -> None:
    """Tell a worker that there is work. If the broker is away nothing is lost: the sweep finds the rows."""
    from notifications.tasks import send_due

    try:
        send_due.delay()
    except send_due.OperationalError:
        logger.warning("the broker is away; the sweep will send what is queued")


@transaction.atomic
def read_notices(*, member, keys: Iterable[str] | None = None) -> None:
    """Mark notices read (all, or those about `keys`), and drop what was still going to be sent about them."""
    notices = Notice.objects.filter(member=member, read_at__isnull=True)
    waiting = Delivery.objects.filter(member=member, state=Delivery.State.QUEUED)
    if keys is not None:
        keys = list(keys)
        notices, waiting = notices.filter(key__in=keys), waiting.filter(key__in=keys)
    if notices.update(read_at=timezone.now()):
        publish_badge(member.pk)
    waiting.update(state=Delivery.State.DROPPED, done_at=timezone.now())


def publish_badge(member_id: int) -> None:
    """After commit, tell the member's open pages how many notices are unread."""
    unread = Notice.objects.filter(member_id=member_id, read_at__isnull=True).count()
    publish_to_member(member_id, "badge", {"count": unread})


def claim_due(limit: int) -> list[int]:
    """Move up to `limit` due deliveries to SENDING and return their ids; no two workers get the same one."""
    with transaction.atomic():
        due = Delivery.objects.select_for_update(skip_locked=True).filter(
            state=Delivery.State.QUEUED, not_before__lte=timezone.now()
        )
        ids = list(due.order_by("not_before", "pk").values_list("pk", flat=True)[:limit])
        Delivery.objects.filter(pk__in=ids).update(state=Delivery.State.SENDING, claimed_at=timezone.now())
    return ids


def deliver(delivery: Delivery) -> None:
    """Send one claimed delivery, unless by now it is done, read, or no longer theirs to know."""
    member = delivery.member
    kind = notice_kind(delivery.kind)
    if not member.is_active or not kind.still_true(member, delivery.context):
        _finish(delivery, Delivery.State.DROPPED)
        return
    try:
        SENDERS[delivery.channel](delivery, kind)
    except OSError as error:
        _failed(delivery, error)
    else:
        _finish(delivery, Delivery.State.SENT)


def _finish(delivery: Delivery, state: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, done_at=timezone.now(), tries=F("tries") + 1)


def _failed(delivery: Delivery, error: OSError) -> None:
    """The channel refused before anything was sent: try again later, with growing pauses, a few times."""
    tries = delivery.tries + 1
    again = tries < TRIES
    logger.warning("delivery %s was not sent (try %s): %s", delivery.pk, tries, type(error).__name__)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.QUEUED if again else Delivery.State.FAILED,
        not_before=timezone.now() + timedelta(minutes=2**tries),
        tries=tries,
        error=str(error)[:300],
    )


def _send_mail(delivery: Delivery, kind) -> None:
    from notifications.mail import compose

    member = delivery.member
    with translation.override(member.language or "nl"):
        subject, text, html = compose(member, kind, delivery.context)
    mail = EmailMultiAlternatives(subject, text, to=[member.email])
    mail.attach_alternative(html, "text/html")
    mail.send()


SENDERS = {Channel.MAIL: _send_mail}


def send_all_due(limit: int = 200) -> int:
    """Send up to `limit` due deliveries; returns how many were handled.

    A delivery is claimed before it is sent and never re-queued by itself: a crash in between leaves it SENDING
    for a person to judge, since asking a member twice for money is worse than asking once too few.
    """
    ids = claim_due(limit)
    for delivery in Delivery.objects.filter(pk__in=ids).select_related("member"):
        deliver(delivery)
    return len(ids)
