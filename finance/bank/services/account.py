"""The association's own account."""

from django.db import transaction

from finance.bank.models import BankAccount
from groups.people.audit import record


@transaction.atomic
def save_bank_account(*, account: BankAccount, by) -> BankAccount:
    """Keep the account; who changes where money goes is always written in the audit log."""
    account.save()
    record(by=by, act="bank_account.saved", about=account, details={"holder": account.holder, "iban": account.iban})
    return account
