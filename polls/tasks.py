"""Background work of polls: load by id, call one service."""

from celery import shared_task

from notifications.tasks import minute_registry
from polls import services


@shared_task
def recount(poll_id: int) -> None:
    services.count_running(poll_id)


@minute_registry
def open_and_close() -> None:
    services.open_due()
    services.finish_due()
    services.erase_leftovers()
