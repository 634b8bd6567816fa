"""The outbox: rows are taken by a worker and, one at a time, marked as being sent, sent, and marked as sent."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notifications.budget import HAD_ONE_TODAY, WEEK_IS_FULL, had_news_today, is_news, over_budget
from notifications.carriers import NotSent, Refused, Uncertain, carrier_for, closing
from notifications.kinds import is_still_true, notice_kind
from notifications.models import Delivery, Notice, NoticeSettings
from notifications.places import may_hear_of
from notifications.quiet import after_quiet

logger = logging.getLogger(__name__)

# A mail server may be away for most of a day: pauses of 2, 4, 8 … minutes up to four hours, some twenty hours in all.
TRIES, LONGEST_PAUSE = 12, timedelta(hours=4)
# Longer than any batch takes: who has not begun by then has died.
LEASE = timedelta(minutes=10)
State = Delivery.State


def wake() -> None:
    """Tell a worker that there is work. If the broker is away nothing is lost: the sweep finds the rows."""
    from notifications.tasks import send_due

    try:
        send_due.delay()
    except send_due.OperationalError:
        logger.warning("the broker is away; the sweep will send what is queued")


def claim_due(limit: int) -> list[int]:
    """Take up to `limit` due deliveries, personal ones first; no two workers get the same one."""
    now, ids = timezone.now(), []
    with transaction.atomic():
        for rank in Delivery.Rank.values:
            due = Delivery.objects.select_for_update(skip_locked=True).filter(
                state=State.QUEUED, rank=rank, not_before__lte=now
            )
            ids += due.order_by("not_before", "pk").values_list("pk", flat=True)[: limit - len(ids)]
            if len(ids) >= limit:
                break
        Delivery.objects.filter(pk__in=ids).update(state=State.TAKEN, claimed_at=now)
    return ids


def release_lost() -> int:
    """Put back what was taken by a worker that died before it began to send; returns how many."""
    lost = Delivery.objects.filter(state=State.TAKEN, claimed_at__lt=timezone.now() - LEASE)
    return lost.update(state=State.QUEUED, claimed_at=None)


def send_all_due(limit: int = 50) -> int:
    """Send up to `limit` due deliveries; returns how many were taken up.

    A delivery that was SENDING is never queued again by itself: a crash in between leaves it for a person to judge,
    since asking a member twice for money is worse than asking once too few.
    """
    ids = claim_due(limit)
    deliveries = list(
        Delivery.objects.filter(pk__in=ids).select_related("member__notice_settings").order_by("rank", "pk")
    )
    _share_members(deliveries)
    members = {delivery.member_id for delivery in deliveries}
    limits = Limits(over_budget(members), had_news_today(members))
    with closing() as carriers:
        for bundle in _bundles(deliveries):
            going = [delivery for delivery in bundle if _may_go(delivery, limits)]
            _deliver(going, carriers)
            limits.count(going)
    return len(ids)


@dataclass(frozen=True, slots=True)
class Limits:
    """Members whose week is full, and those who had the one mail with news that they want in a day."""

    week_is_full: set[int]
    had_news: set[int]

    def count(self, sent: list[Delivery]) -> None:
        """What goes out in this batch counts for what comes after it in the same batch."""
        self.had_news.update(d.member_id for d in sent if is_news(d) and hours_of(d.member).spares_news)


def _share_members(deliveries: list[Delivery]) -> None:
    """One member object for all that goes to one member, so that what is asked about them is asked once."""
    members = {}
    for delivery in deliveries:
        delivery.member = members.setdefault(delivery.member_id, delivery.member)


def _bundles(deliveries: list[Delivery]):
    """What one member gets over one channel at the same moment goes as one; own payments and security go alone."""
    bundles: dict[tuple, list[Delivery]] = {}
    for delivery in deliveries:
        kind = notice_kind(delivery.kind)
        alone = None if kind.optional and not kind.bulk else delivery.pk
        bundles.setdefault((delivery.member_id, delivery.channel, alone), []).append(delivery)
    return bundles.values()


def _may_go(delivery: Delivery, limits: Limits) -> bool:
    """Whether it still may be sent; what may not is dropped, put off, or left for the summary."""
    member, kind = delivery.member, notice_kind(delivery.kind)
    may_hear = member.is_active and may_hear_of(member, delivery.place)
    if not may_hear or not is_still_true(kind, member, delivery.context):
        return _finish([delivery], State.DROPPED)
    later = after_quiet(timezone.now(), hours_of(member))
    if not kind.urgent and later > timezone.now():
        Delivery.objects.filter(pk=delivery.pk, state=State.TAKEN).update(state=State.QUEUED, not_before=later)
        return False
    if delivery.member_id in limits.week_is_full and not kind.passes_budget:
        return _leave_for_digest(delivery, WEEK_IS_FULL)
    if delivery.member_id in limits.had_news and is_news(delivery):
        return _leave_for_digest(delivery, HAD_ONE_TODAY)
    return True


def hours_of(member) -> NoticeSettings:
    return getattr(member, "notice_settings", None) or NoticeSettings(member_id=member.pk)


def _leave_for_digest(delivery: Delivery, why: str) -> bool:
    from notifications.services.telling import put_in_digest

    notices = Notice.objects.filter(member=delivery.member_id, key=delivery.key, read_at__isnull=True)
    put_in_digest(notices, [delivery.member_id])
    return _finish([delivery], State.DROPPED, error=why)


def _deliver(bundle: list[Delivery], carriers) -> None:
    """Send one message about the whole bundle. Only what is still ours is begun: the lease may have run out."""
    bundle = [delivery for delivery in bundle if _begin(delivery)]
    if not bundle:
        return
    try:
        carrier_for(bundle[0].channel, carriers).send(bundle[0].member, bundle)
    except NotSent as fault:
        _try_later(bundle, fault)
    except Refused as fault:
        _finish(bundle, State.DROPPED if fault.is_expected else State.FAILED, error=str(fault))
    except Uncertain as fault:
        logger.warning("delivery %s may or may not have arrived: %s", bundle[0].pk, fault)
        Delivery.objects.filter(pk__in=_ids(bundle)).update(error=str(fault)[:300])
    else:
        _finish(bundle, State.SENT)


def _begin(delivery: Delivery) -> bool:
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.TAKEN, claimed_at=delivery.claimed_at)
    return bool(mine.update(state=State.SENDING))


def _finish(bundle: list[Delivery], state: str, error: str = "") -> bool:
    Delivery.objects.filter(pk__in=_ids(bundle)).update(
        state=state, done_at=timezone.now(), tries=F("tries") + 1, error=error[:300]
    )
    return False


def _try_later(bundle: list[Delivery], fault: NotSent) -> None:
    """The channel refused before anything was sent: try again later, with growing pauses."""
    tries = max(delivery.tries for delivery in bundle) + 1
    logger.warning("delivery %s was not sent (try %s): %s", bundle[0].pk, tries, fault)
    Delivery.objects.filter(pk__in=_ids(bundle)).update(
        state=State.QUEUED if tries < TRIES else State.FAILED,
        done_at=None if tries < TRIES else timezone.now(),
        not_before=timezone.now() + min(timedelta(minutes=2**tries), LONGEST_PAUSE),
        tries=tries,
        error=str(fault)[:300],
    )


def _ids(bundle: list[Delivery]) -> list[int]:
    return [delivery.pk for delivery in bundle]
