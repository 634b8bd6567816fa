"""What the worker and the clock do. Each task calls one service and can run at any time, twice, at once."""

import logging
import time
from functools import partial

from celery import shared_task

from notifications import digests, health, reminders, services
from theme.registry import Registry

logger = logging.getLogger(__name__)

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
    """The round of every minute. A part that fails keeps no other part waiting; the health page turns red for it."""
    sources = [partial(reminders.queue_from, source) for source in reminders.reminder_registry]
    works = (*minute_registry, *sources, _queue_all_digests)
    faults = [fault for work in works if (fault := _fault_of(work))]
    if faults:
        raise faults[0]  # without a beat the health page says that something is wrong
    health.beat("sweep")


def _fault_of(work) -> Exception | None:
    try:
        work()
    except Exception as error:  # the outermost loop of the clock
        logger.exception("a part of the round failed")
        return error
    return None


def _queue_all_digests() -> None:
    while digests.queue_digests():
        pass
