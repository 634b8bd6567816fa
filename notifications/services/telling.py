"""Telling members things: one fact, one notice, over the channels they want, at most once."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from notifications.kinds import NoticeKind, notice_kind
from notifications.live import publish_to_members
from notifications.models import Channel, Delivery, Mute, Notice, PushSubscription, Timing
from notifications.quiet import after_quiet
from notifications.wanted import plan_digests, settings_of, wanted_channels

BATCH = 500


@transaction.atomic
def notify(
    *,
    member_ids: Iterable[int],
    kind: str,
    key: str,
    context: dict,
    dedupe: str | None = None,
    not_before=None,
    place: str = "",
) -> int:
    """Put a notice in the app for each member and queue it for the channels they want; returns how many were told.

    `key` is what it is about (`thread:12`): unread notices with one key are bundled into one with a count, and
    reading it drops what is still queued. `dedupe` names the fact, which is told and counted once, whenever it is
    repeated; without it every call counts, and mail and push go out once until the member has read. `place` is
    where it belongs (`subgroup.12`): it can be muted there, and who leaves hears nothing more.
    """
    definition, told = notice_kind(kind), 0
    for batch in in_batches(member_ids):
        ids = _not_told(_not_muted(batch, definition, place), dedupe)
        timings = wanted_channels(ids, definition, place)
        notices = _add_notices(ids, definition, key, place, context, dedupe or "")
        facts = {member_id: dedupe or f"{key}#{notices.get(member_id, 0)}" for member_id in ids}
        _queue(timings, definition, key, place, context, facts, not_before)
        digested = [member_id for member_id in ids if timings[member_id][Channel.MAIL] == Timing.DIGEST]
        put_in_digest(Notice.objects.filter(member__in=digested, key=key, read_at__isnull=True), digested)
        told += len(ids)
    return told


def in_batches(member_ids: Iterable[int]):
    """Lists of at most BATCH ids, so that 51,200 recipients never stand in memory at once."""
    ids = iter(member_ids)
    while batch := list(islice(ids, BATCH)):
        yield batch


def _not_muted(ids: list[int], kind: NoticeKind, place: str) -> list[int]:
    if not place or not kind.optional:
        return ids
    mutes = Mute.objects.filter(Q(until__isnull=True) | Q(until__gt=timezone.now()), place=place, member__in=ids)
    if kind.personal:
        mutes = mutes.filter(keeps_mentions=False)
    silent = set(mutes.values_list("member_id", flat=True))
    return [member_id for member_id in ids if member_id not in silent]


def _not_told(ids: list[int], fact: str | None) -> list[int]:
    if not fact:
        return ids
    told = set(Notice.objects.filter(fact=fact, member__in=ids).values_list("member_id", flat=True))
    return [member_id for member_id in ids if member_id not in told]


def _add_notices(ids: list[int], kind: NoticeKind, key: str, place: str, context: dict, fact: str) -> dict[int, int]:
    """Count the fact in everybody's unread notice, made where there is none; returns {member: notice}.

    First a row with count 0 where none is, then one more for all: two senders at once never clash and lose nothing.
    """
    Notice.objects.bulk_create(
        [Notice(member_id=pk, kind=kind.code, key=key, place=place, context=context, count=0) for pk in ids],
        ignore_conflicts=True,
    )
    unread = Notice.objects.filter(member__in=ids, key=key, read_at__isnull=True)
    fresh = unread.exclude(fact=fact) if fact else unread
    fresh.update(count=F("count") + 1, context=context, created_at=timezone.now(), fact=fact, kind=kind.code)
    publish_badges(ids)
    return dict(unread.values_list("member_id", "pk"))


def put_in_digest(notices, member_ids: Iterable[int]) -> None:
    """Let these notices wait for their members' next summary."""
    notices.update(in_digest=True)
    plan_digests(member_ids)


@transaction.atomic
def queue_many(
    *,
    member_ids: Iterable[int],
    kind: str,
    key: str,
    context: dict,
    dedupe: str,
    not_before=None,
    place: str = "",
) -> int:
    """Queue one delivery per member and wanted channel, without a notice in the app; returns the number of new rows.

    The unique key (dedupe, member, channel) makes repeating harmless: killed and started again, nobody is told twice.
    """
    definition, queued = notice_kind(kind), 0
    for batch in in_batches(member_ids):
        ids = _not_muted(batch, definition, place)
        timings = wanted_channels(ids, definition, place)
        facts = dict.fromkeys(ids, dedupe)
        queued += _queue(timings, definition, key, place, context, facts, not_before)
        plan_digests([pk for pk in ids if timings[pk][Channel.MAIL] == Timing.DIGEST])
    return queued


def _queue(timings, kind: NoticeKind, key: str, place: str, context: dict, facts: dict, not_before) -> int:
    from notifications.services.outbox import wake

    moment, hours = not_before or timezone.now(), settings_of(timings)
    with_push = set(PushSubscription.objects.filter(member__in=timings).values_list("member_id", flat=True))
    rows = [
        Delivery(
            member_id=member_id,
            channel=channel,
            kind=kind.code,
            key=key,
            place=place,
            dedupe=facts[member_id],
            context=context,
            rank=kind.rank,
            not_before=moment if kind.urgent else after_quiet(moment, hours[member_id]),
        )
        for member_id, channels in timings.items()
        for channel, timing in channels.items()
        if timing == Timing.NOW and (channel == Channel.MAIL or member_id in with_push)
    ]
    if rows:
        transaction.on_commit(wake, robust=True)
    return len(Delivery.objects.bulk_create(rows, ignore_conflicts=True))


@transaction.atomic
def read_notices(*, member, keys: Iterable[str] | None = None) -> None:
    """Mark notices read (all, or those about `keys`), and drop what was still going to be sent about them."""
    notices = Notice.objects.filter(member=member, read_at__isnull=True)
    waiting = Delivery.objects.not_begun().filter(member=member)
    if keys is not None:
        keys = list(keys)
        notices, waiting = notices.filter(key__in=keys), waiting.filter(key__in=keys)
    if notices.update(read_at=timezone.now()):
        publish_badge(member.pk)
    waiting.update(state=Delivery.State.DROPPED, done_at=timezone.now())


@transaction.atomic
def settle_notices(*, key: str, kind: str) -> None:
    """What these notices asked for is in somebody's hands: they are read for all, and nothing more is sent of them."""
    Delivery.objects.not_begun().filter(key=key, kind=kind).update(state=Delivery.State.DROPPED, done_at=timezone.now())
    unread = Notice.objects.filter(key=key, kind=kind, read_at__isnull=True)
    members = list(unread.values_list("member_id", flat=True))
    unread.update(read_at=timezone.now())
    publish_badges(members)


@transaction.atomic
def forget_notices(*, member, keys: Iterable[str]) -> None:
    """As if these notices had never been: gone from the list, and what was still to be sent about them is not."""
    keys = list(keys)
    Delivery.objects.not_begun().filter(member=member, key__in=keys).update(
        state=Delivery.State.DROPPED, done_at=timezone.now()
    )
    if Notice.objects.filter(member=member, key__in=keys).delete()[0]:
        publish_badge(member.pk)


@transaction.atomic
def forget_place(*, member, place: str) -> None:
    """The member left the place: its notices go, and nothing that was queued about it is sent."""
    Delivery.objects.not_begun().filter(member=member, place=place).update(
        state=Delivery.State.DROPPED, done_at=timezone.now()
    )
    if Notice.objects.filter(member=member, place=place).delete()[0]:
        publish_badge(member.pk)


def forget_place_of_all(*, place: str) -> None:
    """The place is no more: nobody hears of it again, and nothing is left to mute."""
    Delivery.objects.not_begun().filter(place=place).update(state=Delivery.State.DROPPED, done_at=timezone.now())
    told = list(Notice.objects.filter(place=place, read_at__isnull=True).values_list("member_id", flat=True))
    Notice.objects.filter(place=place).delete()
    Mute.objects.filter(place=place).delete()
    publish_badges(told)


def unread_notices(member) -> int:
    """How many of the member's notices are unread; those of a place that was left are gone (`forget_place`)."""
    return Notice.objects.filter(member=member, read_at__isnull=True).count()


def publish_badge(member_id: int) -> None:
    """After commit, tell the member's open pages how many notices are unread."""
    publish_badges([member_id])


def publish_badges(member_ids: list[int]) -> None:
    unread = Notice.objects.filter(member__in=member_ids, read_at__isnull=True)
    counts = dict(unread.values("member").annotate(number=Count("pk")).values_list("member", "number"))
    publish_to_members("badge", {member_id: {"count": counts.get(member_id, 0)} for member_id in member_ids})
