"""Reading the bank side: the proof that the pots are really there, and what waits for the treasurer."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from finance.bank.models import BankAccount, BankLine, StatementImport
from finance.ledger.models import Account


@dataclass(frozen=True, slots=True)
class BankProof:
    """Pots + general = bank, or the difference by name. Amounts in EUR cents."""

    pots_cents: int
    general_cents: int
    bank_cents: int
    checked_on: date

    @property
    def difference_cents(self) -> int:
        return self.bank_cents - self.pots_cents - self.general_cents

    @property
    def holds(self) -> bool:
        return self.difference_cents == 0


def bank_proof() -> BankProof | None:
    """The books against the closing balance of each account's newest statement; None without any statement."""
    newest = [statement for account in BankAccount.objects.all() if (statement := newest_statement(account))]
    if not newest:
        return None
    shares = Account.objects.filter(code__startswith="bank:")
    pots = shares.exclude(ring="").aggregate(total=Sum("balance_cents", default=0))["total"]
    general = shares.filter(ring="").aggregate(total=Sum("balance_cents", default=0))["total"]
    return BankProof(
        pots_cents=pots,
        general_cents=general,
        bank_cents=sum(statement.closing_cents for statement in newest),
        checked_on=min(statement.last_on for statement in newest),
    )


def newest_statement(account: BankAccount) -> StatementImport | None:
    with_balance = account.imports.filter(closing_cents__isnull=False)
    return with_balance.order_by("-last_on", "-first_on", "-pk").first()


def bank_known_until() -> date | None:
    """The last day that any imported file covers: nobody is called late on older knowledge than that."""
    return StatementImport.objects.order_by("-last_on").values_list("last_on", flat=True).first()


def lines_to_match():
    """Incoming lines that wait for a person, oldest first."""
    return BankLine.objects.filter(state__in=[BankLine.State.NEW, BankLine.State.HELD, BankLine.State.PARTIAL])


def main_account() -> BankAccount | None:
    """The account that payment requests name."""
    return BankAccount.objects.order_by("pk").first()
