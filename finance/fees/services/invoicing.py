"""Giving out invoices and credit notes, with numbers that follow on each other."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from finance.bank.services import reserve_references
from finance.fees.models import Charge, FeeRun, Invoice, InvoiceCounter, InvoiceLine, Part
from finance.fees.services.settling import use_credit

REFERENCES_OF_FEES = 2
BATCH = 1000


def lock_numbers(year: int) -> InvoiceCounter:
    """Hold the counter of a book year until the end of the transaction: everything that charges takes turns here."""
    InvoiceCounter.objects.get_or_create(year=year)
    return InvoiceCounter.objects.select_for_update().get(year=year)


def reserve_numbers(year: int, count: int) -> range:
    counter = lock_numbers(year)
    InvoiceCounter.objects.filter(pk=counter.pk).update(last=F("last") + count)
    return range(counter.last + 1, counter.last + count + 1)


@transaction.atomic
def issue(*, charges: list[Charge], due_on: date, run: FeeRun | None = None) -> list[Invoice]:
    """One invoice per payer for these new charges, each asked as one part; what a payer has to its credit counts."""
    by_payer: dict[int, list[Charge]] = defaultdict(list)
    for charge in charges:
        by_payer[charge.payer_id].append(charge)
    today = timezone.localdate()
    numbers = reserve_numbers(today.year, len(by_payer))
    invoices = Invoice.objects.bulk_create(
        [
            Invoice(
                payer=group[0].payer,
                year=today.year,
                sequence=number,
                issued_on=today,
                due_on=max(due_on, today),
                total_cents=sum(charge.cents for charge in group),
                name=group[0].payer.name,
                address=group[0].payer.address,
                run=run,
            )
            for number, group in zip(numbers, by_payer.values(), strict=True)
        ],
        batch_size=BATCH,
    )
    _add_lines(invoices, by_payer)
    _add_parts(invoices)
    for note in open_credit_notes(by_payer):
        use_credit(note)
    return invoices


def _add_lines(invoices, by_payer) -> None:
    InvoiceLine.objects.bulk_create(
        [
            InvoiceLine(invoice=invoice, charge=charge, cents=charge.cents)
            for invoice in invoices
            for charge in by_payer[invoice.payer_id]
        ],
        batch_size=BATCH,
    )


def _add_parts(invoices) -> None:
    references = reserve_references(kind=REFERENCES_OF_FEES, count=len(invoices))
    Part.objects.bulk_create(
        [
            Part(invoice=invoice, reference=reference, cents=invoice.total_cents, due_on=invoice.due_on)
            for invoice, reference in zip(invoices, references, strict=True)
        ],
        batch_size=BATCH,
    )


def open_credit_notes(payer_ids):
    """Credit notes of these payers of which something is left, oldest first."""
    notes = Invoice.objects.filter(payer__in=list(payer_ids), total_cents__lt=0, settled_cents__gt=F("total_cents"))
    return notes.order_by("pk")


@transaction.atomic
def credit(*, charges: list[Charge], run: FeeRun | None = None) -> list[Invoice]:
    """A credit note per invoice for charges that were taken back, counted for what is still open first."""
    lines = InvoiceLine.objects.filter(charge__in=charges, cents__gt=0).select_related("invoice__payer")
    by_invoice: dict[int, list[InvoiceLine]] = defaultdict(list)
    for line in lines.order_by("pk"):
        by_invoice[line.invoice_id].append(line)
    today = timezone.localdate()
    notes = []
    for number, group in zip(reserve_numbers(today.year, len(by_invoice)), by_invoice.values(), strict=True):
        notes.append(_credit_note(group, number, today, run))
    for note in notes:
        use_credit(note)
    return notes


def _credit_note(lines: list[InvoiceLine], number: int, today: date, run) -> Invoice:
    original = lines[0].invoice
    note = Invoice.objects.create(
        payer=original.payer,
        year=today.year,
        sequence=number,
        issued_on=today,
        due_on=today,
        total_cents=-sum(line.cents for line in lines),
        name=original.name,
        address=original.address,
        credits=original,
        run=run,
    )
    InvoiceLine.objects.bulk_create(
        [InvoiceLine(invoice=note, charge_id=line.charge_id, cents=-line.cents) for line in lines]
    )
    return note
