"""Booking an online payment of a fee, and what leaves again; what cannot be counted is held, never dropped."""

from finance.fees import accounts
from finance.fees.models import Allocation, Part
from finance.fees.payables import FeeParts, count_payment
from finance.fees.services.online_mandates import came_in, mandate_came, stands_again, went_back
from finance.fees.services.settling import locked_invoice, share_out, take_back
from finance.ledger.services import Transfer, post
from finance.providers.accounts import clearing, held

ONLINE = Allocation.Way.ONLINE


def settle_fee(attempt) -> tuple:
    """Count the attempt for its invoice as far as that is open; else hold it. Returns (entry, why it was held)."""
    part = Part.objects.get(pk=attempt.payable_id)
    invoice = locked_invoice(part.invoice_id)
    reason = "duplicate" if attempt.cents > invoice.open_cents else ""
    target = held(attempt.provider) if reason else accounts.receivable()
    entry = post(
        key=f"{attempt.provider}:payment:{attempt.provider_id}",
        kind="online_payment",
        transfers=[Transfer(clearing(attempt.provider), target, attempt.cents)],
        memo=attempt.description,
    ).entry
    if reason:
        FeeParts().held(payable_id=part.pk, cents=attempt.cents, reason=reason)
    else:
        count_payment(part_id=part.pk, cents=attempt.cents, way=ONLINE, entry=entry)
    mandate_came(attempt, invoice.payer)
    came_in(attempt, entry)
    return entry, reason


def fee_taken_back(attempt, cents: int, entry) -> None:
    """A refund or a chargeback: the invoice is open again by so much; what is left of the payment stays counted."""
    part = Part.objects.get(pk=attempt.payable_id)
    standing = Allocation.objects.filter(
        part__invoice=part.invoice_id, way=ONLINE, undoes__isnull=True, undone_by__isnull=True
    )
    counted = list(standing.filter(entry=attempt.entry).select_related("part"))
    for allocation in counted:
        take_back(allocation=allocation, entry=entry)
    if entry.kind == "chargeback":
        went_back(attempt, entry)
    left = sum(allocation.cents for allocation in counted) - cents
    if left > 0:
        share_out(invoice=locked_invoice(part.invoice_id), cents=left, way=ONLINE, first=part, entry=entry)


def fee_given_again(attempt, cents: int, entry) -> None:
    """The refund failed or the chargeback was undone: counted once more, as far as it is still open."""
    part = Part.objects.get(pk=attempt.payable_id)
    invoice = locked_invoice(part.invoice_id)
    counted = min(cents, invoice.open_cents)
    stands_again(attempt)
    if counted:
        share_out(invoice=invoice, cents=counted, way=ONLINE, first=part, entry=entry)
