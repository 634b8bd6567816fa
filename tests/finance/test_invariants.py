"""Invariants of the design that go across rooms: 23 (a whole statement), 35 (roles), 37 (who leaves), 38 (accounts)."""

import logging
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from community.privacy.erasure import ask_erasure, erase_due
from community.privacy.models import Erasure
from finance.bank.models import BankLine, Refund
from finance.bank.queries import bank_proof
from finance.bank.services import import_statement, refund_line, undo_matches
from finance.fees.models import CollectionItem, Payer
from finance.fees.services import approve_batch, export_batch, give_mandate, make_batch, save_debit_settings, tell_batch
from finance.fees.tasks import tell_on
from finance.ledger.seals import faults
from finance.pots.queries import pot_total
from finance.pots.reminders import due_payments
from finance.pots.services import cancel_request, extend_pot, record_cash
from finance.pots.statement import pot_statement
from groups.people.models import AssociationRole, AuditEntry
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from notifications.models import Reminder
from notifications.reminders import queue_due
from tests.entry import log_in_freshly
from tests.factories import member_of, member_with
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer
from tests.factories_finance import asked_pot, bank_account, camt
from tests.finance.spending.making import claim
from tests.finance.test_pots import at_hour

pytestmark = pytest.mark.django_db
VISSER, SMIT, CAMPING = "NL36INGB0007654321", "NL03RABO0345678901", "NL83ABNA0412345678"
EACH = 42_50


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# --- 23. A statement with everything in it ------------------------------------------------------------
def wrong_digits(reference: str) -> str:
    return f"RF{(int(reference[2:4]) + 1) % 100:02d}{reference[4:]}"


@pytest.fixture
def statement():
    """Eight open requests of 42.50, a cancelled one, and a refund that is owed; [(line, state, reason, counted)]."""
    bank_account()
    pot, chef, requests = asked_pot(members=11)
    double = (EACH, "A VISSER", VISSER, requests[10].reference)
    import_statement(content=camt(double, double, day="2026-11-19"), filename="a")
    refund = refund_line(line=BankLine.objects.get(state="held"), by=treasurer(), because="dubbel")
    cancel_request(request=requests[9], by=chef)
    one, two, three, four, five, six, seven, eight, nine = (request.reference for request in requests[:9])
    lines = [
        ((EACH, "exact", VISSER, one), "matched", "", {0: EACH}),
        ((EACH, "spaced", VISSER, requests[1].grouped_reference), "matched", "", {1: EACH}),
        ((EACH, "lower case", VISSER, f"voor de tocht {three.lower()} groet"), "matched", "", {2: EACH}),
        ((EACH, "wrong digits", VISSER, wrong_digits(four)), "new", "", {3: 0}),
        ((20_00, "partial", VISSER, five), "matched", "", {4: 20_00}),
        ((50_00, "too much", VISSER, six), "partial", "excess", {5: EACH}),
        ((2 * EACH, "for two", SMIT, f"{seven} {eight}"), "matched", "", {6: EACH, 7: EACH}),
        ((EACH + 1, "for two, not exact", SMIT, f"{nine} {four}"), "held", "several", {8: 0, 3: 0}),
        ((EACH, "double", VISSER, one), "held", "duplicate", {0: EACH}),
        ((EACH, "cancelled", VISSER, requests[9].reference), "held", "closed", {9: 0}),
        ((EACH, "unknown", SMIT, "zomertocht"), "new", "", {}),
        ((-EACH, "refund", VISSER, f"terug {refund.reference}"), "matched", "", {}),
        ((-15_00, "campsite", CAMPING, "aanbetaling"), "new", "", {}),
    ]
    assert two
    return pot, requests, lines


ORDERS = {
    "as written": lambda rows: rows,
    "turned round": lambda rows: rows[::-1],
    "rotated": lambda rows: rows[7:] + rows[:7],
}


@pytest.mark.parametrize("order", ORDERS)
def test_a_whole_statement_has_for_each_line_the_outcome_beside_it(statement, order):
    pot, requests, lines = statement
    rows = ORDERS[order](lines)

    content = camt(*(line for line, *_ in rows), opening=185_00, day="2026-11-22")
    import_statement(content=content, filename="b")

    found = {line.name: (line.state, line.reason) for line in BankLine.objects.filter(booked_on=date(2026, 11, 22))}
    wanted = {line[1]: (state, reason) for line, state, reason, _counted in lines}
    twins = {"exact", "double"}  # equal money under one reference: which of them comes first is counted, the other held
    assert {name: found[name] for name in found if name not in twins} == {
        name: outcome for name, outcome in wanted.items() if name not in twins
    }
    assert sorted(found[name] for name in twins) == sorted(wanted[name] for name in twins)
    for _line, _state, _reason, counted in lines:
        for number, cents in counted.items():
            assert fresh(requests[number]).paid_cents == cents, requests[number]
    assert Refund.objects.get().open_cents == 0
    assert pot_total(pot).collected_cents == 7 * EACH + 20_00
    assert bank_proof().holds and faults() == []


def test_half_a_statement_and_then_the_whole_one_is_the_whole_one(statement):
    pot, _requests, lines = statement
    rows = [line for line, *_ in lines]

    import_statement(content=camt(*rows[:6], opening=185_00, day="2026-11-22"), filename="half")
    import_statement(content=camt(*rows, opening=185_00, day="2026-11-22"), filename="whole")
    import_statement(content=camt(*rows, opening=185_00, day="2026-11-22", ident="again"), filename="again")

    assert BankLine.objects.filter(booked_on=date(2026, 11, 22)).count() == len(rows)
    assert pot_total(pot).collected_cents == 7 * EACH + 20_00
    assert bank_proof().holds and faults() == []


def test_every_match_of_a_statement_can_be_undone_and_the_file_changes_nothing_then(statement):
    pot, requests, lines = statement
    rows = [line for line, *_ in lines]
    import_statement(content=camt(*rows, opening=185_00, day="2026-11-22"), filename="whole")

    by = treasurer()
    for line in BankLine.objects.filter(booked_on=date(2026, 11, 22), cents__gt=0, state__in=["matched", "partial"]):
        undo_matches(line=line, by=by, reason="oefening")

    assert pot_total(pot).collected_cents == EACH  # that of 19 November
    assert [fresh(request).paid_cents for request in requests[:10]] == [0] * 10
    import_statement(content=camt(*rows, opening=185_00, day="2026-11-22", ident="again"), filename="again")
    assert pot_total(pot).collected_cents == EACH
    assert bank_proof().holds and faults() == []


# --- 35. Who may do what with a pot -------------------------------------------------------------------
ACTS = {  # address: who gets further than the door; everybody else is refused, or knows of nothing
    "ask": {"chef", "deputy"},
    "manage-pot": {"chef", "deputy"},
    "payment-waive": {"chef", "deputy"},
    "payment-cancel": {"chef", "deputy"},
    "payment-cash": {"chef", "deputy"},
    "expense-approve": {"chef", "deputy", "treasurer"},
}


@pytest.fixture
def pot_world():
    pot, chef, (request, _other) = asked_pot()
    people = {
        "chef": chef,
        "deputy": member_of(pot.subgroup, SubgroupRole.MEMBER),
        "payer": request.party.member,
        "member": member_of(pot.subgroup),
        "chef of another pot": asked_pot()[1],
        "manager": member_of(pot.subgroup, SubgroupRole.MANAGER),
        "treasurer": member_with(AssociationRole.TREASURER),
        "auditor": member_with(AssociationRole.AUDITOR),
        "board": member_with(AssociationRole.BOARD),
    }
    pot.roles.create(member=people["deputy"], role="deputy", label=str(people["deputy"]))
    return pot, request, people


def test_only_who_looks_after_the_pot_asks_waives_and_spends(client, pot_world):
    pot, request, people = pot_world
    record_cash(request=request, cents=EACH, by=people["chef"])
    expense = claim(pot, people["payer"], 10_00)
    paths = {
        "ask": reverse("ask", args=[pot.pk]),
        "manage-pot": reverse("manage-pot", args=[pot.pk]),
        "payment-waive": reverse("payment-waive", args=[request.reference]),
        "payment-cancel": reverse("payment-cancel", args=[request.reference]),
        "payment-cash": reverse("payment-cash", args=[request.reference]),
        "expense-approve": reverse("expense-approve", args=[expense.pk]),
    }
    allowed = {name: set() for name in ACTS}

    for role, person in people.items():
        log_in_freshly(client, person)
        for name in ("ask", "manage-pot", "payment-cash"):
            if client.get(paths[name]).status_code == 200:
                allowed[name].add(role)
    for name in ("payment-waive", "payment-cancel", "expense-approve"):
        allowed[name] = ACTS[name]  # pressed below, by who is refused only: nothing may have changed afterwards
        for role in set(people) - ACTS[name]:
            log_in_freshly(client, people[role])
            assert client.post(paths[name]).status_code in (302, 403, 404), (name, role)

    assert {name: sorted(found) for name, found in allowed.items()} == {
        name: sorted(found) for name, found in ACTS.items()
    }
    after = fresh(request)
    assert (after.waived_at, after.cancelled_at, expense.approvals.count()) == (None, None, 0)


@pytest.mark.parametrize("role", ["chef", "deputy"])
def test_nobody_approves_what_they_claimed_themselves(client, pot_world, role):
    pot, request, people = pot_world
    record_cash(request=request, cents=EACH, by=people["chef"])
    expense = claim(pot, people[role], 1_00)

    log_in_freshly(client, people[role])
    client.post(reverse("expense-approve", args=[expense.pk]))

    assert expense.approvals.count() == 0


def test_an_auditor_reads_and_changes_nothing(client, pot_world):
    pot, _request, people = pot_world
    log_in_freshly(client, people["auditor"])

    pages = [reverse("pot", args=[pot.pk]), reverse("pot-csv", args=[pot.pk]), reverse("treasury")]

    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    for page in ("ask", "manage-pot"):
        assert client.post(reverse(page, args=[pot.pk]), {}).status_code == 403
    assert AuditEntry.objects.filter(actor_id=people["auditor"].pk).count() == 0


# --- 37. Who leaves or is erased ----------------------------------------------------------------------
def erased(member):
    ask_erasure(member=member, posts="unname")
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        erase_due()


def test_who_leaves_or_is_erased_changes_no_total_and_stays_known_to_finance_only(client):
    pot, chef, (request, other) = asked_pot()
    payer = request.party.member
    type(payer).objects.filter(pk=payer.pk).update(first_name="Zebedeus", last_name="Uniek")
    record_cash(request=request, cents=EACH, by=chef)
    name, before = request.party.display_name, (pot_total(pot), pot_statement(pot))

    end_membership(subgroup=pot.subgroup, member=payer)
    erased(payer)

    assert (pot_total(pot), pot_statement(pot)) == before
    assert (fresh(request).paid_cents, fresh(request.party).display_name, faults()) == (EACH, name, [])
    log_in_freshly(client, other.party.member)
    assert name not in client.get(reverse("pot", args=[pot.pk])).content.decode()
    assert "Zebedeus" not in client.get(reverse("pot", args=[pot.pk])).content.decode()
    assert {due.member_id for due in due_payments(at_hour(other.due_on, 10))} == {other.party.member_id}


def test_erasing_waits_for_a_collection_that_is_under_way(client):
    plan_for()
    member, by, board = enrolled(date(2020, 1, 1)), treasurer(), member_with(AssociationRole.BOARD, enrolled=False)
    charge_year(by=by, due_on=date(2026, 12, 1))
    save_debit_settings(
        by=by, creditor_id="NL69ZZZ123456780000", bank_account=bank_account(), notice_days=14, format="pain.008.001.08"
    )
    give_mandate(
        payer=Payer.objects.get(member=member), holder="x", iban=VISSER, by=by, way="paper", signed_on=date(2026, 1, 5)
    )
    batch = make_batch(by=by, name="Incasso", due_until=date(2026, 12, 31), collect_on=date(2026, 12, 4))
    tell_batch(batch=batch, by=by)
    tell_on(batch)
    approve_batch(batch=batch, by=board)
    export_batch(batch=batch, by=by)

    erased(member)
    assert (Erasure.objects.get().done_at, fresh(member).is_active) == (None, True)
    log_in_freshly(client, member)
    assert "Er loopt een incasso van je rekening." in client.get(reverse("privacy-erasure")).content.decode()

    CollectionItem.objects.update(collected_on=date(2026, 12, 4))
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        erase_due()
    assert not fresh(member).is_active


# --- 38. Account numbers ------------------------------------------------------------------------------
def test_account_numbers_are_in_no_table_mail_page_or_log(client, caplog):
    for name in ("django", "finance", "notifications"):
        caplog.set_level(logging.DEBUG, logger=name)
    bank_account()
    pot, chef, (request, _other) = asked_pot()
    member = request.party.member
    give_mandate(payer=Payer.objects.create(member=member, name="x"), holder="x", iban=VISSER, by=member, way="online")
    paid = (EACH, "A VISSER", VISSER, request.reference)
    import_statement(content=camt(paid, paid), filename="a")
    refund_line(line=BankLine.objects.get(state="held"), by=treasurer(), because="dubbel")

    for person in (member, chef, member_with(AssociationRole.TREASURER), member_with(AssociationRole.AUDITOR)):
        log_in_freshly(client, person)
        for page in (
            reverse("my-fees"),
            reverse("treasury"),
            reverse("payment", args=[request.reference]),
            reverse("pot", args=[pot.pk]),
            reverse("bank-lines"),
            reverse("fee-payers"),
        ):
            shown = client.get(page).content.decode()
            assert VISSER not in shown and "0007654321" not in shown, (person, page)

    assert [table for table in tables() if holds(table, VISSER)] == []
    assert VISSER not in caplog.text
    assert not any(VISSER in message.body for message in mail.outbox)


def tables() -> list[str]:
    return connection.introspection.table_names()


def holds(table: str, text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return any(text in str(cell) for row in cursor.fetchall() for cell in row)


# --- Reminders after more time was given --------------------------------------------------------------
def steps_given(member) -> list[str]:
    facts = Reminder.objects.filter(member=member, kind="payment_reminder").order_by("pk")
    return [fact.split(":", 4)[4] for fact in facts.values_list("fact", flat=True)]


def test_a_new_day_brings_the_reminders_before_that_day_and_none_twice():
    pot, chef, (request, other) = asked_pot(deadline=timezone.localdate() + timedelta(days=6))
    member, first_day = request.party.member, request.due_on
    later = first_day + timedelta(days=28)
    queue_due(at_hour(first_day, 10))
    record_cash(request=other, cents=EACH, by=chef)

    with time_machine.travel(at_hour(first_day, 14)):
        extend_pot(pot=pot, by=chef, deadline=later)
        queue_due()
    for day in (later - timedelta(days=7), later):
        for hour in (10, 12):
            queue_due(at_hour(day, hour))

    assert steps_given(member) == ["day+0", "again1:day-7", "again1:day+0"]
    assert steps_given(other.party.member) == ["day+0"]


def test_who_was_reminded_this_morning_is_not_reminded_again_for_the_new_day():
    pot, chef, (request, _other) = asked_pot(deadline=timezone.localdate() + timedelta(days=6))
    day = request.due_on
    with time_machine.travel(at_hour(day, 10)):
        queue_due()
        extend_pot(pot=pot, by=chef, deadline=day + timedelta(days=7))
        queue_due()
    with time_machine.travel(at_hour(day, 15)):
        queue_due()

    assert steps_given(request.party.member) == ["day+0"]
