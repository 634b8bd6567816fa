"""Expenses, answers, hand-over, closing and statements."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from finance.bank.models import BankLine, Refund
from finance.bank.queries import bank_proof
from finance.bank.services import import_statement
from finance.ledger.seals import faults
from finance.pots.access import looks_after
from finance.pots.errors import (
    ApprovedAlready,
    ChooseSurplus,
    HandoverPending,
    NoHandover,
    NotAllowed,
    NotApprovedYet,
    NotEnoughCash,
    NotEnoughInPot,
    OwnExpense,
    PlanTooLong,
    PotClosedAlready,
    PotNotEmpty,
)
from finance.pots.models import Approval, Expense, PaymentRequest, Pot
from finance.pots.queries import chef_of, movements, pot_balance, pot_total
from finance.pots.services import (
    accept_handover,
    answer_request,
    approve_expense,
    claim_expense,
    close_pot,
    confirm_closing,
    dispute_receipt,
    offer_handover,
    pay_expense_in_cash,
    plan_reminders,
    record_cash,
    refuse_expense,
)
from finance.pots.statement import pot_statement, statement_csv, statement_pdf
from groups.people.models import AssociationRole
from groups.subgroups.services import end_membership
from notifications.models import Notice
from notifications.reminders import queue_due
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, member_of, member_with
from tests.factories_finance import asked_pot, bank_account, camt
from tests.finance.test_pots import at_hour
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
CAMPING = "NL83ABNA0412345678"


def today():
    return timezone.localdate()


def paid_pot(**fields):
    """A pot with 85.00 at the bank, its Geldchef, a member and the treasurer."""
    bank_account()
    pot, chef, (one, two) = asked_pot(**fields)
    import_statement(content=camt((42_50, "A", "", one.reference), (42_50, "B", "", two.reference)), filename="1")
    return pot, chef, one.party.member, member_with(AssociationRole.TREASURER)


def claim(pot, by, cents=30_00, purpose="Aanbetaling camping"):
    return claim_expense(pot=pot, by=by, purpose=purpose, cents=cents, spent_on=today())


# --- Expenses ---------------------------------------------------------------------------------------


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


# --- Answers and plan -------------------------------------------------------------------------------


def test_a_private_answer_reaches_the_geldchef_alone_and_pauses_reminders():
    _pot, chef, (one, two) = asked_pot()
    later = one.due_on + timedelta(days=3)

    answer_request(request=one, by=one.party.member, answer="later", text="na mijn salaris", until=later)

    notice = Notice.objects.get(kind="payment_answer")
    assert notice.member == chef
    assert queue_due(at_hour(one.due_on, 10)) == 1
    assert not Notice.objects.filter(kind="payment_reminder", member=one.party.member).exists()
    with pytest.raises(NotAllowed):
        answer_request(request=one, by=two.party.member, answer="later")


def test_a_payer_disputes_a_cash_receipt():
    _pot, chef, (one, _two) = asked_pot()
    record_cash(request=one, cents=42_50, by=chef)

    dispute_receipt(request=one, by=one.party.member, text="ik gaf 40")

    assert one.events.get(kind="disputed").text == "ik gaf 40"
    assert Notice.objects.filter(member=chef, kind="payment_answer").count() == 1


def test_the_plan_says_when_the_pot_reminds_and_at_most_three_times():
    pot, chef, (one, _two) = asked_pot()
    plan_reminders(pot=pot, by=chef, days=[-3], hour=18)

    assert queue_due(at_hour(one.due_on, 18)) == 0
    assert queue_due(at_hour(one.due_on - timedelta(days=3), 17)) == 0
    assert queue_due(at_hour(one.due_on - timedelta(days=3), 18)) == 2
    with pytest.raises(PlanTooLong):
        plan_reminders(pot=pot, by=chef, days=[-7, -3, 0, 3], hour=18)
    with pytest.raises(NotAllowed):
        plan_reminders(pot=pot, by=one.party.member, days=[0], hour=10)


# --- Hand-over --------------------------------------------------------------------------------------


def test_a_successor_accepts_balance_and_open_requests_and_both_names_stay():
    pot, chef, (one, two) = asked_pot()
    record_cash(request=one, cents=42_50, by=chef)
    successor = two.party.member
    handover = offer_handover(pot=pot, by=chef, to=successor)

    with pytest.raises(HandoverPending):
        offer_handover(pot=pot, by=chef, to=one.party.member)
    with pytest.raises(NoHandover):
        accept_handover(handover=handover, by=one.party.member)
    assert looks_after(chef, pot)
    accept_handover(handover=handover, by=successor)

    handover.refresh_from_db()
    assert (handover.cash_cents, handover.open_cents) == (42_50, 42_50)
    assert (looks_after(chef, pot), looks_after(successor, pot)) == (False, True)
    assert [role.label for role in pot.roles.order_by("pk")] == [str(chef), str(successor)]
    with pytest.raises(NoHandover):
        accept_handover(handover=handover, by=successor)


def test_when_the_geldchef_left_the_treasurer_finds_a_successor():
    pot, chef, (one, _two) = asked_pot()
    treasurer = member_with(AssociationRole.TREASURER)

    with pytest.raises(NotAllowed):
        offer_handover(pot=pot, by=treasurer, to=one.party.member)
    end_membership(subgroup=pot.subgroup, member=chef)
    offer_handover(pot=pot, by=treasurer, to=one.party.member)

    assert pot.handovers.get().to == one.party.member


# --- Closing ----------------------------------------------------------------------------------------


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


# --- Statement --------------------------------------------------------------------------------------


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


# --- Pages ------------------------------------------------------------------------------------------

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)


def test_an_expense_walks_through_its_pages_with_a_receipt(client):
    pot, chef, member, _treasurer = paid_pot()
    log_in_freshly(client, member)
    values = {"purpose": "Lampen", "cents": "30,00", "spent_on": "2026-11-16"}
    assert client.post(reverse("claim", args=[pot.pk]), {**values, "cents": ""}).status_code == 422
    client.post(reverse("claim", args=[pot.pk]), {**values, "receipt": SimpleUploadedFile("bon.png", PNG)})
    expense = Expense.objects.get()
    receipt = reverse("expense-receipt", args=[expense.pk])
    assert client.get(receipt).status_code == 200
    client.post(reverse("expense-approve", args=[expense.pk]))
    assert not expense.approvals.exists()

    client.force_login(member_of(pot.subgroup))
    assert client.get(reverse("expense", args=[expense.pk])).status_code == 200
    assert client.get(receipt).status_code == 403
    client.force_login(MemberFactory())
    assert client.get(receipt).status_code == 404

    client.force_login(chef)
    stolen = client.post(reverse("expense-approve", args=[expense.pk]))
    assert "reauthenticate" in stolen["Location"]
    assert not expense.approvals.exists()
    log_in_freshly(client, chef)
    client.post(reverse("expense-approve", args=[expense.pk]))
    assert Expense.objects.get().is_approved


def test_the_geldchef_plans_hands_over_and_closes_on_one_page(client):
    pot, chef, member, _treasurer = paid_pot()
    url = reverse("manage-pot", args=[pot.pk])
    log_in_freshly(client, member)
    assert client.get(url).status_code == 403
    log_in_freshly(client, chef)
    assert client.get(url).status_code == 200
    plan = {"day_1": "0", "tone_1": "clear", "day_2": "", "hour": "12", "weekdays": ["0", "1", "4"]}
    client.post(url, {"form": "plan", **plan})
    planned = Pot.objects.get()
    assert (planned.remind_days, planned.remind_hour, planned.remind_tones) == ([0], 12, {"0": "clear"})
    assert planned.remind_weekdays == [0, 1, 4]
    offered = client.post(url, {"form": "successor", "to": member.pk}, follow=True)
    assert f"Aangeboden aan {member}" in offered.content.decode()
    handover = pot.handovers.get()
    assert client.post(url, {"form": "close"}).status_code == 422

    log_in_freshly(client, member)
    assert client.get(reverse("handover", args=[handover.pk])).status_code == 200
    client.post(reverse("handover", args=[handover.pk]), {"accept": "1"})
    assert chef_of(pot).member == member
    closed = client.post(url, {"form": "close", "surplus": "refund"}, follow=True)
    assert "Het potje is gesloten." in closed.content.decode()
    assert Pot.objects.get().status == "closed"


def test_statements_are_for_who_may_see_the_pot(client):
    pot, _chef, member, treasurer = paid_pot()

    for who, status in ((member, 200), (treasurer, 200), (MemberFactory(), 404)):
        log_in_freshly(client, who)
        assert client.get(reverse("pot-csv", args=[pot.pk])).status_code == status
        assert client.get(reverse("pot-pdf", args=[pot.pk])).status_code == status


def test_an_answer_is_given_on_its_page(client):
    _pot, chef, (one, two) = asked_pot()
    url = reverse("payment-answer", args=[one.reference])
    client.force_login(two.party.member)
    assert client.get(url).status_code == 404
    client.force_login(chef)
    assert client.get(url).status_code == 403
    client.force_login(one.party.member)
    client.post(url, {"answer": "cannot", "text": "even niet"})

    client.force_login(chef)
    assert "even niet" in client.get(one.get_absolute_url()).content.decode()
