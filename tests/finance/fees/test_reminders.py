"""Reminders of fees: at their steps, never when paid or asked about, never on old knowledge; renewal once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from finance.bank.models import StatementImport
from finance.fees.models import Arrangement, Invoice, Part
from finance.fees.services import record_cash, stop_membership
from finance.fees.tasks import finish_what_was_left
from notifications.kinds import notice_kind, words_of
from notifications.models import Notice
from notifications.reminders import queue_due
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer
from tests.factories_finance import bank_account

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 1)


def at(day, hour=11):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def asked():
    plan_for(renewal_days=0)
    member, by = enrolled(date(2020, 1, 1), first_name="Anna"), treasurer()
    charge_year(by=by, due_on=DUE)
    StatementImport.objects.create(bank_account=bank_account(), digest="x", format="camt", last_on=date(2027, 6, 1))
    return member, by


def reminded(member):
    return Notice.objects.filter(member=member, kind="fee_reminder")


def run(day, hour=11):
    with time_machine.travel(at(day, hour)):
        queue_due()


def test_steps_before_and_after_once_each(asked):
    member, _by = asked
    told = []
    for offset in range(-12, 40):
        run(DUE + timedelta(days=offset))
        run(DUE + timedelta(days=offset), 15)
        if Notice.objects.filter(member=member, kind="fee_reminder", read_at__isnull=True).exists():
            told.append(offset)
            reminded(member).update(read_at=at(DUE))
    assert told == [-7, 7, 21]


def test_not_at_night(asked):
    member, _by = asked
    run(DUE - timedelta(days=7), 23)
    assert not reminded(member).exists()


def test_paid_is_never_reminded(asked):
    member, by = asked
    record_cash(part=Part.objects.get(), cents=120_00, by=by)
    run(DUE + timedelta(days=7))
    assert not reminded(member).exists()


def test_an_open_question_waits_for_its_answer(asked):
    member, _by = asked
    Arrangement.objects.create(invoice=Invoice.objects.get(), wish="later")
    run(DUE + timedelta(days=7))
    assert not reminded(member).exists()


def test_nobody_is_called_late_on_old_knowledge(asked):
    member, _by = asked
    StatementImport.objects.update(last_on=DUE - timedelta(days=1))
    run(DUE + timedelta(days=7))
    assert not reminded(member).exists()


def test_before_a_new_period_members_hear_the_amount_and_how_to_stop():
    plan_for(renewal_days=45)
    member, leaver = enrolled(date(2020, 1, 1)), enrolled(date(2020, 1, 1))
    stop_membership(enrolment=leaver.enrolments.get(), by=leaver)

    for day in (date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 18), date(2026, 12, 20)):
        run(day)

    notice = Notice.objects.get(kind="fee_renewal")
    words = words_of(notice_kind("fee_renewal"), member, notice.context)
    assert notice.member == member
    assert "120" in words.title
    assert words.path == f"/fees/stop/{member.enrolments.get().pk}/"


def test_the_clock_finishes_a_run_that_was_left_and_tells_everybody_once():
    from finance.fees.models import FeeRun
    from finance.fees.services import make_run, start_run, work_on

    plan_for()
    member, by = enrolled(date(2020, 1, 1)), treasurer()
    made = make_run(name="x", first_on=date(2026, 1, 1), last_on=date(2026, 12, 31), due_on=DUE, by=by)
    work_on(made.pk)
    start_run(run=made, by=by)

    finish_what_was_left()
    finish_what_was_left()

    assert FeeRun.objects.get().state == "done"
    assert Notice.objects.filter(member=member, kind="fee_invoice").count() == 1
    later = enrolled(date(2026, 6, 1))
    start_run(run=made, by=by)
    finish_what_was_left()
    assert Notice.objects.filter(kind="fee_invoice").count() == 2
    assert Notice.objects.get(kind="fee_invoice", member=later).count == 1
    assert Notice.objects.get(kind="fee_invoice", member=member).count == 1
