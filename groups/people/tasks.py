"""What the worker does for people: each task calls one function and can be killed and called again."""

from celery import shared_task

from groups.people.models import RegisterImport
from groups.people.register.applying import apply_import
from groups.people.register.undoing import undo_import


@shared_task
def take_over(import_id: int) -> int:
    return apply_import(import_id)


@shared_task
def put_back(import_id: int) -> int:
    return undo_import(import_id)


def take_over_what_was_left() -> None:
    """Imports and undoings that were started and whose worker was killed, or was never told; for the clock."""
    waiting = RegisterImport.objects.filter(started_at__isnull=False, applied_at__isnull=True)
    for pk in waiting.values_list("pk", flat=True):
        apply_import(pk)
    for pk in RegisterImport.objects.filter(undo_asked_at__isnull=False, undone_at__isnull=True).values_list(
        "pk", flat=True
    ):
        undo_import(pk)
