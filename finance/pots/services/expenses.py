"""Spending: claimed by one, approved by another, paid from this pot and no other."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from finance.bank.payables import Payable
from finance.bank.services import reserve_references
from finance.ledger.errors import BalanceTooLow
from finance.ledger.services import Transfer, post
from finance.pots import accounts
from finance.pots.access import looks_after, may_approve
from finance.pots.errors import (
    ApprovedAlready,
    ExpenseNotOpen,
    NotAllowed,
    NotApprovedYet,
    NotEnoughCash,
    NotEnoughInPot,
    OwnExpense,
    PotTakesNoMoney,
)
from finance.pots.models import Allocation, Approval, Expense, Pot
from finance.pots.queries import chef_of, pot_balance
from finance.pots.services.pots import pot_changed
from groups.subgroups.access import is_member
from notifications.services import notify

REFERENCES_OF_EXPENSES = 3


@transaction.atomic
def claim_expense(*, pot: Pot, by, purpose: str, cents: int, spent_on: date, receipt=None) -> Expense:
    """A member of the group asks for what they spent; `receipt` is a file taken in by theme.uploads.

    Raises NotAllowed, PotTakesNoMoney.
    """
    if not is_member(by, pot.subgroup):
        raise NotAllowed
    if not pot.takes_money:
        raise PotTakesNoMoney
    expense = Expense.objects.create(
        pot=pot,
        reference=reserve_references(kind=REFERENCES_OF_EXPENSES, count=1)[0],
        purpose=purpose,
        cents=cents,
        spent_on=spent_on,
        receipt=receipt.file if receipt else "",
        receipt_name=receipt.name[:200] if receipt else "",
        receipt_type=receipt.kind.content_type if receipt else "",
        claimed_by=by,
        claimed_by_label=str(by)[:160],
    )
    chef = chef_of(pot)
    if chef and chef.member_id and chef.member_id != by.pk:
        context = {"expense": expense.pk}
        notify(member_ids=[chef.member_id], kind="expense_claimed", key=f"expense:{expense.pk}", context=context)
    return expense


@transaction.atomic
def approve_expense(*, expense: Expense, by) -> Expense:
    """One yes; never of who claims it, and only as far as the pot reaches.

    Raises NotAllowed, OwnExpense, ApprovedAlready, ExpenseNotOpen, NotEnoughInPot.
    """
    pot, expense = _locked(expense)
    if expense.claimed_by_id == by.pk:
        raise OwnExpense
    if not may_approve(by, pot):
        raise NotAllowed
    if expense.refused_at or expense.is_paid:
        raise ExpenseNotOpen
    if expense.approvals.filter(member=by).exists():
        raise ApprovedAlready
    if promised_cents(pot) + expense.cents > pot_balance(pot).total_cents:
        raise NotEnoughInPot
    Approval.objects.create(expense=expense, member=by, label=str(by)[:160])
    return expense


def promised_cents(pot: Pot) -> int:
    """What approved expenses will still take out of the pot."""
    waiting = pot.expenses.filter(refused_at__isnull=True, paid_cents__lt=F("cents")).prefetch_related("approvals")
    return sum(each.cents - each.paid_cents for each in waiting if len(each.approvals.all()) >= each.needed)


@transaction.atomic
def refuse_expense(*, expense: Expense, by, because: str) -> Expense:
    """Raises NotAllowed, ExpenseNotOpen."""
    pot, expense = _locked(expense)
    if not may_approve(by, pot):
        raise NotAllowed
    if expense.refused_at or expense.paid_cents:
        raise ExpenseNotOpen
    expense.refused_at, expense.refused_by_label, expense.refused_because = timezone.now(), str(by)[:160], because[:300]
    expense.save()
    return expense


@transaction.atomic
def pay_expense_in_cash(*, expense: Expense, by) -> Expense:
    """The Geldchef pays an approved expense out of the cash of the pot.

    Raises NotAllowed, NotApprovedYet, ExpenseNotOpen, NotEnoughCash.
    """
    pot, expense = _locked(expense)
    if not looks_after(by, pot):
        raise NotAllowed
    if not expense.is_approved:
        raise NotApprovedYet
    if expense.is_paid:
        raise ExpenseNotOpen
    left = expense.cents - expense.paid_cents
    try:
        post(
            key=f"expense:{expense.pk}:cash",
            kind="expense",
            transfers=[Transfer(accounts.spent(pot), accounts.cash(pot), left)],
            by=by,
            memo=expense.purpose,
        )
    except BalanceTooLow as short:
        raise NotEnoughCash from short
    return _paid(expense, left, Allocation.Way.CASH, timezone.localdate())


def _paid(expense: Expense, cents: int, way: str, on: date) -> Expense:
    expense.paid_cents += cents
    expense.way, expense.paid_on = way, on if expense.paid_cents else None
    expense.save(update_fields=["paid_cents", "way", "paid_on"])
    pot_changed(expense.pot)
    return expense


def _locked(expense: Expense) -> tuple[Pot, Expense]:
    """The pot first: whether it reaches is decided under its lock."""
    pot = Pot.objects.select_for_update().select_related("subgroup").get(pk=expense.pot_id)
    return pot, Expense.objects.select_for_update().get(pk=expense.pk)


class Expenses:
    """Approved expenses as something that a bank line going out can pay."""

    code = "expense"

    def by_references(self, references: list[str]) -> list[Payable]:
        found = Expense.objects.select_for_update(of=("self",)).filter(reference__in=references)
        return [self._payable(expense) for expense in found.select_related("pot")]

    def by_id(self, payable_id: int) -> Payable | None:
        found = Expense.objects.select_for_update(of=("self",)).filter(pk=payable_id).select_related("pot").first()
        return self._payable(found) if found else None

    def suggestions(self, *, iban_mark: str, name: str, cents: int) -> list[Payable]:
        return [self._payable(each) for each in self._open().filter(cents=cents, paid_cents=0)[:5] if each.is_approved]

    def open_payables(self, words: str) -> list[Payable]:
        found = self._open()
        for word in words.split()[:5]:
            found = found.filter(
                Q(purpose__icontains=word) | Q(claimed_by_label__icontains=word) | Q(pot__name__icontains=word)
            )
        return [self._payable(each) for each in found[:20] if each.is_approved]

    def paid(self, *, payable_id: int, cents: int, entry, iban_mark: str, by) -> None:
        expense = Expense.objects.select_related("pot__subgroup").get(pk=payable_id)
        _paid(expense, cents, Allocation.Way.BANK, entry.value_date)

    def unpaid(self, *, entry, by) -> None:
        match = entry.bank_match
        expense = Expense.objects.select_related("pot__subgroup").get(pk=match.payable_id)
        _paid(expense, -abs(match.cents), Allocation.Way.BANK, entry.value_date)

    def held(self, *, payable_id: int, cents: int, reason: str) -> None:
        """The treasurer made this transfer and sees the line."""

    def _open(self):
        return Expense.objects.filter(refused_at__isnull=True, paid_cents__lt=F("cents")).select_related("pot")

    def _payable(self, expense: Expense) -> Payable:
        return Payable(
            kind=self.code,
            id=expense.pk,
            reference=expense.reference,
            open_cents=expense.cents - expense.paid_cents if expense.is_approved else 0,
            is_closed=not expense.is_approved,
            ring=expense.pot.ring,
            income=accounts.spent(expense.pot),
            label=f"{expense.pot.name} · {expense.purpose}",
            payer=expense.claimed_by_label,
            is_outgoing=True,
        )
