"""Held online money: given to a request that is still open."""

from django.db import transaction

from finance.bank import payables
from finance.bank.errors import NothingToMatch
from finance.pots.errors import NotAllowed
from finance.providers.models import PaymentAttempt
from finance.providers.services import count_held
from groups.people.access import may_for_association


@transaction.atomic
def count_held_attempt(*, attempt: PaymentAttempt, kind: str, payable_id: int, by) -> PaymentAttempt:
    """The treasurer gives a held payment to an open request of any app that has something to pay.

    Raises NotAllowed, NothingToMatch, NothingHeld.
    """
    if not may_for_association(by, "book"):
        raise NotAllowed
    payable = payables.named(kind, payable_id)
    if payable is None or payable.is_closed or payable.is_outgoing or payable.open_cents < attempt.refundable_cents:
        raise NothingToMatch
    cents = attempt.refundable_cents
    entry = count_held(
        attempt=attempt, kind=kind, payable_id=payable_id, ring=payable.ring, income=payable.income, by=by
    )
    payables.source(kind).paid(payable_id=payable_id, cents=cents, entry=entry, iban_mark="", by=by)
    return PaymentAttempt.objects.get(pk=attempt.pk)
