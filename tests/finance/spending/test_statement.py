"""Expenses, answers, hand-over, closing and statements: statement."""

import csv
import io

import pytest

from finance.bank.services import import_statement
from finance.pots.queries import pot_balance
from finance.pots.services import approve_expense
from finance.pots.statement import pot_statement, statement_csv, statement_pdf
from tests.factories_finance import asked_pot, camt
from tests.finance.spending.making import CAMPING, claim, paid_pot

pytestmark = pytest.mark.django_db


def test_the_statement_adds_up_names_no_payer_and_equals_the_screen():
    pot, chef, member, _treasurer = paid_pot()
    expense = claim(pot, member, purpose="=SOM(A1)")
    approve_expense(expense=expense, by=chef)
    line = (-30_00, "Camping", CAMPING, expense.reference)
    import_statement(content=camt(line, day="2026-11-23", opening=185_00), filename="2")

    statement = pot_statement(pot)
    table = list(csv.reader(io.StringIO(statement_csv(statement).decode("utf-8-sig")), delimiter=";"))

    assert (statement.in_cents, statement.out_cents) == (85_00, 30_00)
    assert statement.closing_cents == pot_balance(pot).total_cents == 55_00
    assert [row[2:] for row in table[1:]] == [
        ["85,00", "0,00", "85,00"],
        ["0,00", "30,00", "55,00"],
        ["85,00", "30,00", "55,00"],
    ]
    assert table[2][1] == "'=SOM(A1)"
    assert "Voorbeeld" not in statement_csv(statement).decode()
    assert statement_pdf(statement).startswith(b"%PDF")


def test_an_empty_pot_has_a_statement_too():
    pot, _chef, _requests = asked_pot()

    assert pot_statement(pot).closing_cents == 0
    assert statement_pdf(pot_statement(pot)).startswith(b"%PDF")
