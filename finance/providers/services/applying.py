"""What a provider says becomes bookings: each payment, refund and chargeback at most once, in whatever order."""

import logging

from django.db import IntegrityError, transaction
from django.utils import timezone

from finance.providers.choice import provider_by_code
from finance.providers.interface import PaymentState
from finance.providers.models import PaymentAttempt
from finance.providers.services.chargebacks import apply_chargeback
from finance.providers.services.refunding import apply_refund
from finance.providers.settling import settler

logger = logging.getLogger(__name__)
Status = PaymentAttempt.Status


@transaction.atomic
def apply_state(*, attempt: PaymentAttempt, state: PaymentState) -> PaymentAttempt:
    """Turn what the provider says into at most one booking; called again, late or at once, it changes nothing more.

    A payment that comes after cancelling, failing or expiring is booked all the same: the money is there.
    """
    attempt = PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
    if because := _why_not_ours(attempt, state):
        logger.warning("a report about payment %s was ignored: %s", attempt.key, because)
        return attempt
    if attempt.provider_id and attempt.provider_id != state.provider_id:
        attempt = _twin(attempt, state)
    _apply_payment(attempt, state)
    for refund in state.refunds:
        apply_refund(attempt, refund)
    for chargeback in state.chargebacks:
        apply_chargeback(attempt, chargeback)
    return attempt


def apply_status(*, attempt: PaymentAttempt, status: str) -> PaymentAttempt:
    """For a provider that says no more than how it ended, such as the practice bank."""
    mandate = f"pm_{attempt.key.hex[:16]}" if attempt.sequence == PaymentAttempt.Sequence.FIRST else ""
    state = PaymentState(attempt.provider_id, status, attempt.cents, attempt_key=str(attempt.key), mandate_id=mandate)
    return apply_state(attempt=attempt, state=state)


def _why_not_ours(attempt: PaymentAttempt, state: PaymentState) -> str:
    """Anybody can send an id; only a payment that we made ourselves, in our own mode, counts."""
    provider = provider_by_code(attempt.provider)
    if state.attempt_key != str(attempt.key) and state.provider_id != attempt.provider_id:
        return "it belongs to another payment"
    if state.currency != "EUR":
        return "another currency"
    if provider and provider.mode and state.mode != provider.mode:
        return f"a {state.mode or 'nameless'} payment on a {provider.mode} site"
    return ""


def _twin(attempt: PaymentAttempt, state: PaymentState) -> PaymentAttempt:
    """A second payment made for the same attempt, after the provider had forgotten our key: a row of its own."""
    same = {"provider": attempt.provider, "provider_id": state.provider_id}
    fields = {
        name: getattr(attempt, name) for name in ("kind", "payable_id", "description", "return_path", "member_id")
    }
    try:
        with transaction.atomic():
            PaymentAttempt.objects.create(**same, **fields, cents=state.cents, status=Status.EXPIRED)
    except IntegrityError:
        pass
    return PaymentAttempt.objects.select_for_update().get(**same)


def _apply_payment(attempt: PaymentAttempt, state: PaymentState) -> None:
    attempt.provider_id = attempt.provider_id or state.provider_id
    attempt.mode, attempt.method = state.mode or attempt.mode, state.method or attempt.method
    attempt.checkout_url, attempt.checked_at = state.url or attempt.checkout_url, timezone.now()
    attempt.mandate_id, attempt.expires_at = state.mandate_id or attempt.mandate_id, state.expires_at
    if attempt.status != Status.PAID and _is_news(attempt.status, state.status):
        attempt.status = state.status
        if state.status == Status.PAID:
            attempt.cents = state.cents  # what really came in, also when that is another amount than was asked
            attempt.settled_at = timezone.now()
            attempt.save()
            attempt.entry, attempt.held_because = settler(attempt.kind).settle(attempt)
    attempt.save()


def _is_news(known: str, said: str) -> bool:
    """An answer that was on its way while a later one was applied does not open what has ended."""
    ended = known not in PaymentAttempt.LIVE
    return said != known and not (ended and said in PaymentAttempt.LIVE)
