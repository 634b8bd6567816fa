"""Telling members of a run, a portion at a time, after it was booked."""

from django.db import transaction
from django.utils import timezone

from finance.fees.models import FeeRun, Invoice
from notifications.services import notify

PORTION = 500


def tell_run(run_id: int) -> None:
    """Everybody with an invoice of the run hears of it once; killed and called again it goes on where it was."""
    while _tell_portion(run_id):
        pass


@transaction.atomic
def _tell_portion(run_id: int) -> bool:
    run = FeeRun.objects.select_for_update().get(pk=run_id)
    if run.state != FeeRun.State.DONE or run.told_at:
        return False
    invoices = list(
        Invoice.objects.filter(run=run, total_cents__gt=0, pk__gt=run.told_until)
        .select_related("payer")
        .order_by("pk")[:PORTION]
    )
    if not invoices:
        run.told_at = timezone.now()
        run.save(update_fields=["told_at"])
        return False
    notify(
        member_ids=sorted({invoice.payer.recipient_id for invoice in invoices if invoice.payer.recipient_id}),
        kind="fee_invoice",
        key=f"fees:{run.pk}",
        context={"run": run.pk},
        dedupe=f"fees:{run.pk}:{invoices[0].pk}",
    )
    run.told_until = invoices[-1].pk
    run.save(update_fields=["told_until"])
    return True
