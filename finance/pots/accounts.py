"""A pot's accounts in the books."""

from finance.ledger.models import Account
from finance.ledger.services import open_account


def contributions(pot) -> Account:
    """All that was ever given to the pot; this is the total that the bar shows."""
    return open_account(code=f"contributions:{pot.ring}", kind=Account.Kind.FUND, ring=pot.ring, floor_cents=0)


def cash(pot) -> Account:
    """Notes and coins that the Geldchef holds for the pot."""
    return open_account(code=f"cash:{pot.ring}", kind=Account.Kind.ASSET, ring=pot.ring, floor_cents=0)


def spent(pot) -> Account:
    """What was paid out of the pot for its purpose."""
    return open_account(code=f"spent:{pot.ring}", kind=Account.Kind.EXPENSE, ring=pot.ring)


def given_away(pot) -> Account:
    """What was left and went back to payers or to the association when the pot closed."""
    return open_account(code=f"surplus:{pot.ring}", kind=Account.Kind.EXPENSE, ring=pot.ring)
