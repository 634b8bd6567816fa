"""Online payments of fees that leave again: a refund or chargeback reopens the invoice by exactly so much."""

from datetime import date

import pytest

from finance.fees.models import Invoice, Part
from finance.fees.online import fee_given_again, fee_taken_back
from finance.fees.queries import faults
from finance.ledger.services import Transfer, post
from finance.providers.accounts import clearing
from finance.providers.models import PaymentAttempt
from finance.providers.services import apply_status, start_attempt
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("cents", [120_00, 45_00])
def test_what_leaves_is_open_again_and_comes_back_when_undone(cents):
    from finance.fees import accounts

    plan_for()
    member = enrolled(date(2020, 1, 1))
    charge_year(by=treasurer())
    part = Part.objects.get()
    attempt = start_attempt(kind="fee", payable_id=part.pk, cents=120_00, description="x", return_path="/", by=member)
    apply_status(attempt=attempt, status="paid")
    attempt = PaymentAttempt.objects.get(pk=attempt.pk)
    assert Invoice.objects.get().open_cents == 0

    owed, bank = accounts.receivable(), clearing(attempt.provider)
    left = post(key="left", kind="chargeback", transfers=[Transfer(owed, bank, cents)]).entry
    fee_taken_back(attempt=attempt, cents=cents, entry=left)
    assert Invoice.objects.get().open_cents == cents
    assert faults() == []
    again = post(key="again", kind="chargeback", transfers=[Transfer(bank, owed, cents)]).entry
    fee_given_again(attempt=attempt, cents=cents, entry=again)

    assert Invoice.objects.get().open_cents == 0
    assert faults() == []
