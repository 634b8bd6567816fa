"""The association's own account, and moving to another one."""

from django.db import transaction
from django.utils import timezone

from finance.bank.models import BankAccount
from finance.bank.queries import main_account
from finance.bank.standing import THE_ACCOUNT
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
    with settings_change("bank-account", THE_ACCOUNT, by=by, act="bank_account.saved"):
        account.save()
        if before and before.pk != account.pk:
            BankAccount.objects.filter(pk=before.pk).update(left_at=timezone.now())
    return account
