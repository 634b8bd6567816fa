"""What the worker and the clock do for fees; each can be killed and called again."""

from celery import shared_task
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from finance.fees.models import CollectionBatch, CollectionItem, FeeRun, Payer
from finance.fees.services import (
    lapse_mandates,
    look_after_online_mandates,
    tell_payers,
    tell_run,
    unfinished_runs,
    work_on,
)
from finance.fees.standing import align_places
from notifications.tasks import minute_registry

# A run over so few payers is done while the treasurer waits; a larger one goes to the worker.
AT_ONCE = 1500


@shared_task
def work_on_run(run_id: int) -> None:
    finish(run_id)


def finish(run_id: int) -> None:
    run = work_on(run_id)
    if run.state == FeeRun.State.DONE and run.told_at is None:
        tell_run(run_id)


def go_on(run: FeeRun) -> None:
    """Do a small run now, and leave a large one to the worker; should the broker be away, the clock finds it."""
    if Payer.objects.count() <= AT_ONCE:
        finish(run.pk)
        return

    def tell_worker():
        work_on_run.delay(run.pk)

    transaction.on_commit(tell_worker, robust=True)


@shared_task
def tell_payers_of(batch_id: int) -> None:
    tell_payers(batch_id)


def tell_on(batch: CollectionBatch) -> None:
    """Tell a small collection's payers now, and leave a large one to the worker; the clock finds what was left."""
    if batch.items.count() <= AT_ONCE:
        tell_payers(batch.pk)
        return

    def tell_worker():
        tell_payers_of.delay(batch.pk)

    transaction.on_commit(tell_worker, robust=True)


@minute_registry
def tell_what_was_left() -> None:
    last_item = CollectionItem.objects.filter(
        batch=OuterRef("pk"), dropped_at__isnull=True, pk__gt=OuterRef("told_until")
    )
    told = CollectionBatch.objects.filter(Exists(last_item), state__in=["told", "approved", "exported"])
    for pk in told.values_list("pk", flat=True):
        tell_payers(pk)


@minute_registry
def end_lapsed_mandates() -> None:
    if timezone.localtime().minute == 0:
        lapse_mandates()


minute_registry(align_places)
minute_registry(look_after_online_mandates)


@minute_registry
def finish_what_was_left() -> None:
    for pk in unfinished_runs().values_list("pk", flat=True):
        finish(pk)
