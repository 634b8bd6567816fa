"""Going to pay, and hearing what became of it. Every way in ends in `apply_status`, so that no two can disagree."""

import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from finance.providers.models import PaymentAttempt
from finance.providers.settling import settler

Status = PaymentAttempt.Status
PRACTICE = "practice"


def practice_bank_is_open() -> bool:
    """The practice bank plays payments through in a demo; a real association never has it."""
    return not settings.PRODUCTION


def start_attempt(*, kind: str, payable_id: int, cents: int, description: str, return_path: str, by) -> PaymentAttempt:
    """A way to pay this; a second click, or a second tab, gets the attempt that is still open."""
    fields = {"cents": cents, "description": description[:140], "return_path": return_path, "member_id": by.pk}
    live = PaymentAttempt.objects.filter(kind=kind, payable_id=payable_id, status=Status.OPEN)
    live.exclude(cents=cents).update(status=Status.CANCELLED)  # partly paid in the meantime: another amount is due
    if existing := live.first():
        return existing
    try:
        with transaction.atomic():
            return PaymentAttempt.objects.create(
                kind=kind, payable_id=payable_id, provider=PRACTICE, provider_id=f"pr_{secrets.token_hex(8)}", **fields
            )
    except IntegrityError:
        return live.get()


@transaction.atomic
def apply_status(*, attempt: PaymentAttempt, status: str) -> PaymentAttempt:
    """Turn what the provider says into at most one booking; called again, late or at once, it changes nothing more.

    A payment that comes after cancelling or failing is booked all the same: the money is there.
    """
    attempt = PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.status == Status.PAID or attempt.status == status:
        return attempt
    if status == Status.PAID:
        attempt.entry, attempt.held_because = settler(attempt.kind)(attempt)
        attempt.settled_at = timezone.now()
    attempt.status = status
    attempt.save(update_fields=["status", "entry", "held_because", "settled_at"])
    return attempt
