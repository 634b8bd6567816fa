"""Expenses, answers, hand-over, closing and statements: closing."""

import pytest

from finance.bank.models import BankLine, Refund
from finance.bank.queries import bank_proof
from finance.bank.services import import_statement
from finance.ledger.seals import faults
from finance.pots.errors import ChooseSurplus, NotAllowed, PotClosedAlready, PotNotEmpty
from finance.pots.models import PaymentRequest, Pot
from finance.pots.queries import pot_balance
from finance.pots.services import approve_expense, close_pot, confirm_closing
from tests.factories_finance import asked_pot, bank_account, camt
from tests.finance.spending.making import claim, paid_pot

pytestmark = pytest.mark.django_db


def test_closing_gives_back_what_is_left_in_proportion_to_the_cent():
    bank_account()
    pot, chef, requests = asked_pot(members=3, each_cents=10_00)
    import_statement(content=camt(*[(10_00, "x", "", r.reference) for r in requests]), filename="1")
    expense = claim(pot, requests[0].party.member, 9_99)
    approve_expense(expense=expense, by=chef)

    with pytest.raises(PotNotEmpty):
        close_pot(pot=pot, by=chef, surplus="refund")
    line = (-9_99, "x", "", expense.reference)
    import_statement(content=camt(line, day="2026-11-23", opening=130_00), filename="2")
    with pytest.raises(ChooseSurplus):
        close_pot(pot=pot, by=chef)
    close_pot(pot=pot, by=chef, surplus="refund")

    refunds = list(Refund.objects.order_by("pk"))
    assert [refund.cents for refund in refunds] == [6_67, 6_67, 6_67]
    assert sum(refund.cents for refund in refunds) == 20_01
    lines = [(-refund.cents, refund.name, "", refund.reference) for refund in refunds]
    import_statement(content=camt(*lines, day="2026-11-24", opening=120_01), filename="3")
    assert pot_balance(pot).total_cents == 0
    assert bank_proof().holds
    assert faults() == []
    with pytest.raises(PotClosedAlready):
        close_pot(pot=pot, by=chef)


def test_what_is_left_goes_to_the_association_only_when_the_treasurer_agrees():
    pot, chef, _member, treasurer = paid_pot()

    close_pot(pot=pot, by=chef, surplus="association")
    assert Pot.objects.get(pk=pot.pk).status == "closing"
    with pytest.raises(NotAllowed):
        confirm_closing(pot=Pot.objects.get(pk=pot.pk), by=chef)
    confirm_closing(pot=Pot.objects.get(pk=pot.pk), by=treasurer)

    assert Pot.objects.get(pk=pot.pk).status == "closed"
    assert pot_balance(pot).total_cents == 0
    proof = bank_proof()
    assert (proof.pots_cents, proof.general_cents, proof.holds) == (0, 185_00, True)
    assert faults() == []


def test_money_for_a_closed_pot_is_held():
    bank_account()
    pot, chef, (one, _two) = asked_pot()
    close_pot(pot=pot, by=chef)

    import_statement(content=camt((42_50, "A", "", one.reference)), filename="1")

    assert BankLine.objects.get().reason == "closed"
    assert not PaymentRequest.objects.open().filter(pot=pot).exists()
    with pytest.raises(NotAllowed):
        close_pot(pot=pot, by=one.party.member)
