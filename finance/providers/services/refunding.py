"""Paying back the way it came. The money is set apart in the books before the provider is asked."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from finance.ledger.errors import BalanceTooLow
from finance.ledger.services import post, reverse
from finance.providers import accounts
from finance.providers.choice import provider_by_code
from finance.providers.errors import MoreThanPaid, NoProvider, OwnRefund, ProviderAway, ProviderRefused, RefundNotOpen
from finance.providers.interface import RefundState
from finance.providers.models import OnlineRefund, PaymentAttempt
from finance.providers.settling import settler

Status = OnlineRefund.Status
SECOND_APPROVAL_CENTS = 250_00
PAYBACK = "payback"  # the settler of what was owed back before
ORDER = [Status.ASKED, Status.RESERVED, Status.QUEUED, Status.PENDING, Status.PROCESSING, Status.REFUNDED]


@transaction.atomic
def ask_refund(
    *, attempt: PaymentAttempt, cents: int, by, because: str = "", owed=None, payback_id: int | None = None
) -> OnlineRefund:
    """Set `cents` of a paid attempt apart to go back; call `send_refund` after the transaction.

    Above a limit it waits for another person's yes. The caller has checked that `by` may. With `owed` (a liability
    of the attempt's ring) the money was set apart before under `payback_id`, and the payable does not change.
    Raises MoreThanPaid, NoProvider, BalanceTooLow.
    """
    provider = provider_by_code(attempt.provider)
    if provider is None or "refund" not in provider.capabilities:
        raise NoProvider
    attempt = PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
    if not 0 < cents <= attempt.refundable_cents:
        raise MoreThanPaid
    refund = OnlineRefund.objects.create(
        attempt=attempt,
        cents=cents,
        because=because[:200],
        payback_id=payback_id,
        status=Status.ASKED if cents > SECOND_APPROVAL_CENTS else Status.RESERVED,
        asked_by_id=by.pk if by else None,
        asked_by_label=str(by)[:160] if by else "",
    )
    _reserve(attempt, refund, by, owed)
    return refund


def _reserve(attempt: PaymentAttempt, refund: OnlineRefund, by=None, owed=None) -> None:
    """Book it out and raise what is reserved; the database refuses more than was paid."""
    line = booked_line(attempt)
    transfers, short = accounts.takings(line.debit.ring, owed or line.credit, attempt.provider, refund.cents)
    if short:
        raise BalanceTooLow
    refund.entry = post(
        key=f"refund:{refund.key}", kind="online_refund", transfers=transfers, by=by, memo=attempt.description
    ).entry
    refund.save(update_fields=["entry"])
    PaymentAttempt.objects.filter(pk=attempt.pk).update(refund_reserved_cents=F("refund_reserved_cents") + refund.cents)
    attempt.refund_reserved_cents += refund.cents
    if not (attempt.held_because or refund.payback_id):
        settler(attempt.kind).taken_back(attempt=attempt, cents=refund.cents, entry=refund.entry)


def booked_line(attempt: PaymentAttempt):
    """The line by which the money of this attempt counts: provider's account against what it feeds."""
    entry = attempt.counted_by or attempt.entry
    lines = entry.lines.select_related("debit", "credit").filter(debit__code__startswith="online:")
    return lines.order_by("-pk").first()


@transaction.atomic
def approve_refund(*, refund: OnlineRefund, by) -> OnlineRefund:
    """The second yes above the limit; call `send_refund` after it. Raises OwnRefund, RefundNotOpen."""
    refund = OnlineRefund.objects.select_for_update().get(pk=refund.pk)
    if refund.status != Status.ASKED:
        raise RefundNotOpen
    if refund.asked_by_id == by.pk:
        raise OwnRefund
    refund.status, refund.approved_by_id, refund.approved_by_label = Status.RESERVED, by.pk, str(by)[:160]
    refund.save(update_fields=["status", "approved_by_id", "approved_by_label"])
    return refund


def send_refund(*, refund: OnlineRefund) -> OnlineRefund:
    """Ask the provider, outside any transaction; without an answer the sweep asks again with the same key.

    Raises ProviderRefused, after what was set apart has been released.
    """
    refund = OnlineRefund.objects.select_related("attempt").get(pk=refund.pk)
    if refund.status != Status.RESERVED:
        return refund
    provider = provider_by_code(refund.attempt.provider)
    try:
        state = provider.refund(refund)
    except ProviderAway:
        return refund
    except ProviderRefused as refused:
        if refused.status == 409:  # made before: the sweep finds its state
            return refund
        _ended(refund, Status.FAILED)
        raise
    with transaction.atomic():
        attempt = PaymentAttempt.objects.select_for_update().get(pk=refund.attempt_id)
        return apply_refund(attempt, state)


def cancel_refund(*, refund: OnlineRefund, by) -> OnlineRefund:
    """Stop a refund that has not been executed. Raises RefundNotOpen, ProviderAway, ProviderRefused."""
    refund = OnlineRefund.objects.select_related("attempt").get(pk=refund.pk)
    if refund.status not in (Status.ASKED, Status.QUEUED, Status.PENDING):
        raise RefundNotOpen
    if refund.provider_id:
        provider_by_code(refund.attempt.provider).cancel_refund(refund)
    return _ended(refund, Status.CANCELED)


@transaction.atomic
def _ended(refund: OnlineRefund, status: str) -> OnlineRefund:
    attempt = PaymentAttempt.objects.select_for_update().get(pk=refund.attempt_id)
    refund = OnlineRefund.objects.select_for_update().get(pk=refund.pk)
    if refund.status not in OnlineRefund.GONE:
        _release(attempt, refund, status)
    return refund


def _release(attempt: PaymentAttempt, refund: OnlineRefund, status: str) -> None:
    """It did not go: the money is where it was."""
    undone = reverse(entry=refund.entry, reason=str(Status(status).label))
    refund.status, refund.ended_at = status, timezone.now()
    refund.save(update_fields=["status", "ended_at", "provider_id"])
    PaymentAttempt.objects.filter(pk=attempt.pk).update(refund_reserved_cents=F("refund_reserved_cents") - refund.cents)
    attempt.refund_reserved_cents -= refund.cents
    kind = PAYBACK if refund.payback_id else attempt.kind
    if not attempt.held_because:
        settler(kind).given_again(attempt=attempt, cents=refund.cents, entry=undone)


def apply_refund(attempt: PaymentAttempt, state: RefundState) -> OnlineRefund:
    """Bring our row in line with the provider's, in the caller's transaction and under its lock on the attempt.

    A refund made on the provider's own site gets a row too.
    """
    refund = _known(attempt, state) or _foreign(attempt, state)
    if refund is None:
        return None
    refund.provider_id = state.provider_id
    if refund.status in OnlineRefund.GONE:
        return refund
    if state.status in OnlineRefund.GONE:
        _release(attempt, refund, state.status)
        return refund
    if state.status in ORDER and ORDER.index(state.status) > ORDER.index(refund.status):
        refund.status = state.status
        refund.ended_at = timezone.now() if state.status == Status.REFUNDED else None
    refund.save(update_fields=["provider_id", "status", "ended_at"])
    return refund


def _known(attempt: PaymentAttempt, state: RefundState) -> OnlineRefund | None:
    rows = OnlineRefund.objects.select_for_update().filter(attempt=attempt)
    known = rows.filter(provider_id=state.provider_id).first()
    return known or next((row for row in rows.filter(provider_id="") if str(row.key) == state.key), None)


def _foreign(attempt: PaymentAttempt, state: RefundState) -> OnlineRefund | None:
    if attempt.entry_id is None or state.status in OnlineRefund.GONE:
        return None
    refund = OnlineRefund.objects.create(attempt=attempt, cents=state.cents, provider_id=state.provider_id)
    _reserve(attempt, refund)
    return refund
