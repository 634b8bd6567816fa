import logging

from celery import shared_task
from django.db import transaction

from groups.conversations import telling

logger = logging.getLogger(__name__)


@shared_task
def tell_about(message_id: int) -> int:
    return telling.tell_about(message_id)


def tell_soon(message_id: int) -> None:
    """After commit, ask the worker to tell who must hear of it; the sweep finds it when the broker is away."""

    def ask():
        try:
            tell_about.apply_async([message_id], retry=False)  # else each post waits while the broker is away
        except tell_about.OperationalError:
            logger.warning("the broker is away; the sweep will tell about message %s", message_id)

    transaction.on_commit(ask, robust=True)
