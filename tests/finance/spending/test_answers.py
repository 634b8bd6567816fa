"""Expenses, answers, hand-over, closing and statements: answers and plan."""

from datetime import timedelta

import pytest

from finance.pots.errors import NotAllowed, PlanTooLong
from finance.pots.services import answer_request, dispute_receipt, plan_reminders, record_cash
from notifications.models import Notice
from notifications.reminders import queue_due
from tests.factories_finance import asked_pot
from tests.finance.test_pots import at_hour

pytestmark = pytest.mark.django_db


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
