"""Hearing from the provider: its notices, the payer coming back, and our own rounds. All fetch, then apply."""

import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from finance.providers.choice import online_provider, provider_by_code
from finance.providers.errors import ProviderAway, ProviderRefused
from finance.providers.models import OnlineRefund, PaymentAttempt, ProviderNotice, Round
from finance.providers.services.applying import apply_state
from finance.providers.services.refunding import send_refund
from finance.providers.services.starting import try_again

logger = logging.getLogger(__name__)
CHECK_EVERY = timedelta(minutes=15)
CHARGEBACKS_EVERY = timedelta(hours=24)
LOOK_BACK = timedelta(days=3)
MAX_TRIES = 10
AT_ONCE = 50
MAX_NOTICES = 200  # of one payment that wait; more than any provider sends, so that nobody fills the database


def hear(*, attempt: PaymentAttempt, provider_id: str) -> ProviderNotice | None:
    """Keep the notice; once this has returned, the provider may be told that we have it."""
    if attempt.notices.filter(handled_at__isnull=True).count() >= MAX_NOTICES:
        return None
    return ProviderNotice.objects.create(attempt=attempt, provider_id=provider_id[:60])


def handle_notice(*, notice: ProviderNotice) -> bool:
    """Ask the provider what is true now and apply it; False without an answer, and the sweep comes back to it."""
    provider = provider_by_code(notice.attempt.provider)
    waiting = ProviderNotice.objects.filter(pk=notice.pk)
    waiting.update(tries=F("tries") + 1)
    if provider is None:
        return False
    try:
        attempt = apply_state(attempt=notice.attempt, state=provider.fetch(notice.provider_id))
    except ProviderAway:
        return False
    except ProviderRefused as refused:
        waiting.update(handled_at=timezone.now(), result=f"refused {refused.status}")
        return True
    waiting.update(handled_at=timezone.now(), result=attempt.status)
    return True


def refresh(*, attempt: PaymentAttempt) -> PaymentAttempt:
    """Ask the provider how it stands; for the return page and the button. Raises ProviderAway, ProviderRefused."""
    provider = provider_by_code(attempt.provider)
    if provider is None or not attempt.provider_id:
        return attempt
    return apply_state(attempt=attempt, state=provider.fetch(attempt.provider_id))


def sweep_attempts() -> int:
    """What nobody told us: open attempts, refunds on their way and notices that could not be handled.

    When the provider is away the round ends at once, so that nothing else waits behind it.
    """
    now, seen = timezone.now(), 0
    for notice in _waiting_notices(now):
        if not handle_notice(notice=notice):
            return seen
    for refund in _unsent_refunds(now):
        _quietly(send_refund, refund=refund)
    for attempt in _due(now):
        if not _quietly(refresh if attempt.provider_id else try_again, attempt=attempt):
            return seen
        PaymentAttempt.objects.filter(pk=attempt.pk).update(checked_at=now)
        seen += 1
    return seen


def _waiting_notices(now):
    waiting = ProviderNotice.objects.filter(handled_at__isnull=True, received_at__lt=now - timedelta(minutes=1))
    return waiting.filter(tries__lt=MAX_TRIES).select_related("attempt")[:AT_ONCE]


def _unsent_refunds(now):
    return OnlineRefund.objects.filter(
        status=OnlineRefund.Status.RESERVED, provider_id="", asked_at__lt=now - timedelta(minutes=1)
    )[:AT_ONCE]


def _due(now):
    """The practice bank is left out: nothing happens there but what somebody does on its page."""
    moving = Q(refunds__status__in=["reserved", "queued", "pending", "processing"])
    due = PaymentAttempt.objects.filter(checked_at__lt=now - CHECK_EVERY).exclude(provider="practice")
    return due.filter(Q(status__in=PaymentAttempt.LIVE) | moving).distinct().order_by("checked_at")[:AT_ONCE]


def _quietly(act, **what) -> bool:
    """One payment that cannot be asked about does not stop the others; False when nobody answers at all."""
    try:
        act(**what)
    except ProviderRefused as refused:
        logger.warning("%s was refused: %s", act.__name__, refused)
    except ProviderAway:
        logger.warning("the provider is away")
        return False
    return True


def sweep_chargebacks() -> int:
    """Once a day: whose bank took a payment back? Returns how many payments were looked at."""
    provider = online_provider()
    if provider is None or not is_my_turn("chargebacks", CHARGEBACKS_EVERY):
        return 0
    try:
        ids = provider.charged_back_since(timezone.now() - LOOK_BACK)
    except (ProviderAway, ProviderRefused):
        Round.objects.filter(name="chargebacks").update(done_at=timezone.now() - CHARGEBACKS_EVERY + CHECK_EVERY)
        return 0
    found = PaymentAttempt.objects.filter(provider=provider.code, provider_id__in=ids)
    for attempt in found:
        _quietly(refresh, attempt=attempt)
    return len(found)


def is_my_turn(name: str, every: timedelta) -> bool:
    """Of several workers at once, one gets the turn."""
    now = timezone.now()
    if Round.objects.filter(name=name, done_at__lt=now - every).update(done_at=now):
        return True
    if Round.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            Round.objects.create(name=name, done_at=now)
    except IntegrityError:
        return False
    return True
