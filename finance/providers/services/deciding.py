"""Held money gets its place after all: counted for something, or kept by the association."""

from django.db import transaction

from finance.ledger.models import Account
from finance.ledger.services import Transfer, open_account, post
from finance.providers import accounts
from finance.providers.errors import NothingHeld
from finance.providers.models import PaymentAttempt

OWN = "own"


@transaction.atomic
def count_held(*, attempt: PaymentAttempt, kind: str, payable_id: int, ring: str, income: Account, by):
    """Give held money to a payable of `ring`; returns the entry, which the caller lets the payable write down.

    Raises NothingHeld.
    """
    attempt = PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
    if not attempt.needs_decision:
        raise NothingHeld
    cents, provider = attempt.refundable_cents, attempt.provider
    waiting, general = accounts.held(provider), accounts.clearing(provider)
    entry = post(
        key=f"held:{provider}:{attempt.provider_id}",
        kind="online_payment",
        transfers=[Transfer(waiting, general, cents), Transfer(accounts.clearing(provider, ring), income, cents)],
        by=by,
        memo=attempt.description,
    ).entry
    attempt.counted_by, attempt.held_because, attempt.kind, attempt.payable_id = entry, "", kind, payable_id
    attempt.save(update_fields=["counted_by", "held_because", "kind", "payable_id"])
    return entry


def keep_held(*, attempt: PaymentAttempt, by):
    """A gift to the association, by who sent it. Raises NothingHeld."""
    income = open_account(code="income:other", kind=Account.Kind.INCOME)
    return count_held(attempt=attempt, kind=OWN, payable_id=attempt.payable_id, ring="", income=income, by=by)
