"""What the worker and the clock do. Each task calls one service and can run at any time, twice, at once."""

import time

from celery import shared_task

from notifications import digests, health, reminders, services
from theme.registry import Registry

# Higher apps add what must happen at its minute: publish what was planned, close what is over, count what is dirty.
minute_registry = Registry("What must be looked after every few seconds? function() -> None")

# A long queue is sent in turns of this length, so that what is due at its minute is not kept waiting behind it.
TURN_SECONDS = 10


@shared_task
def send_due() -> int:
    return _send_for_a_turn()


@shared_task
def sweep() -> int:
    """Send what nobody was told of: rows queued while the broker was away, or due only now."""
    services.release_lost()
    return _send_for_a_turn()


def _send_for_a_turn() -> int:
    until, sent = time.monotonic() + TURN_SECONDS, 0
    while handled := services.send_all_due():
        sent += handled
        if time.monotonic() > until:
            services.wake()
            break
    health.beat("worker")
    return sent


@shared_task
def sweep_due() -> None:
    for work in minute_registry:
        work()
    reminders.queue_due()
    while digests.queue_digests():
        pass
    health.beat("sweep")
