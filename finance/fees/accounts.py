"""The accounts in the books that fees move."""

from finance.ledger.models import Account
from finance.ledger.services import open_account


def receivable() -> Account:
    """What payers still owe; what they are owed back makes it less."""
    return open_account(code="fees:receivable", kind=Account.Kind.ASSET)


def income(plan_id: int | None = None) -> Account:
    return open_account(code=f"fees:income:{plan_id or 'other'}", kind=Account.Kind.INCOME)


def written_off() -> Account:
    return open_account(code="fees:written-off", kind=Account.Kind.EXPENSE)


def cash() -> Account:
    """Notes and coins that the treasurer took in for fees."""
    return open_account(code="fees:cash", kind=Account.Kind.ASSET)
