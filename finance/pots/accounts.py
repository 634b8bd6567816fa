"""A pot's accounts in the books."""

from finance.ledger.models import Account
from finance.ledger.services import open_account


def contributions(pot) -> Account:
    """All that was ever given to the pot; this is the total that the bar shows."""
    return open_account(code=f"contributions:{pot.ring}", kind=Account.Kind.FUND, ring=pot.ring, floor_cents=0)


def cash(pot) -> Account:
    """Notes and coins that the Geldchef holds for the pot."""
    return open_account(code=f"cash:{pot.ring}", kind=Account.Kind.ASSET, ring=pot.ring, floor_cents=0)
