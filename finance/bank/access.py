"""Who may see the bank: the treasurer works with it, and the auditors read the lines that prove the entries."""

from django.db.models import F

from finance.bank.models import BankAccount, BankLine, Refund, StatementImport
from groups.people.access import may_for_association


def may_import(member) -> bool:
    return may_for_association(member, "import_bank")


def reads_lines(member) -> bool:
    return may_import(member) or may_for_association(member, "audit")


def visible_lines(member):
    return BankLine.objects.select_related("bank_account") if reads_lines(member) else BankLine.objects.none()


def managed_lines(member):
    """The lines that the member gives their place."""
    return visible_lines(member) if may_import(member) else BankLine.objects.none()


def visible_savings(member):
    """The savings accounts that are in use."""
    savings = BankAccount.objects.filter(sort=BankAccount.Sort.SAVINGS, left_at__isnull=True)
    return savings if may_import(member) else savings.none()


def visible_imports(member):
    imports = StatementImport.objects.select_related("bank_account")
    return imports if may_import(member) else imports.none()


def visible_refunds(member):
    """What is owed back, open first."""
    refunds = Refund.objects.select_related("line").order_by(F("paid_cents") - F("cents"), "-asked_at")
    return refunds if may_import(member) else refunds.none()
