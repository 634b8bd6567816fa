"""The clock leaves a sign of life of its own, from the process that gives the beat, whether or not a worker listens."""

from celery.signals import after_task_publish

from notifications import health

BEAT = "notifications.tasks.sweep_due"


@after_task_publish.connect(sender=BEAT)
def clock_is_alive(**kwargs):
    health.beat("clock")
