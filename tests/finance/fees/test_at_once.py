"""Two treasurers, a payment and a leaver at the same moment: the books end as if one had waited for the other."""

from datetime import date
from functools import partial

import pytest
from django.db.models import Sum

from finance.fees.models import Allocation, Charge, FeeRun, Invoice, InvoiceCounter, Part
from finance.fees.queries import faults, fee_proof
from finance.fees.services import make_run, record_cash, start_run, stop_membership, work_on
from finance.ledger.models import Account
from finance.ledger.seals import faults as ledger_faults
from groups.people.models import AuditEntry
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer
from tests.parallel import at_once, in_processes

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PAYERS = 9


def ready_run(by):
    days = {"first_on": date(2026, 1, 1), "last_on": date(2026, 12, 31), "due_on": date(2026, 12, 31)}
    return work_on(make_run(name="2026", by=by, **days).pk)


def started_and_done(run, by) -> str:
    start_run(run=run, by=by)
    return work_on(run.pk).state


def whole(payers=PAYERS) -> None:
    """Everybody charged once, invoices numbered without a gap, and the books agree with the invoices."""
    live = Charge.objects.live()
    assert live.count() == live.values("member").distinct().count() == payers
    numbers = list(Invoice.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert InvoiceCounter.objects.get(year=2026).last == len(numbers)
    assert (faults(), ledger_faults()) == ([], [])
    proof = fee_proof()
    assert proof.books_cents == Account.objects.get(code="fees:receivable").balance_cents


@pytest.mark.parametrize("together", [at_once, in_processes])
def test_two_treasurers_start_the_same_run(together):
    plan_for()
    for _ in range(PAYERS):
        enrolled(date(2020, 1, 1))
    first, second = treasurer(), treasurer()
    run = ready_run(first)

    answers = together(partial(started_and_done, run, first), partial(started_and_done, run, second))

    # The second finds a run that is under way, or one that is done and adds nothing more.
    names = [answer if isinstance(answer, str) else type(answer).__name__ for answer in answers]
    assert set(names) <= {"done", "RunNotReady"} and "done" in names
    assert FeeRun.objects.get().state == "done"
    assert AuditEntry.objects.filter(act="fees.run_started").count() == names.count("done")
    assert Charge.objects.count() == Invoice.objects.count() == PAYERS
    whole()


def test_three_processes_work_on_one_run_and_each_portion_is_done_once():
    plan_for()
    for _ in range(PAYERS):
        enrolled(date(2020, 1, 1))
    by = treasurer()
    run = ready_run(by)
    start_run(run=run, by=by)

    assert in_processes(*[partial(in_small_portions, run.pk)] * 3) == ["done"] * 3

    run.refresh_from_db()
    assert (run.payers_done, run.added, run.added_cents) == (run.payers_total, PAYERS, PAYERS * 120_00)
    whole()


def in_small_portions(run_id) -> str:
    from finance.fees.services import do_portion

    while do_portion(run_id, size=2):
        pass
    return FeeRun.objects.get(pk=run_id).state


def test_two_runs_over_the_same_days_charge_nobody_twice():
    plan_for()
    for _ in range(PAYERS):
        enrolled(date(2020, 1, 1))
    by = treasurer()

    assert in_processes(*[partial(charged, by)] * 2) == ["done", "done"]

    assert FeeRun.objects.count() == 2
    assert sum(FeeRun.objects.values_list("added", flat=True)) == PAYERS
    whole()


def charged(by) -> str:
    return charge_year(by=by).state


@pytest.mark.parametrize("together", [at_once, in_processes])
def test_a_run_a_payment_and_a_leaver_at_once(together):
    """What was paid is never lost: it stands on the invoice, or as credit on what took its place."""
    plan_for("Lid", 120_00, months=1, notice_months=0)
    leaver = enrolled(date(2020, 1, 1))
    for _ in range(PAYERS - 1):
        enrolled(date(2020, 1, 1))
    by = treasurer()
    charge_january(by)
    part = Part.objects.get(invoice__payer__member=leaver)
    run = ready_run(by)

    answers = together(
        partial(started_and_done, run, by),
        partial(cash_cents, part, by),
        partial(left_on, leaver.enrolments.get()),
    )

    assert answers == ["done", 120_00, "2026-11-30"]
    settle = charge_year(name="daarna", by=by)  # what the run could not know yet is put right by the next one
    assert charge_year(name="en nog eens", by=by).added == 0
    assert settle.state == "done"
    assert Allocation.objects.filter(way="cash").aggregate(cents=Sum("cents"))["cents"] == 120_00
    last = Charge.objects.live().filter(member=leaver).order_by("period_starts_on").last()
    assert last.covers_until == date(2026, 11, 30)
    assert Charge.objects.live().filter(member=leaver).count() == 11
    assert Charge.objects.live().exclude(member=leaver).count() == 12 * (PAYERS - 1)
    assert (faults(), ledger_faults()) == ([], [])


def charge_january(by):
    run = make_run(name="1", first_on=date(2026, 1, 1), last_on=date(2026, 1, 1), due_on=date(2026, 12, 31), by=by)
    work_on(run.pk)
    started_and_done(run, by)


def cash_cents(part, by) -> int:
    return sum(each.cents for each in record_cash(part=part, cents=120_00, by=by))


def left_on(enrolment) -> str:
    return str(stop_membership(enrolment=enrolment, by=enrolment.member).ends_on)
