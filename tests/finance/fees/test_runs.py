"""Runs: the same books whatever is repeated, killed or changed in between; numbers without gaps."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from finance.bank.services import import_statement
from finance.fees import triggers
from finance.fees.errors import NothingToPayBack, RunIsFinal, RunNotReady
from finance.fees.models import Allocation, Charge, FeeGrant, FeeRun, FeeTier, Invoice, InvoiceLine, Part, Payer
from finance.fees.queries import faults, fee_proof, owed, run_lines
from finance.fees.services import (
    add_to_household,
    cancel_run,
    do_portion,
    found_household,
    give_mandate,
    leave_household,
    make_run,
    pay_back,
    payer_of,
    record_cash,
    refresh_run,
    start_run,
    take_back_cash,
    work_on,
)  # fmt: skip
from finance.ledger.models import Account, Entry
from groups.people.models import Enrolment
from tests.factories import MemberFactory
from tests.factories_fees import charge_year, enrolled, plan_for, stay, treasurer
from tests.factories_finance import bank_account, camt

pytestmark = pytest.mark.django_db


def live():
    return sorted(Charge.objects.live().values_list("member__first_name", "sort", "cents"))


def books():
    return dict(Account.objects.filter(code__startswith="fees:").values_list("code", "balance_cents"))


def test_a_run_looks_first_and_books_only_when_started():
    plan_for(entrance_cents=15_00)
    enrolled(date(2020, 1, 1), first_name="Anna")
    enrolled(date(2026, 7, 1), first_name="Bas")
    by = treasurer()

    run = make_run(name="2026", first_on=date(2026, 1, 1), last_on=date(2026, 12, 31), due_on=date(2026, 12, 31), by=by)
    run = work_on(run.pk)

    assert (run.state, run.added, run.added_cents) == ("ready", 3, 120_00 + 60_49 + 15_00)
    assert not Charge.objects.exists()
    assert not Entry.objects.exists()
    start_run(run=run, by=by)
    run = work_on(run.pk)
    assert (run.state, run.added, run.percent) == ("done", 3, 100)
    assert live() == [("Anna", "fee", 120_00), ("Bas", "entrance", 15_00), ("Bas", "fee", 60_49)]
    assert [(i.number, i.total_cents) for i in Invoice.objects.order_by("sequence")] == [
        ("2026-000001", 120_00),
        ("2026-000002", 75_49),
    ]
    assert fee_proof().books_cents == 195_49
    assert faults() == []


def test_a_run_twice_creates_nothing_double():
    plan_for()
    for _ in range(3):
        enrolled(date(2020, 1, 1))
    run = charge_year()
    before = (Charge.objects.count(), Invoice.objects.count(), Entry.objects.count(), books())

    start_run(run=run, by=treasurer())
    again = work_on(run.pk)
    other = charge_year()

    assert (again.added, again.kept, again.kept_cents) == (0, 3, 360_00)
    assert (other.added, other.kept) == (0, 3)
    assert (Charge.objects.count(), Invoice.objects.count(), Entry.objects.count(), books()) == before


@pytest.mark.parametrize("killed_after", [0, 1, 2, 3])
def test_killed_at_any_portion_and_started_again_it_gives_the_same_books(killed_after):
    plan_for()
    for _ in range(7):
        enrolled(date(2020, 1, 1))
    by = treasurer()
    run = make_run(name="2026", first_on=date(2026, 1, 1), last_on=date(2026, 12, 31), due_on=date(2026, 12, 31), by=by)
    work_on(run.pk)
    start_run(run=run, by=by)
    for _ in range(killed_after):
        do_portion(run.pk, size=2)

    with pytest.raises(InterruptedError), transaction.atomic():  # half a portion leaves nothing
        do_portion(run.pk, size=2)
        raise InterruptedError
    assert FeeRun.objects.get(pk=run.pk).payers_done == 2 * killed_after
    work_on(run.pk)

    assert (Charge.objects.count(), Invoice.objects.count(), Part.objects.count()) == (7, 7, 7)
    assert list(Invoice.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 8))
    assert books()["fees:receivable"] == 840_00
    assert faults() == []


def test_a_change_is_reversed_and_booked_anew_never_edited():
    plan_for("Lid", 120_00)
    plan_for("Steunlid", 60_00)
    member = enrolled(date(2020, 1, 1), first_name="Anna")
    charge_year()
    old = Charge.objects.get()

    Enrolment.objects.filter(member=member).update(ends_on=date(2026, 6, 30))
    stay(member, date(2026, 7, 1), kind_name="Steunlid")
    run = charge_year()

    old.refresh_from_db()
    assert (run.reversed, run.reversed_cents, run.added, run.added_cents) == (1, 120_00, 2, 59_51 + 30_25)
    assert old.cents == 120_00
    assert old.reversal.reverses == old.entry
    assert live() == [("Anna", "fee", 30_25), ("Anna", "fee", 59_51)]
    first, note, second = Invoice.objects.order_by("sequence")
    assert (note.total_cents, note.credits, note.open_cents) == (-120_00, first, 0)
    assert (first.open_cents, second.open_cents) == (0, 89_76)
    assert owed().open_cents == 89_76
    assert faults() == []
    assert charge_year().added == 0


def test_what_was_paid_before_a_change_counts_for_the_new_invoice_and_the_rest_is_paid_back():
    plan_for("Lid", 120_00, prorates_leaving=True)
    member = enrolled(date(2020, 1, 1))
    charge_year()
    by = treasurer()
    record_cash(part=Part.objects.get(), cents=120_00, by=by)

    Enrolment.objects.filter(member=member).update(ends_on=date(2026, 3, 31))
    charge_year()

    note, invoice = Invoice.objects.get(total_cents__lt=0), Invoice.objects.order_by("sequence").last()
    assert (invoice.total_cents, invoice.open_cents, note.open_cents) == (29_59, 0, -90_41)
    assert Allocation.objects.get(credit_note=note).cents == 29_59
    assert faults() == []
    paid = pay_back(note=note, by=by)
    assert (paid.refund.cents, paid.open_cents) == (90_41, 0)
    assert books()["fees:receivable"] == 0
    assert faults() == []
    with pytest.raises(NothingToPayBack):
        pay_back(note=note, by=by)


def test_what_is_paid_back_names_the_account_that_it_came_from():
    plan_for("Lid", 120_00)
    member = enrolled(date(2020, 1, 1))
    charge_year()
    by = treasurer()
    bank_account()
    paying = camt((120_00, "Partner", "NL20INGB0001234567", Part.objects.get().reference))
    import_statement(content=paying, filename="a.xml")
    Enrolment.objects.filter(member=member).delete()
    charge_year()

    note = pay_back(note=Invoice.objects.get(total_cents__lt=0), by=by)

    assert (note.refund.cents, note.refund.iban) == (120_00, "NL20INGB0001234567")


def test_who_never_paid_by_bank_is_paid_back_on_the_account_of_the_mandate():
    plan_for("Lid", 120_00)
    member = enrolled(date(2020, 1, 1))
    charge_year()
    by, payer = treasurer(), Payer.objects.get(member=member)
    give_mandate(payer=payer, holder="x", iban="NL91ABNA0417164300", by=by, way="paper")
    record_cash(part=Part.objects.get(), cents=120_00, by=by)
    Enrolment.objects.filter(member=member).delete()
    charge_year()

    note = pay_back(note=Invoice.objects.get(total_cents__lt=0), by=by)

    assert note.refund.iban == "NL91ABNA0417164300"


def test_an_enrolment_that_was_a_mistake_is_credited():
    plan_for()
    member = enrolled(date(2026, 3, 1))
    charge_year()

    member.enrolments.all().delete()
    run = charge_year()

    assert (run.reversed, run.added) == (1, 0)
    assert owed().open_cents == 0
    assert run.notes.get().code == "reversed"


def test_cash_that_is_taken_back_opens_exactly_that_part_again():
    plan_for()
    enrolled(date(2020, 1, 1))
    charge_year()
    part = Part.objects.get()
    allocation = record_cash(part=part, cents=50_00, by=treasurer())[0]
    part.refresh_from_db()
    assert part.open_cents == 70_00

    take_back_cash(allocation=allocation, by=treasurer())

    part.refresh_from_db()
    assert (part.open_cents, Invoice.objects.get().open_cents) == (120_00, 120_00)
    assert faults() == []


def test_one_household_gets_one_invoice():
    plan_for(household_percent=50)
    father, mother, child = (enrolled(date(2020, 1, 1), first_name=name) for name in ("Aad", "Bea", "Cor"))
    alone = enrolled(date(2020, 1, 1), first_name="Dirk")
    by = treasurer()
    payer = found_household(by=by, name="Familie Smit", contact=mother, members=[father, mother, child])

    charge_year()

    assert sorted(Invoice.objects.values_list("name", "total_cents")) == [
        ("Dirk Voorbeeld", 120_00),
        ("Familie Smit", 240_00),
    ]
    assert (payer_of(child), payer_of(alone).member) == (payer, alone)
    leave_household(place=child.payer_place, by=by)
    assert charge_year().added == 1  # full fee again, on an own invoice
    assert live()[2] == ("Cor", "fee", 120_00)


def test_a_member_is_in_one_household_only():
    from finance.fees.errors import PaysElsewhere

    member, by = MemberFactory(), treasurer()
    found_household(by=by, name="Een", contact=member, members=[member])
    two = found_household(by=by, name="Twee", contact=member, members=[])

    with pytest.raises(PaysElsewhere):
        add_to_household(payer=two, member=member, by=by)


def test_notes_say_who_needs_a_look():
    plan_for("Lid", tiers=[(60_00, None, 17), (120_00, 18, None)])
    unknown = enrolled(date(2020, 1, 1))
    stranger = enrolled(date(2020, 1, 1), kind_name="Erelid")
    spared = enrolled(date(2020, 1, 1))
    FeeGrant.objects.create(member=spared, kind="exempt", reason="Erelid", starts_on=date(2020, 1, 1))

    run = charge_year()

    assert set(run.notes.values_list("member", "code")) == {
        (unknown.pk, "age_unknown"),
        (spared.pk, "age_unknown"),
        (stranger.pk, "no_plan"),
    }


def test_the_figures_stand_beside_those_of_a_year_before():
    plan = plan_for()
    FeeTier.objects.create(plan=plan, valid_from=date(2026, 1, 1), cents=130_00)
    enrolled(date(2020, 1, 1))
    enrolled(date(2026, 1, 1))
    charge_year(2025)

    run = charge_year(2026)

    (line,) = run_lines(run)
    assert (line.number, line.cents, line.number_before, line.cents_before) == (2, 260_00, 1, 120_00)
    assert line.difference_cents == 140_00


def test_a_run_is_started_when_ready_and_cancelled_only_before():
    by = treasurer()
    run = make_run(name="x", first_on=date(2026, 1, 1), last_on=date(2026, 1, 1), due_on=date(2026, 1, 1), by=by)
    with pytest.raises(RunNotReady):
        start_run(run=run, by=by)
    with pytest.raises(RunNotReady):
        refresh_run(run=run)
    work_on(run.pk)
    assert refresh_run(run=run).state == "preparing"
    work_on(run.pk)
    start_run(run=run, by=by)
    with pytest.raises(RunIsFinal):
        cancel_run(run=run, by=by)


# --- What the database refuses ----------------------------------------------------------------------
def test_a_second_live_charge_for_one_period_is_refused():
    plan_for()
    enrolled(date(2020, 1, 1))
    charge_year()
    twin = Charge.objects.get()
    twin.pk, twin.entry = None, Entry.objects.create(key="x", kind="x", value_date=date(2026, 1, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(
    "act",
    [
        lambda invoice: Invoice.objects.filter(pk=invoice.pk).update(total_cents=1, settled_cents=0),
        lambda invoice: Invoice.objects.filter(pk=invoice.pk).update(sequence=99),
        lambda invoice: Invoice.objects.filter(pk=invoice.pk).update(name="Een ander"),
        lambda invoice: InvoiceLine.objects.filter(invoice=invoice).update(cents=1),
        lambda invoice: InvoiceLine.objects.filter(invoice=invoice)._raw_delete("default"),
        lambda invoice: Invoice.objects.filter(pk=invoice.pk)._raw_delete("default"),
    ],
)
def test_an_invoice_stays_as_it_was_sent(act):
    plan_for()
    enrolled(date(2020, 1, 1))
    charge_year()
    triggers.install(connection)

    with pytest.raises(IntegrityError), transaction.atomic():
        act(Invoice.objects.get())


def test_a_name_may_be_emptied_when_the_years_are_over():
    plan_for()
    enrolled(date(2020, 1, 1))
    charge_year()

    assert Invoice.objects.update(name="", address="") == 1


def test_a_payer_of_a_body_is_no_member():
    with pytest.raises(IntegrityError), transaction.atomic():
        Payer.objects.create(kind="body", name="Bedrijf", member=MemberFactory())
