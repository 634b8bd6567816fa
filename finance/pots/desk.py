"""What waits for the treasurer, counted in one query."""

from django.db.models import CharField, Count, F, Value
from django.utils import timezone

from finance.bank.access import visible_refunds
from finance.bank.queries import lines_to_match
from finance.pots.access import visible_expenses, visible_pots
from finance.providers.access import held_attempts
from notifications.models import Reminder


def waits_for_treasurer(member) -> dict[str, int]:
    today = timezone.localdate()
    return count_together(
        {
            "lines": lines_to_match().filter(cents__gt=0),
            "refunds": visible_refunds(member).filter(paid_cents__lt=F("cents")),
            "expenses": visible_expenses(member).waiting(),
            "closing": visible_pots(member).filter(status="closing"),
            "online": held_attempts(member),
            "reminders": Reminder.objects.filter(kind="payment_reminder", given_at__date=today),
        }
    )


def count_together(querysets: dict) -> dict[str, int]:
    """How many rows each of these querysets has, asked at once."""
    counts = [
        rows.select_related(None).order_by().values(what=Value(name, CharField())).annotate(number=Count("pk"))
        for name, rows in querysets.items()
    ]
    counts = [each.values_list("what", "number") for each in counts]
    return dict.fromkeys(querysets, 0) | dict(counts[0].union(*counts[1:], all=True))
