"""The treasurer's desk: open by age, to match, reminders of today, what waits, pots, and the proof of the bank."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.bank.services import import_statement
from finance.pots.desk import count_together, waits_for_treasurer
from finance.pots.models import Expense, PaymentRequest, Pot
from finance.pots.queries import open_by_age
from finance.pots.services import claim_expense, close_pot, return_payment
from groups.people.models import AssociationRole
from tests.factories import MemberFactory, member_with
from tests.factories_finance import asked_pot, bank_account, camt

pytestmark = pytest.mark.django_db


def test_open_requests_fall_in_exactly_one_age():
    _pot, _chef, requests = asked_pot(members=6, each_cents=1_00)
    today = timezone.localdate()
    for request, late in zip(requests, (-3, 0, 1, 7, 8, 31), strict=True):
        PaymentRequest.objects.filter(pk=request.pk).update(due_on=today - timedelta(days=late))

    ages = {age.key: (age.count, age.cents) for age in open_by_age(PaymentRequest.objects.open())}

    assert ages == {
        "all": (6, 6_00),
        "late": (4, 4_00),
        "soon": (2, 2_00),
        "week": (2, 2_00),
        "month": (1, 1_00),
        "older": (1, 1_00),
    }


def test_what_waits_is_counted_in_one_query(django_assert_num_queries):
    bank_account()
    pot, chef, (request, other) = asked_pot()
    treasurer = member_with(AssociationRole.TREASURER)
    import_statement(
        content=camt((42_50, "A", "", request.reference), (42_50, "B", "", other.reference), (9_99, "C", "", "?")),
        filename="a",
    )
    return_payment(request=PaymentRequest.objects.get(pk=request.pk), by=chef)
    claim_expense(pot=pot, by=chef, purpose="Tent", cents=10_00, spent_on=timezone.localdate())
    waits_for_treasurer(treasurer)

    with django_assert_num_queries(1):
        waits = waits_for_treasurer(treasurer)

    assert waits == {"lines": 1, "refunds": 1, "expenses": 1, "closing": 0, "online": 0, "reminders": 0}
    Expense.objects.update(refused_at=timezone.now())
    close_pot(pot=Pot.objects.get(), by=chef, surplus="association")
    assert waits_for_treasurer(treasurer)["closing"] == 1


def test_nothing_at_all_counts_as_nothing():
    assert count_together({"a": Pot.objects.all(), "b": Pot.objects.none()}) == {"a": 0, "b": 0}


def test_the_desk_shows_it_and_only_to_who_sees_the_books(client):
    asked_pot()
    for who, status in ((MemberFactory(), 403), (member_with(AssociationRole.AUDITOR), 200)):
        client.force_login(who)
        assert client.get(reverse("treasury")).status_code == status
    page = client.get(reverse("treasury")).content.decode()
    assert "Tot een maand te laat" in page and "Herinneringen vandaag" in page and "Wacht op jou" in page
