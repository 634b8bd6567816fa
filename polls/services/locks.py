"""The two locks on a poll: many voters share one, closing needs it alone."""

from django.db import connection

from polls.models import Poll


def share_poll(poll_id: int) -> Poll:
    """The poll, which cannot close until this transaction ends; other voters are not held up.

    Django has no method for a shared row lock. On SQLite the transaction is immediate: writers queue anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM polls_poll WHERE id = %s FOR SHARE", [poll_id])
    return Poll.objects.get(pk=poll_id)


def hold_poll(poll_id: int) -> Poll:
    """The poll alone: waits for votes under way, and votes after it see what this transaction did."""
    return Poll.objects.select_for_update().get(pk=poll_id)
