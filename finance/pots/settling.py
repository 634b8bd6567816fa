"""Booking an online payment of a request; what cannot be counted is held, never dropped."""

from finance.ledger.models import Account
from finance.ledger.services import Transfer, open_account, post
from finance.pots import accounts
from finance.pots.models import Allocation, PaymentRequest, Pot
from finance.pots.payables import PotRequests
from finance.pots.services.paying import allocate
from finance.pots.services.pots import locked_request


def clearing(provider: str, ring: str = "") -> Account:
    """What a provider has received for a ring and not yet paid out to the bank."""
    code = f"online:{provider}:{ring or 'general'}"
    return open_account(code=code, kind=Account.Kind.ASSET, ring=ring, floor_cents=0 if ring else None)


def held(provider: str) -> Account:
    return open_account(code=f"held:{provider}", kind=Account.Kind.LIABILITY)


def settle_request(attempt) -> tuple:
    """Count the attempt for its request as far as that is open; else hold it. Returns (entry, why it was held)."""
    request = locked_request(attempt.payable_id)
    pot = request.pot
    reason = _why_held(pot, request, attempt.cents)
    ring = "" if reason else pot.ring
    income = held(attempt.provider) if reason else accounts.contributions(pot)
    entry = post(
        key=f"{attempt.provider}:payment:{attempt.provider_id}",
        kind="online_payment",
        transfers=[Transfer(clearing(attempt.provider, ring), income, attempt.cents)],
        memo=attempt.description,
    ).entry
    if reason:
        PotRequests().held(payable_id=request.pk, cents=attempt.cents, reason=reason)
    else:
        allocate(request=request, cents=attempt.cents, entry=entry, way=Allocation.Way.ONLINE)
    return entry, reason


def _why_held(pot: Pot, request: PaymentRequest, cents: int) -> str:
    if request.is_ended or not pot.takes_money:
        return "closed"
    return "duplicate" if cents > request.open_cents else ""
