"""The accounts in the books that stand for money at a provider."""

from finance.ledger.models import ASSOCIATION, Account
from finance.ledger.services import Transfer, open_account


def clearing(provider: str, ring: str = ASSOCIATION) -> Account:
    """What a provider has received for a ring and not yet paid out to the bank."""
    code = f"online:{provider}:{ring or 'general'}"
    return open_account(code=code, kind=Account.Kind.ASSET, ring=ring, floor_cents=0 if ring else None)


def held(provider: str) -> Account:
    """Received, and waiting for a decision."""
    return open_account(code=f"held:{provider}", kind=Account.Kind.LIABILITY)


def costs(provider: str) -> Account:
    """What the provider keeps for its work; the association bears it, never a pot."""
    return open_account(code=f"costs:{provider}", kind=Account.Kind.EXPENSE)


def claims(ring: str) -> Account:
    """What the association paid for a ring whose money a payer's bank took back after it was spent."""
    return open_account(code=f"claims:{ring}", kind=Account.Kind.ASSET)


def debt(ring: str) -> Account:
    """The other side of the claim, inside the ring."""
    return open_account(code=f"debt:{ring}", kind=Account.Kind.LIABILITY, ring=ring, floor_cents=0)


def takings(ring: str, income: Account, provider: str, cents: int) -> tuple[list[Transfer], int]:
    """Transfers that take `cents` of a ring's `income` back out through the provider, and what the ring lacks for it.

    A ring pays from what the provider holds for it, then from its share of a bank account; that share becomes the
    association's, which pays the provider. No line joins two rings.
    """
    if ring == ASSOCIATION:
        return [Transfer(income, clearing(provider), cents)], 0
    general, transfers, left = clearing(provider), [], cents
    for source in _sources(ring, provider):
        part = min(source.balance_cents, left)
        if part <= 0:
            continue
        transfers.append(Transfer(income, source, part))
        if source.code.startswith("bank:"):
            share = open_account(code=source.code.replace(f":{ring}", ":general"), kind=Account.Kind.ASSET)
            transfers.append(Transfer(share, general, part))
        left -= part
    return transfers, left


def _sources(ring: str, provider: str) -> list[Account]:
    """Locked, so that what is decided on here is still there at the booking."""
    assets = Account.objects.select_for_update().filter(ring=ring, kind=Account.Kind.ASSET).order_by("pk")
    own = clearing(provider, ring).code
    banks = [account for account in assets if account.code.startswith("bank:")]
    return [account for account in assets if account.code == own] + banks
