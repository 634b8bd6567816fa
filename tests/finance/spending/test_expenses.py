"""Expenses, answers, hand-over, closing and statements: expenses."""

import pytest
from django.db import IntegrityError, transaction

from finance.bank.models import BankLine
from finance.bank.queries import bank_proof
from finance.bank.services import import_statement
from finance.ledger.seals import faults
from finance.pots.errors import ApprovedAlready, NotAllowed, NotApprovedYet, NotEnoughCash, NotEnoughInPot, OwnExpense
from finance.pots.models import Approval, Expense
from finance.pots.queries import movements, pot_balance, pot_total
from finance.pots.services import approve_expense, pay_expense_in_cash, refuse_expense
from tests.factories import MemberFactory, member_of
from tests.factories_finance import camt
from tests.finance.spending.making import CAMPING, claim, paid_pot
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def test_an_expense_is_approved_by_another_and_paid_by_the_bank_file():
    pot, chef, member, _treasurer = paid_pot()
    expense = claim(pot, member)
    approve_expense(expense=expense, by=chef)

    line = (-30_00, "Camping De Berk", CAMPING, f"vergoeding {expense.reference}")
    import_statement(content=camt(line, day="2026-11-23", opening=185_00), filename="2")

    expense.refresh_from_db()
    assert (expense.is_paid, expense.way) == (True, "bank")
    assert (pot_balance(pot).bank_cents, pot_total(pot).collected_cents) == (55_00, 85_00)
    assert movements(pot)[0].label == "Aanbetaling camping"
    assert bank_proof().holds
    assert faults() == []


def test_nobody_approves_an_own_expense_nor_twice_nor_as_an_outsider():
    pot, chef, member, _treasurer = paid_pot()

    with pytest.raises(OwnExpense):
        approve_expense(expense=claim(pot, chef), by=chef)
    expense = claim(pot, member)
    with pytest.raises(NotAllowed):
        approve_expense(expense=expense, by=member_of(pot.subgroup))
    approve_expense(expense=expense, by=chef)
    with pytest.raises(ApprovedAlready):
        approve_expense(expense=expense, by=chef)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(expense=expense, member=chef, label="nog eens")
    with pytest.raises(NotAllowed):
        claim(pot, MemberFactory())


def test_above_the_limit_two_people_must_approve(monkeypatch):
    monkeypatch.setattr("finance.pots.models.expenses.SECOND_APPROVAL_CENTS", 20_00)
    pot, chef, member, treasurer = paid_pot()
    expense = claim(pot, member)

    approve_expense(expense=expense, by=chef)
    assert not expense.is_approved
    approve_expense(expense=expense, by=treasurer)

    assert expense.is_approved


def test_an_unapproved_expense_is_not_paid_by_a_bank_line():
    pot, _chef, member, _treasurer = paid_pot()
    expense = claim(pot, member)

    line = (-30_00, "Camping", CAMPING, expense.reference)
    import_statement(content=camt(line, day="2026-11-23", opening=185_00), filename="2")

    assert BankLine.objects.get(cents=-30_00).reason == "closed"
    assert pot_balance(pot).bank_cents == 85_00


def test_a_pot_never_promises_more_than_it_has():
    pot, chef, member, _treasurer = paid_pot()
    approve_expense(expense=claim(pot, member, 50_00), by=chef)

    with pytest.raises(NotEnoughInPot):
        approve_expense(expense=claim(pot, member, 35_01), by=chef)
    approve_expense(expense=claim(pot, member, 35_00), by=chef)


def test_cash_is_paid_only_from_cash_that_is_there_and_after_approval():
    pot, chef, member, _treasurer = paid_pot()
    expense = claim(pot, member)

    with pytest.raises(NotApprovedYet):
        pay_expense_in_cash(expense=expense, by=chef)
    approve_expense(expense=expense, by=chef)
    with pytest.raises(NotEnoughCash):
        pay_expense_in_cash(expense=expense, by=chef)
    assert not Expense.objects.get(pk=expense.pk).is_paid


def test_a_refused_expense_keeps_its_reason():
    pot, chef, member, _treasurer = paid_pot()
    expense = claim(pot, member)

    refuse_expense(expense=expense, by=chef, because="geen bon")

    expense.refresh_from_db()
    assert (expense.refused_because, expense.is_approved) == ("geen bon", False)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_approvals_at_once_do_not_promise_the_same_money_twice():
    pot, chef, member, treasurer = paid_pot()
    first, second = claim(pot, member, 60_00), claim(pot, member, 60_00)

    answers = at_once(
        lambda: approve_expense(expense=first, by=chef), lambda: approve_expense(expense=second, by=treasurer)
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Expense", "NotEnoughInPot"]
