"""The association's own account, moving to another one, and savings beside it."""

from django.db import transaction
from django.utils import timezone

from finance.bank.errors import AccountKnown, NoMainAccount
from finance.bank.models import BankAccount
from finance.bank.queries import main_account
from finance.bank.standing import THE_ACCOUNT
from groups.people.audit import record
from groups.people.history.kept import settings_change


@transaction.atomic
def save_bank_account(*, holder: str, iban: str, by, bic: str = "") -> BankAccount:
    """The account that members pay to; who changes where money goes is always written in the audit log.

    An account of which a file was imported is never renumbered: another number is another account. The one before
    is left, and its files can still be read.
    """
    known = {account.iban: account for account in BankAccount.objects.select_for_update().order_by("pk")}
    before = main_account()
    account = known.get(iban) or (before if before and not before.imports.exists() else BankAccount())
    account.holder, account.iban, account.bic, account.left_at = holder, iban, bic, None
    account.sort = BankAccount.Sort.CURRENT
    with settings_change("bank-account", THE_ACCOUNT, by=by, act="bank_account.saved"):
        account.save()
        if before and before.pk != account.pk:
            BankAccount.objects.filter(pk=before.pk).update(left_at=timezone.now())
    return account


@transaction.atomic
def add_savings_account(*, holder: str, iban: str, by) -> BankAccount:
    """An account whose files are read and to which money moves without being a cost; one that was left may come back.

    Raises NoMainAccount, AccountKnown.
    """
    known = BankAccount.objects.select_for_update().filter(iban=iban).first()
    if not main_account():
        raise NoMainAccount
    if known and known.left_at is None:
        raise AccountKnown
    account = known or BankAccount(iban=iban)
    account.holder, account.left_at, account.sort = holder, None, BankAccount.Sort.SAVINGS
    account.save()
    record(by=by, act="savings_account.added", about=account)
    return account


@transaction.atomic
def leave_savings_account(*, account: BankAccount, by) -> BankAccount:
    """The account was ended at the bank. It stays known, so that its last files can still be read."""
    account = BankAccount.objects.select_for_update().get(pk=account.pk)
    if account.left_at is None:
        account.left_at = timezone.now()
        account.save(update_fields=["left_at"])
        record(by=by, act="savings_account.left", about=account)
    return account
