"""The payer's bank takes a payment back: the pot gives what it has, and the association bears the rest as a claim."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from finance.ledger.errors import BalanceTooLow
from finance.ledger.services import Transfer, post, reverse
from finance.providers import accounts
from finance.providers.errors import RefundNotOpen
from finance.providers.interface import ChargebackState
from finance.providers.models import Chargeback, PaymentAttempt
from finance.providers.services.refunding import booked_line
from finance.providers.settling import settler


def apply_chargeback(attempt: PaymentAttempt, state: ChargebackState) -> Chargeback | None:
    """Book a chargeback, or that it was undone, once each, in the caller's transaction and under its lock."""
    if attempt.entry_id is None:
        return None
    known = Chargeback.objects.select_for_update().filter(provider_id=state.provider_id).first()
    if known is None and not state.is_reversed:
        known = _book(attempt, state)
    if known and state.is_reversed and known.reversed_at is None:
        _reverse(attempt, known)
    return known


def _book(attempt: PaymentAttempt, state: ChargebackState) -> Chargeback:
    line = booked_line(attempt)
    ring, income = line.debit.ring, line.credit
    transfers, short = accounts.takings(ring, income, attempt.provider, state.cents)
    if short:
        transfers += [
            Transfer(income, accounts.debt(ring), short),
            Transfer(accounts.claims(ring), accounts.clearing(attempt.provider), short),
        ]
    entry = post(
        key=f"chargeback:{state.provider_id}", kind="chargeback", transfers=transfers, memo=attempt.description
    ).entry
    chargeback = Chargeback.objects.create(
        attempt=attempt,
        provider_id=state.provider_id,
        cents=state.cents,
        code=state.code,
        reason=state.reason,
        claim_cents=short,
        entry=entry,
    )
    _count(attempt, state.cents)
    if not attempt.held_because:
        settler(attempt.kind).taken_back(attempt=attempt, cents=state.cents, entry=entry)
    return chargeback


def _reverse(attempt: PaymentAttempt, chargeback: Chargeback) -> None:
    """The money is back: every balance as it was. A claim that was settled already stays settled with the ring."""
    line = booked_line(attempt)
    if chargeback.settled_cents:
        ring = line.debit.ring
        back = [Transfer(accounts.clearing(attempt.provider, ring), line.credit, chargeback.cents)]
        entry = post(key=f"chargeback-reversed:{chargeback.provider_id}", kind="chargeback", transfers=back).entry
    else:
        entry = reverse(entry=chargeback.entry, reason=chargeback.provider_id)
    chargeback.reversed_at = timezone.now()
    chargeback.save(update_fields=["reversed_at"])
    _count(attempt, -chargeback.cents)
    if not attempt.held_because:
        settler(attempt.kind).given_again(attempt=attempt, cents=chargeback.cents, entry=entry)


def _count(attempt: PaymentAttempt, cents: int) -> None:
    PaymentAttempt.objects.filter(pk=attempt.pk).update(charged_back_cents=F("charged_back_cents") + cents)
    attempt.charged_back_cents += cents


@transaction.atomic
def settle_claim(*, chargeback: Chargeback, by) -> Chargeback:
    """The ring has money again: it pays the association what that bore. Raises RefundNotOpen, BalanceTooLow."""
    chargeback = Chargeback.objects.select_for_update().select_related("attempt").get(pk=chargeback.pk)
    cents = chargeback.open_claim_cents
    if not cents:
        raise RefundNotOpen
    provider, ring = chargeback.attempt.provider, booked_line(chargeback.attempt).debit.ring
    transfers, short = accounts.takings(ring, accounts.debt(ring), provider, cents)
    if short:
        raise BalanceTooLow
    transfers.append(Transfer(accounts.clearing(provider), accounts.claims(ring), cents))
    post(key=f"claim:{chargeback.pk}:{chargeback.settled_cents}", kind="claim", transfers=transfers, by=by)
    chargeback.settled_cents += cents
    chargeback.save(update_fields=["settled_cents"])
    return chargeback
