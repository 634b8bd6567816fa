"""Reading the bank side: the proof that the pots are really there, and what waits for the treasurer."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery, Sum

from finance.bank.models import BankAccount, BankLine, StatementImport
from finance.ledger.asking import in_kept_ring
from finance.ledger.models import ASSOCIATION, Account


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


def bank_proof(member=None) -> BankProof | None:
    """The books against the closing balance of each account's newest statement; None without any statement.

    A pot that is a surprise for the member counts as general money, so that no total tells of it and it still adds up.
    """
    newest = list(_newest_statements().select_related("bank_account"))
    if not newest:
        return None
    in_use = [statement for statement in newest if statement.bank_account.is_paid_to]
    shares = Account.objects.filter(code__startswith="bank:")
    is_general = Q(ring=ASSOCIATION) | (in_kept_ring(member) if member else Q(pk__in=[]))
    totals = shares.aggregate(
        pots_cents=Sum("balance_cents", filter=~is_general, default=0),
        general_cents=Sum("balance_cents", filter=is_general, default=0),
    )
    return BankProof(
        **totals,
        bank_cents=sum(statement.closing_cents for statement in newest),
        checked_on=min(statement.last_on for statement in in_use or newest),
    )


def newest_statement(account: BankAccount) -> StatementImport | None:
    return _with_balance().filter(bank_account=account).first()


def _with_balance():
    """Imports that say what the balance was, the newest first."""
    return StatementImport.objects.filter(closing_cents__isnull=False).order_by("-last_on", "-first_on", "-pk")


def _newest_statements():
    """The newest import with a balance of every account."""
    of_account = _with_balance().filter(bank_account=OuterRef("pk")).values("pk")[:1]
    return StatementImport.objects.filter(pk__in=BankAccount.objects.values_list(Subquery(of_account)))


def bank_known_until() -> date | None:
    """The last day that a file of an account that members pay to covers: nobody is called late on older knowledge."""
    paid_to = StatementImport.objects.filter(bank_account__sort=BankAccount.Sort.CURRENT)
    return paid_to.order_by("-last_on").values_list("last_on", flat=True).first()


def lines_to_match():
    """Incoming lines that wait for a person, oldest first."""
    return BankLine.objects.filter(state__in=[BankLine.State.NEW, BankLine.State.HELD, BankLine.State.PARTIAL])


def main_account() -> BankAccount | None:
    """The account that payment requests name."""
    return BankAccount.objects.filter(left_at__isnull=True, sort=BankAccount.Sort.CURRENT).order_by("pk").first()


@dataclass(frozen=True, slots=True)
class Saved:
    """A savings account with what its newest file says is on it; None without a file."""

    account: BankAccount
    cents: int | None
    on: date | None


def saved(savings) -> list[Saved]:
    """What is on each of these accounts, in two queries."""
    newest = {statement.bank_account_id: statement for statement in _newest_statements()}
    found = [(account, newest.get(account.pk)) for account in savings]
    return [Saved(each, said.closing_cents if said else None, said.last_on if said else None) for each, said in found]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Money between two accounts of the association of which one file is in and the other not yet."""

    balance_cents: int

    @property
    def gone_cents(self) -> int:
        return max(0, self.balance_cents)

    @property
    def come_cents(self) -> int:
        return max(0, -self.balance_cents)


def under_way() -> UnderWay:
    account = Account.objects.filter(code="between:accounts").first()
    return UnderWay(account.balance_cents if account else 0)


def other_own_account(line: BankLine) -> BankAccount | None:
    """The account of the association itself that the line names as its other side."""
    others = BankAccount.objects.exclude(pk=line.bank_account_id)
    return others.filter(iban=line.iban).first() if line.iban else None


def left_accounts():
    """Accounts of before, of which files can still be read."""
    return BankAccount.objects.filter(left_at__isnull=False).order_by("-left_at")


def waits_at_provider() -> bool:
    """Whether a payment service holds money that it has not paid out; an incoming line may be that payout."""
    return Account.objects.filter(code__startswith="online:", balance_cents__gt=0).exists()
