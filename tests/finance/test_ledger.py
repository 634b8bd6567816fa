import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from finance.ledger.errors import AlreadyReversed, BalanceTooLow, RingsDiffer
from finance.ledger.models import Account, Entry, Line, Seal
from finance.ledger.seals import faults, seal_days
from finance.ledger.services import Transfer, post, reverse
from tests.factories import MemberFactory
from tests.factories_finance import asset, book, fund
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
INSERT = "INSERT INTO ledger_line (entry_id, debit_id, credit_id, cents)"
real_connections = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def balance(account):
    return Account.objects.get(pk=account.pk).balance_cents


def test_a_booking_moves_both_accounts():
    bank, pot = asset(), fund()

    posted = book("a", bank, pot, 25_00, by=MemberFactory(first_name="Marloes"))

    assert posted.created
    assert posted.entry.actor_label == "Marloes Voorbeeld"
    assert (balance(bank), balance(pot)) == (25_00, 25_00)


def test_the_same_key_twice_books_once_and_gives_the_first_entry():
    bank, pot = asset(), fund()

    first, second = book("a", bank, pot, 25_00), book("a", bank, pot, 99_00)

    assert (second.entry, second.created) == (first.entry, False)
    assert balance(bank) == 25_00


def test_a_reversal_restores_all_balances_and_happens_once():
    bank, pot = asset(), fund()
    entry = book("a", bank, pot, 25_00).entry

    undone = reverse(entry=entry, reason="verkeerd gekoppeld")

    assert (undone.reverses, undone.memo) == (entry, "verkeerd gekoppeld")
    assert (balance(bank), balance(pot)) == (0, 0)
    with pytest.raises(AlreadyReversed):
        reverse(entry=entry)
    assert reverse(entry=undone).reverses == undone
    assert balance(bank) == 25_00


def test_an_account_never_comes_below_its_floor_and_nothing_is_left_behind():
    share, spent = asset("share", floor_cents=0), asset("spent")
    book("in", share, fund(), 30_00)

    with pytest.raises(BalanceTooLow):
        book("out", spent, share, 30_01)

    assert balance(share) == 30_00
    assert not Entry.objects.filter(key="out").exists()


def test_the_database_itself_holds_the_floor():
    share = asset("share", floor_cents=0)

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=share.pk).update(balance_cents=-1)


def test_no_line_joins_two_pots():
    with pytest.raises(RingsDiffer):
        book("a", asset("a", ring="pot:1"), fund("b", ring="pot:2"), 1)


def test_a_transfer_between_pots_needs_two_different_approvers():
    one, two = MemberFactory(), MemberFactory()
    transfers = [Transfer(asset("a", ring="pot:1"), fund("b", ring="pot:2"), 1)]

    for number, approvers in enumerate([(), (one,), (one, one)]):
        with pytest.raises(IntegrityError), transaction.atomic():
            post(key=str(number), kind=Entry.RING_TRANSFER, transfers=transfers, approvers=approvers)

    assert post(key="good", kind=Entry.RING_TRANSFER, transfers=transfers, approvers=(one, two)).created


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE ledger_line SET cents = 1",
        "DELETE FROM ledger_line",
        "UPDATE ledger_entry SET memo = 'x'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_seal SET digest = 'x'",
        "DELETE FROM ledger_seal",
        "UPDATE ledger_account SET ring = 'pot:2' WHERE code = 'bank'",
        "UPDATE ledger_account SET code = 'x' WHERE code = 'bank'",
        "DELETE FROM ledger_account WHERE code = 'bank'",
        f"{INSERT} SELECT entry_id, debit_id, debit_id, 1 FROM ledger_line",
        f"{INSERT} SELECT entry_id, debit_id, credit_id, 0 FROM ledger_line",
        f"{INSERT} SELECT entry_id, debit_id, credit_id, -5 FROM ledger_line",
        f"{INSERT} SELECT l.entry_id, l.debit_id, a.id, 5 FROM ledger_line l, ledger_account a WHERE a.ring = 'pot:9'",
    ],
)
def test_sql_cannot_change_or_break_the_books(attack):
    fund("elsewhere", ring="pot:9")
    book("a", asset(), fund(), 25_00)
    Seal.objects.create(day=timezone.localdate(), entries=1, total_cents=1, digest="d")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "SELECT 1")
        if connection.vendor == "sqlite":
            connection.check_constraints()

    assert Line.objects.get().cents == 25_00


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows")
@pytest.mark.parametrize("table", ["ledger_line", "ledger_entry"])
def test_insert_or_replace_is_refused(table):
    book("a", asset(), fund(), 25_00)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_truncate_is_refused():
    book("a", asset(), fund(), 25_00)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_line")


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.lines.update(cents=1),
        lambda entry: entry.lines.all().delete(),
        lambda entry: Line.objects.bulk_update([Line(pk=entry.lines.get().pk, cents=1)], ["cents"]),
    ],
)
def test_the_orm_cannot_change_the_books(change):
    entry = book("a", asset(), fund(), 25_00).entry

    with pytest.raises(DatabaseError), transaction.atomic():
        change(entry)

    assert Line.objects.get().cents == 25_00


@real_connections
def test_thirty_euros_spent_by_eighty_at_once_pays_exactly_thirty():
    share, spent = asset("share", floor_cents=0), asset("spent")
    book("in", share, fund(), 30_00)

    def spend(member):
        answers = []
        for number in range(10):
            try:
                answers.append(book(f"{member}:{number}", spent, share, 1_00).created)
            except BalanceTooLow:
                answers.append(False)
        return answers

    answers = at_once(*(lambda member=member: spend(member) for member in range(8)))

    assert sum(sum(answer) for answer in answers) == 30
    assert (balance(share), balance(spent)) == (0, 30_00)
    assert faults() == []


@real_connections
def test_forty_copies_of_one_fact_at_once_make_one_entry():
    bank, pot = asset(), fund()

    answers = at_once(*(lambda: book("provider:tr_1", bank, pot, 10_00).created for _ in range(10)))

    assert sorted(answers) == [False] * 9 + [True]
    assert balance(bank) == 10_00


@real_connections
def test_two_reversals_at_once_leave_one():
    bank, pot = asset(), fund()
    entry = book("a", bank, pot, 10_00).entry

    answers = at_once(lambda: reverse(entry=entry), lambda: reverse(entry=entry))

    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyReversed", "Entry"]
    assert balance(bank) == 0


@real_connections
def test_bookings_crossing_each_other_do_not_wait_for_each_other_forever():
    one, two = asset("one"), asset("two")

    def shuttle(number):
        pair = (one, two) if number % 2 else (two, one)
        return [book(f"{number}:{i}", *pair, 1).created for i in range(10)]

    answers = at_once(*(lambda number=number: shuttle(number) for number in range(4)))

    assert answers == [[True] * 10] * 4
    assert (balance(one), balance(two)) == (0, 0)


NIGHT = datetime.datetime(2026, 11, 24, 1, 30, tzinfo=datetime.UTC)


def sealed_day():
    with time_machine.travel(datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC), tick=False):
        entry = book("a", asset(), fund(), 25_00).entry
    seal_days(NIGHT)
    return entry


def test_a_finished_day_is_sealed_once_and_verifies(capsys):
    sealed_day()

    assert seal_days(NIGHT) == 0
    assert [(seal.entries, seal.total_cents) for seal in Seal.objects.all()] == [(1, 25_00)]
    call_command("verify_ledger")
    assert "The ledger verifies: 1 entries" in capsys.readouterr().out


def test_today_is_not_sealed_while_it_can_still_grow():
    with time_machine.travel(datetime.datetime(2026, 11, 24, 0, 20, tzinfo=datetime.UTC), tick=False):
        book("a", asset(), fund(), 25_00)

    assert seal_days(NIGHT) == 0


def unguarded(statement):
    names = {"ledger_line": "ledger_line_no_update", "ledger_entry": "ledger_entry_no_update"}
    table = statement.split()[1]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {names[table]}")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE ledger_line SET cents = 2501", "UPDATE ledger_entry SET memo = 'x'"])
def test_one_changed_byte_with_the_guards_off_is_found(statement):
    sealed_day()
    unguarded(statement)

    assert any("is not what was sealed" in fault for fault in faults())
    with pytest.raises(CommandError):
        call_command("verify_ledger")


def test_a_balance_that_does_not_follow_from_the_lines_is_found():
    bank = asset()
    book("a", bank, fund(), 25_00)
    Account.objects.filter(pk=bank.pk).update(balance_cents=26_00)

    assert faults() == ["Account bank shows 2600 cents, its lines make 2500."]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL a disabled trigger still exists")
def test_a_missing_guard_is_found():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_line_one_ring")

    assert faults() == ["The database no longer guards the ledger: trigger ledger_line_one_ring is missing."]
