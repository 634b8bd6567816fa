"""What stands beside the books goes after its term; the books stay as they are."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from community.privacy.retention import wipe_all
from finance.fees.models import Arrangement, Invoice, Mandate, Stop
from finance.fees.queries import faults
from finance.fees.services import end_mandate, give_mandate, payer_of
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer

pytestmark = pytest.mark.django_db
IBAN = "NL91ABNA0417164300"


@pytest.fixture
def charged():
    plan_for()
    member, by = enrolled(date(2020, 1, 1)), treasurer()
    charge_year(by=by, due_on=date(2026, 12, 18))
    return member, by, Invoice.objects.get()


def test_what_was_written_in_confidence_goes_after_two_years_and_the_outcome_stays(charged):
    member, _by, invoice = charged
    now = timezone.now()
    answered = {"answer": "Goed.", "is_granted": True, "answered_at": now}
    Arrangement.objects.create(invoice=invoice, wish="less", text="Ik ben mijn werk kwijt.", **answered)
    waiting = Arrangement.objects.create(invoice=invoice, wish="later", text="Volgende maand kan het.")
    Stop.objects.create(
        enrolment=member.enrolments.get(), ends_on=now.date(), reason="Ziek", asked_by_label=str(member)
    )

    wipe_all(now + timedelta(days=729))
    assert Stop.objects.get().reason == "Ziek"
    wipe_all(now + timedelta(days=731))

    gone = Arrangement.objects.exclude(pk=waiting.pk).get()
    assert (gone.text, gone.answer, gone.is_granted) == ("", "", True)
    assert Stop.objects.get().reason == ""
    assert Arrangement.objects.get(pk=waiting.pk).text
    assert faults() == []


def test_an_account_goes_thirty_six_months_after_the_last_collection(charged):
    member, by, _invoice = charged
    values = {"holder": "Anna", "signed_on": date(2025, 1, 1), "way": Mandate.Way.PAPER}
    mandate = give_mandate(payer=payer_of(member), iban=IBAN, reference="M-1", by=by, **values)
    Mandate.objects.update(last_used_on=date(2026, 6, 1))
    now = timezone.now()

    wipe_all(now + timedelta(days=2000))
    mandate.refresh_from_db()
    assert mandate.iban == IBAN  # it is still in use

    end_mandate(mandate=mandate, by=by)
    wipe_all(now + timedelta(days=1095))
    mandate.refresh_from_db()
    assert mandate.iban == IBAN
    wipe_all(now + timedelta(days=1098))
    mandate.refresh_from_db()
    assert (mandate.iban, mandate.holder, mandate.iban_mark, mandate.reference) == ("", "", "", "M-1")
