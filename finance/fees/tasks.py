"""What the worker and the clock do for fees; each can be killed and called again."""

from celery import shared_task
from django.db import transaction

from finance.fees.models import FeeRun
from finance.fees.services import tell_run, unfinished_runs, work_on
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
    from finance.fees.models import Payer

    if Payer.objects.count() <= AT_ONCE:
        finish(run.pk)
        return

    def tell_worker():
        work_on_run.delay(run.pk)

    transaction.on_commit(tell_worker, robust=True)


minute_registry(align_places)


@minute_registry
def finish_what_was_left() -> None:
    for pk in unfinished_runs().values_list("pk", flat=True):
        finish(pk)
