"""Sharing out what is open over several days: the member's own choice, or what the treasurer agrees."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from finance.bank.services import reserve_references
from finance.fees.calendar import add_months
from finance.fees.errors import NothingOpen, PartsHaveBegun, TooManyParts
from finance.fees.models import CollectionItem, Invoice, Part
from finance.fees.services.invoicing import REFERENCES_OF_FEES
from finance.fees.services.settling import locked_invoice
from finance.money import split_evenly
from groups.people.audit import record


def parts_allowed(invoice: Invoice) -> int:
    """In how many parts the member may choose to pay: the most that any of its plans allows."""
    plans = invoice.lines.filter(charge__plan__isnull=False).values_list("charge__plan__max_parts", flat=True)
    return max(plans, default=1)


@transaction.atomic
def choose_parts(*, invoice: Invoice, count: int, by) -> list[Part]:
    """The member pays in `count` parts, a month apart, the first on the day that was asked.

    Raises NothingOpen, PartsHaveBegun, TooManyParts.
    """
    invoice = locked_invoice(invoice.pk)
    if not invoice.open_cents > 0:
        raise NothingOpen
    if not 1 <= count <= parts_allowed(invoice):
        raise TooManyParts
    if invoice.settled_cents or is_underway(invoice):
        raise PartsHaveBegun
    return share_anew(invoice=invoice, count=count, first_on=invoice.due_on, by=by)


@transaction.atomic
def share_anew(*, invoice: Invoice, count: int, first_on: date, by) -> list[Part]:
    """Ask what is still open in `count` new parts, a month apart from `first_on`; what was paid keeps its part.

    Raises NothingOpen, TooManyParts, PartsHaveBegun.
    """
    invoice = locked_invoice(invoice.pk)
    cents = invoice.open_cents
    if cents <= 0:
        raise NothingOpen
    if not 1 <= count <= min(60, cents):
        raise TooManyParts
    if is_underway(invoice):
        raise PartsHaveBegun
    number = _close_open_parts(invoice)
    references = reserve_references(kind=REFERENCES_OF_FEES, count=count)
    made = Part.objects.bulk_create(
        [
            Part(
                invoice=invoice,
                number=number + at + 1,
                reference=reference,
                cents=share,
                due_on=max(add_months(first_on, at), timezone.localdate()),
            )
            for at, (reference, share) in enumerate(zip(references, split_evenly(cents, count), strict=True))
        ]
    )
    record(by=by, act="fees.shared_out", about=invoice, details={"parts": count, "from": str(first_on)})
    return made


def is_underway(invoice: Invoice) -> bool:
    """Whether a part of it is being collected, so that its amount is fixed for now."""
    waiting = CollectionItem.objects.filter(part__invoice=invoice, dropped_at__isnull=True, returned_on__isnull=True)
    return waiting.filter(collected_on__isnull=True).exclude(batch__state="cancelled").exists()


def _close_open_parts(invoice: Invoice) -> int:
    """Drop parts without a payment; a part that is partly paid shrinks to what was paid. Returns the last number."""
    number = 0
    for part in invoice.parts.filter(dropped_at__isnull=True).select_for_update():
        if part.paid_cents:
            number = max(number, part.number)
            Part.objects.filter(pk=part.pk).update(cents=part.paid_cents)
        else:
            Part.objects.filter(pk=part.pk).update(dropped_at=timezone.now())
    return number
