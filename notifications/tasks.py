"""What the worker and the clock do. Each task calls one service and can run at any time, twice, at once."""

from celery import shared_task

from notifications import reminders, services
from theme.registry import Registry

# Higher apps add what must happen at its minute: publish what was planned, close what is over, count what is dirty.
minute_registry = Registry("What must be looked after every few seconds? function() -> None")


@shared_task
def send_due(limit: int = 200) -> int:
    return services.send_all_due(limit)


@shared_task
def sweep() -> int:
    """Send what nobody was told of: rows queued while the broker was away, or due only now."""
    return services.send_all_due()


@shared_task
def sweep_due() -> None:
    for work in minute_registry:
        work()
    reminders.queue_due()
