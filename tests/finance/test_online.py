"""Paying online: one booking per payment, whatever is reported, how often and in what order."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from finance.bank.models import Refund
from finance.ledger.models import Account
from finance.ledger.seals import faults
from finance.pots.models import Allocation, PaymentRequest
from finance.pots.queries import pot_balance, pot_total
from finance.pots.services import cancel_request, pay_back_online, record_cash
from finance.pots.services.givingback import payable_online
from finance.providers.models import PaymentAttempt
from finance.providers.services import apply_status, start_attempt
from groups.people.models import AssociationRole
from notifications.models import Notice
from tests.factories import member_with
from tests.factories_finance import asked_pot
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
real_connections = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def attempt_for(request):
    member = request.party.member
    fields = {"cents": request.open_cents, "description": "Zomertocht", "return_path": "/", "by": member}
    return start_attempt(kind="pot", payable_id=request.pk, **fields)


def fresh(request):
    return PaymentRequest.objects.get(pk=request.pk)


def test_a_payment_is_counted_and_receipted():
    pot, _chef, (request, _other) = asked_pot()

    attempt = apply_status(attempt=attempt_for(request), status="paid")

    assert (attempt.status, attempt.held_because, attempt.entry.kind) == ("paid", "", "online_payment")
    assert fresh(request).is_paid
    assert (pot_total(pot).collected_cents, pot_balance(pot).online_cents) == (42_50, 42_50)
    assert Notice.objects.filter(member=request.party.member, kind="payment_received").count() == 1
    assert faults() == []


@real_connections
def test_ten_reports_at_once_book_once():
    pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)

    at_once(*(lambda: apply_status(attempt=attempt, status="paid") for _ in range(10)))

    assert Allocation.objects.count() == 1
    assert pot_total(pot).collected_cents == 42_50


@real_connections
def test_two_tabs_at_once_share_one_attempt():
    _pot, _chef, (request, _other) = asked_pot()

    answers = at_once(*(lambda: attempt_for(request) for _ in range(4)))

    assert len({answer.pk for answer in answers}) == 1
    assert PaymentAttempt.objects.count() == 1


def test_paid_online_and_in_cash_counts_once_and_holds_the_second():
    pot, chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    record_cash(request=request, cents=42_50, by=chef)

    late = apply_status(attempt=attempt, status="paid")

    assert late.held_because == "duplicate"
    assert pot_total(pot).collected_cents == 42_50
    assert Account.objects.get(code="held:practice").balance_cents == 42_50
    assert Notice.objects.filter(member=chef, kind="payment_held").count() == 1
    assert faults() == []


def test_a_payment_after_cancelling_is_booked_all_the_same():
    _pot, _chef, (request, _other) = asked_pot()
    attempt = apply_status(attempt=attempt_for(request), status="cancelled")

    apply_status(attempt=attempt, status="paid")

    assert fresh(request).is_paid


def test_a_failed_payment_takes_nothing_and_a_new_try_is_a_new_attempt():
    _pot, _chef, (request, _other) = asked_pot()
    first = apply_status(attempt=attempt_for(request), status="failed")

    assert attempt_for(request).pk != first.pk
    assert fresh(request).paid_cents == 0


def test_after_a_part_in_cash_the_attempt_is_for_what_is_left():
    _pot, chef, (request, _other) = asked_pot()
    attempt_for(request)
    record_cash(request=request, cents=20_00, by=chef)

    assert attempt_for(fresh(request)).cents == 22_50


def test_a_part_in_cash_and_then_all_of_it_online_owes_the_payer_what_is_too_much():
    pot, chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    record_cash(request=request, cents=20_00, by=chef)

    attempt = apply_status(attempt=attempt, status="paid")

    refund = Refund.objects.get()
    assert (attempt.held_because, fresh(request).is_paid) == ("", True)
    assert (pot_total(pot).collected_cents, refund.cents, refund.ring) == (42_50, 20_00, pot.ring)
    assert refund.pk in payable_online([refund])
    assert Notice.objects.filter(member=request.party.member, kind="payment_returned").count() == 1
    assert faults() == []
    pay_back_online(refund=refund, by=member_with(AssociationRole.TREASURER))
    refund.refresh_from_db()
    assert (refund.open_cents, fresh(request).is_paid) == (0, True)
    assert pot_balance(pot).total_cents == 42_50
    assert faults() == []


def test_money_for_a_cancelled_request_is_held():
    _pot, chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    cancel_request(request=request, by=chef)

    assert apply_status(attempt=attempt, status="paid").held_because == "closed"


def test_the_database_refuses_a_second_live_attempt_and_one_provider_id_twice():
    _pot, _chef, (request, other) = asked_pot()
    first = attempt_for(request)
    same = {"kind": "pot", "provider": "practice", "cents": 1, "description": "x", "return_path": "/"}

    for values in (
        {"payable_id": request.pk, "provider_id": "x"},
        {"payable_id": other.pk, "provider_id": first.provider_id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaymentAttempt.objects.create(**same, **values)


def test_the_practice_bank_walks_a_payment_through_and_is_closed_in_production(client, settings):
    _pot, chef, (request, _other) = asked_pot()
    client.force_login(request.party.member)
    answer = client.post(reverse("payment-online", args=[request.reference]))
    assert client.get(answer.url).status_code == 200
    back = client.post(answer.url, {"ending": "paid"})
    assert (back.url, fresh(request).is_paid) == (request.get_absolute_url(), True)

    client.force_login(chef)
    assert client.get(answer.url).status_code == 404
    settings.PRODUCTION = True
    client.force_login(request.party.member)
    assert client.get(answer.url).status_code == 404
    assert client.post(reverse("payment-online", args=[request.reference])).status_code == 403
