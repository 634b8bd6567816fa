"""Booking an online payment of a fee; what cannot be counted is held, never dropped."""

from finance.fees import accounts
from finance.fees.models import Allocation, Part
from finance.fees.payables import FeeParts, count_payment
from finance.fees.services.settling import locked_invoice
from finance.ledger.services import Transfer, post


def settle_fee(attempt) -> tuple:
    """Count the attempt for its invoice as far as that is open; else hold it. Returns (entry, why it was held)."""
    part = Part.objects.get(pk=attempt.payable_id)
    invoice = locked_invoice(part.invoice_id)
    reason = "duplicate" if attempt.cents > invoice.open_cents else ""
    target = accounts.held(attempt.provider) if reason else accounts.receivable()
    entry = post(
        key=f"{attempt.provider}:payment:{attempt.provider_id}",
        kind="online_payment",
        transfers=[Transfer(accounts.clearing(attempt.provider), target, attempt.cents)],
        memo=attempt.description,
    ).entry
    if reason:
        FeeParts().held(payable_id=part.pk, cents=attempt.cents, reason=reason)
    else:
        count_payment(part_id=part.pk, cents=attempt.cents, way=Allocation.Way.ONLINE, entry=entry)
    return entry, reason
