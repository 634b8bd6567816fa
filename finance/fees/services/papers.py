"""Keeping the paper of an invoice: what was given out once is what is given out from then on."""

import hashlib

from django.db import transaction

from finance.fees.models import Invoice, InvoicePaper
from finance.fees.paper import invoice_pdf


@transaction.atomic
def paper_of(invoice: Invoice) -> InvoicePaper:
    """The kept PDF of an invoice, drawn at the first asking."""
    Invoice.objects.select_for_update().get(pk=invoice.pk)
    kept = InvoicePaper.objects.filter(invoice=invoice).first()
    if kept:
        return kept
    content = invoice_pdf(invoice)
    return InvoicePaper.objects.create(invoice=invoice, content=content, digest=hashlib.sha256(content).hexdigest())
