"""Random operations, and crashes between any two statements: the books always balance."""

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger.errors import AlreadyReversed, BalanceTooLow
from finance.ledger.models import Account, Entry, Line
from finance.ledger.seals import faults
from finance.ledger.services import reverse
from tests.factories_finance import asset, book, fund

pytestmark = pytest.mark.django_db

operations = st.lists(
    st.one_of(
        st.tuples(st.just("in"), st.integers(0, 2), st.integers(1, 5000)),
        st.tuples(st.just("out"), st.integers(0, 2), st.integers(1, 5000)),
        st.tuples(st.just("undo"), st.integers(0, 30), st.just(0)),
        st.tuples(st.just("again"), st.integers(0, 30), st.just(0)),
    ),
    max_size=25,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations)
def test_after_any_operations_debits_equal_credits_and_balances_follow(steps):
    with transaction.atomic():
        _play(steps)

        assert faults() == []
        assert not Account.objects.filter(floor_cents=0, balance_cents__lt=0).exists()
        signed = sum(a.balance_cents if a.grows_by_debit else -a.balance_cents for a in Account.objects.all())
        assert signed == 0
        transaction.set_rollback(True)


def _play(steps):
    shares = [asset(f"share:{pot}", ring=f"pot:{pot}", floor_cents=0) for pot in range(3)]
    funds = [fund(f"fund:{pot}", ring=f"pot:{pot}") for pot in range(3)]
    spent = [asset(f"spent:{pot}", ring=f"pot:{pot}") for pot in range(3)]
    for number, (what, which, cents) in enumerate(steps):
        entries = list(Entry.objects.all())
        try:
            if what == "in":
                book(f"step:{number}", shares[which], funds[which], cents)
            elif what == "out":
                book(f"step:{number}", spent[which], shares[which], cents)
            elif entries and what == "undo":
                reverse(entry=entries[which % len(entries)])
            elif entries:
                book(entries[which % len(entries)].key, shares[0], funds[0], 1)
        except (BalanceTooLow, AlreadyReversed):
            pass


class Crash(Exception):
    pass


@pytest.mark.parametrize("at", range(1, 12))
def test_a_crash_between_any_two_statements_leaves_all_or_nothing(at):
    bank, pot = asset(), fund()
    statements = 0

    def crashing(execute, sql, params, many, context):
        nonlocal statements
        if sql.startswith(("INSERT", "UPDATE", "SELECT")):
            statements += 1
            if statements == at:
                raise Crash
        return execute(sql, params, many, context)

    try:
        with transaction.atomic(), connection.execute_wrapper(crashing):
            book("a", bank, pot, 5_00)
    except Crash:
        pass

    booked = Entry.objects.count()
    assert Line.objects.aggregate(total=Sum("cents", default=0))["total"] == booked * 5_00
    assert Account.objects.get(pk=bank.pk).balance_cents == booked * 5_00
    assert faults() == []
