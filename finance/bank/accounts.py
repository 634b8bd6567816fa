"""The accounts in the books that stand for money at the bank."""

from finance.bank.models import BankAccount
from finance.ledger.models import ASSOCIATION, Account
from finance.ledger.services import open_account


def home() -> BankAccount:
    """The account under whose number the pots' shares are kept, whatever account the association banks with now.

    So a pot can pay from the new account what it saved at the old one, and every account still adds up: what comes in
    elsewhere for a pot leaves the association's own share of this account, and stays in its share of the other one.
    """
    return BankAccount.objects.order_by("pk")[0]


def share(bank_account: BankAccount, ring: str = ASSOCIATION) -> Account:
    """The part of a bank account that belongs to a ring. Only the association's own part may be overdrawn."""
    return open_account(
        code=f"bank:{bank_account.pk}:{ring or 'general'}",
        kind=Account.Kind.ASSET,
        ring=ring,
        floor_cents=0 if ring else None,
    )


def suspense(bank_account: BankAccount) -> Account:
    """Where a line stands until it is clear what it was for."""
    return open_account(code=f"suspense:{bank_account.pk}", kind=Account.Kind.LIABILITY)


def opening(bank_account: BankAccount) -> Account:
    return open_account(code=f"opening:{bank_account.pk}", kind=Account.Kind.FUND)


def refunds(ring: str = ASSOCIATION) -> Account:
    """What is owed back to payers out of a ring."""
    return open_account(code=f"refunds:{ring or 'general'}", kind=Account.Kind.LIABILITY, ring=ring, floor_cents=0)


def between() -> Account:
    """Money on its way from one account of the association to another; nothing when both files are in."""
    return open_account(code="between:accounts", kind=Account.Kind.ASSET)


def own(cents: int) -> Account:
    """The association's own income or costs, for lines that no request asked for."""
    if cents > 0:
        return open_account(code="income:other", kind=Account.Kind.INCOME)
    return open_account(code="expense:other", kind=Account.Kind.EXPENSE)
