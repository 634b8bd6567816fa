"""Paying through Mollie, against a faithful fake: every state, every way of delivering, every fault."""

import uuid

import pytest
from django.urls import reverse

from finance.ledger.models import Account, Entry
from finance.ledger.seals import faults
from finance.pots.models import Allocation, PaymentRequest
from finance.pots.queries import pot_balance, pot_total
from finance.pots.services import cancel_request, record_cash
from finance.providers.errors import ProviderAway, ProviderRefused
from finance.providers.models import PaymentAttempt, ProviderNotice
from finance.providers.services import refresh, start_attempt, sweep_attempts, sweep_chargebacks
from notifications.models import Notice
from tests.factories_finance import asked_pot
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
real_connections = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def attempt_for(request, **fields):
    member = request.party.member
    fields = {"cents": request.open_cents, "description": "Zomertocht", "return_path": "/", "by": member, **fields}
    return start_attempt(kind="pot", payable_id=request.pk, **fields)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_the_payer_goes_to_the_bank_and_the_notice_counts_it(mollie):
    pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    assert attempt.checkout_url == f"{mollie.address}/checkout/{attempt.provider_id}"

    mollie.pay(attempt.provider_id, method="ideal")
    mollie.deliver()

    attempt = fresh(attempt)
    assert (attempt.status, attempt.method, attempt.mode) == ("paid", "ideal", "test")
    assert fresh(request).is_paid
    assert (pot_total(pot).collected_cents, pot_balance(pot).online_cents) == (42_50, 42_50)
    assert Notice.objects.filter(member=request.party.member, kind="payment_received").count() == 1
    assert mollie.delivered[-1][2] == 200
    assert faults() == []


@pytest.mark.parametrize(
    ("happens", "status"), [("fail", "failed"), ("cancel", "cancelled"), ("expire", "expired"), ("pend", "pending")]
)
def test_other_endings_count_nothing(mollie, happens, status):
    _pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)

    getattr(mollie, happens)(attempt.provider_id)
    mollie.deliver()

    assert refresh(attempt=attempt).status == status
    assert fresh(request).paid_cents == 0
    assert Entry.objects.filter(kind="online_payment").count() == 0


def test_pending_and_then_failed_as_direct_debits_do(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    mollie.pend(attempt.provider_id)
    assert refresh(attempt=attempt).status == "pending"

    mollie.fail(attempt.provider_id)
    mollie.deliver()

    assert fresh(attempt).status == "failed"
    assert attempt_for(request).pk != attempt.pk


@real_connections
def test_forty_notices_at_once_book_once_and_thank_once(mollie):
    pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    mollie.pay(attempt.provider_id)
    before = fresh(pot).version

    mollie.deliver_at_once(40)
    sweep_attempts()

    assert Entry.objects.filter(kind="online_payment").count() == 1
    assert Allocation.objects.count() == 1
    assert Notice.objects.filter(kind="payment_received").count() == 1
    assert (pot_total(pot).collected_cents, fresh(pot).version) == (42_50, before + 1)


@pytest.mark.parametrize("delivery", ["normal", "twice", "late", "reversed"])
def test_every_way_of_delivering_ends_the_same(mollie, delivery):
    pot, _chef, requests = asked_pot()
    attempts = [attempt_for(request) for request in requests]
    mollie.delivery = delivery
    for attempt in attempts:
        mollie.pay(attempt.provider_id)
    mollie.deliver()
    mollie.deliver()

    assert pot_total(pot).collected_cents == 85_00
    assert Entry.objects.filter(kind="online_payment").count() == 2


@real_connections
def test_a_notice_that_beats_our_own_commit(mollie):
    """It arrives while the create call is still being answered: the attempt has no id of the provider yet."""
    _pot, _chef, (request, _other) = asked_pot()
    mollie.delivery = "early"

    attempt = attempt_for(request)

    assert ProviderNotice.objects.get().result == "open"
    assert fresh(attempt).provider_id == attempt.provider_id != ""
    mollie.delivery = "normal"
    mollie.pay(attempt.provider_id)
    assert fresh(request).is_paid


def test_a_notice_is_tried_again_as_long_as_we_do_not_answer(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    to_us, answers = mollie.post, [500, 0, 302]
    mollie.post = lambda url, identity: answers.pop(0) if answers else to_us(url, identity)
    mollie.pay(attempt.provider_id)

    mollie.deliver_over_a_day(minute=0)

    assert [status for _url, _id, status in mollie.delivered] == [500, 0, 302, 200]
    assert fresh(request).is_paid


def test_back_before_the_notice_and_after_it(client, mollie):
    _pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request, return_path=request.get_absolute_url())
    client.force_login(request.party.member)
    back = reverse("provider-return", args=[attempt.key])

    assert "nog niet geantwoord" in client.get(back, follow=True).content.decode()
    mollie.pay(attempt.provider_id)
    assert "Betaald" in client.get(back, follow=True).content.decode()
    mollie.deliver()
    assert "Betaald" in client.get(back, follow=True).content.decode()
    assert Allocation.objects.count() == 1


@real_connections
def test_return_page_and_notice_at_once_book_once(mollie):
    pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    mollie.pay(attempt.provider_id)

    answers = at_once(*[lambda: refresh(attempt=attempt)] * 3, mollie.deliver, sweep_attempts)

    assert not [each for each in answers if isinstance(each, Exception)]
    assert (Allocation.objects.count(), pot_total(pot).collected_cents) == (1, 42_50)


def test_a_stranger_cannot_come_back_for_another(client, mollie):
    _pot, _chef, (request, other) = asked_pot()
    client.force_login(other.party.member)

    assert client.get(reverse("provider-return", args=[attempt_for(request).key])).status_code == 404


def test_forged_notices_are_answered_with_200_and_believed_in_nothing(client, mollie, settings):
    _pot, _chef, (request, other) = asked_pot()
    attempt, paid = attempt_for(request), attempt_for(other)
    mollie.pay(paid.provider_id)
    mollie.waiting = []

    def hook(key, **body):
        return client.post(reverse("mollie-webhook", args=[key]), body).status_code

    assert hook(uuid.uuid4(), id=paid.provider_id) == 200
    assert hook(attempt.key, id="tr_unknown") == 200
    assert hook(attempt.key, id=paid.provider_id) == 200  # paid, but by another for something else
    assert hook(attempt.key, id="x" * 500) == hook(attempt.key) == 200
    assert Entry.objects.filter(kind="online_payment").count() == 0
    assert client.get(reverse("mollie-webhook", args=[attempt.key])).status_code == 405

    settings.MOLLIE_KEY = mollie.key = "live_" + mollie.key.removeprefix("test_")
    mollie.pay(attempt.provider_id)  # made in test mode, reported to a live site
    mollie.deliver()
    assert fresh(attempt).status == "open"
    assert Entry.objects.filter(kind="online_payment").count() == 0


def test_notices_cannot_fill_the_database(client, mollie, monkeypatch):
    _pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    mollie.faults = ["503"] * 10
    monkeypatch.setattr("finance.providers.services.hearing.MAX_NOTICES", 5)
    url = reverse("mollie-webhook", args=[attempt.key])

    answers = [client.post(url, {"id": attempt.provider_id}).status_code for _ in range(8)]

    assert answers == [200] * 5 + [503] * 3
    assert ProviderNotice.objects.count() == 5


def test_another_amount_than_asked_is_booked_as_what_it_is(mollie):
    pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    mollie.store.payments[attempt.provider_id]["amount"] = {"currency": "EUR", "value": "30.00"}
    mollie.pay(attempt.provider_id)
    mollie.deliver()

    assert (fresh(request).open_cents, pot_total(pot).collected_cents) == (12_50, 30_00)


def test_two_tabs_share_a_payment_and_a_second_payment_is_held(mollie):
    pot, chef, (request, _other) = asked_pot()
    first = attempt_for(request)
    assert attempt_for(request).pk == first.pk
    mollie.cancel(first.provider_id)
    refresh(attempt=first)
    second = attempt_for(request)
    mollie.pay(first.provider_id)  # the old tab was still open
    mollie.pay(second.provider_id)
    mollie.deliver()

    held = PaymentAttempt.objects.get(held_because="duplicate")
    assert pot_total(pot).collected_cents == 42_50
    assert held.needs_decision and Account.objects.get(code="held:mollie").balance_cents == 42_50
    assert Notice.objects.filter(member=chef, kind="payment_held").count() == 1
    assert faults() == []


def test_expired_and_later_paid_is_booked(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    mollie.expire(attempt.provider_id)
    mollie.deliver()
    assert fresh(attempt).status == "expired"

    mollie.pay(attempt.provider_id, method="banktransfer")
    mollie.deliver()

    assert fresh(request).is_paid


def test_a_late_answer_does_not_open_what_has_ended(mollie):
    from finance.providers.choice import online_provider
    from finance.providers.services import apply_state

    _pot, _chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    old = online_provider().fetch(attempt.provider_id)
    mollie.fail(attempt.provider_id)
    mollie.deliver()

    assert apply_state(attempt=attempt, state=old).status == "failed"


def test_no_answer_after_it_was_made_and_the_same_key_gives_the_same_payment(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    mollie.faults = ["timeout"]
    with pytest.raises(ProviderAway):
        attempt_for(request)

    attempt = attempt_for(request)

    assert len(mollie.store.payments) == 1
    assert attempt.provider_id in mollie.store.payments


def test_after_an_hour_the_list_is_read_before_a_new_payment_is_made(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    mollie.faults = ["timeout"]
    with pytest.raises(ProviderAway):
        attempt_for(request)
    [lost] = mollie.store.payments
    PaymentAttempt.objects.update(created_at=PaymentAttempt.objects.get().created_at - _hours(2))
    mollie.clock.forward(hours=2)

    attempt = attempt_for(request)

    assert (attempt.provider_id, len(mollie.store.payments)) == (lost, 1)


def _hours(count):
    from datetime import timedelta

    return timedelta(hours=count)


def test_two_payments_for_one_attempt_are_both_booked_and_one_held(mollie):
    """The provider forgot our key and the list did not show it yet: two payments exist, and both get paid."""
    pot, _chef, (request, _other) = asked_pot()
    first = attempt_for(request)
    twin = dict(mollie.store.payments[first.provider_id], id="tr_Twin")
    mollie.store.payments["tr_Twin"] = twin
    mollie.pay(first.provider_id)
    mollie.pay("tr_Twin")
    mollie.deliver()
    mollie.deliver()

    assert PaymentAttempt.objects.filter(status="paid").count() == 2
    assert pot_total(pot).collected_cents == 42_50
    assert PaymentAttempt.objects.get(provider_id="tr_Twin").held_because == "duplicate"


@pytest.mark.parametrize("fault", ["500", "503", "429", "busy", "timeout"])
def test_a_provider_that_is_away_is_said_kindly_and_nothing_is_lost(client, mollie, fault):
    _pot, _chef, (request, _other) = asked_pot()
    client.force_login(request.party.member)
    mollie.faults = [fault]
    url = reverse("payment-online", args=[request.reference])

    answer = client.post(url, follow=True)
    assert "niet bereikbaar" in answer.content.decode()
    again = client.post(url)

    assert again["Location"].startswith(f"{mollie.address}/checkout/")
    assert PaymentAttempt.objects.count() == len(mollie.store.payments) == 1


def test_a_refusal_of_the_provider_ends_the_attempt(mollie):
    _pot, _chef, (request, _other) = asked_pot()

    with pytest.raises(ProviderRefused):
        attempt_for(request, description="")

    assert PaymentAttempt.objects.get().status == "failed"


def test_the_sweep_finds_what_no_notice_told(mollie):
    _pot, _chef, (request, other) = asked_pot()
    attempt, lost = attempt_for(request), None
    mollie.faults = ["timeout"]
    with pytest.raises(ProviderAway):
        attempt_for(other)
    lost = PaymentAttempt.objects.get(provider_id="")
    mollie.waiting = []
    mollie.pay(attempt.provider_id)
    [lost_id] = set(mollie.store.payments) - {attempt.provider_id}
    mollie.pay(lost_id)
    mollie.waiting = []
    PaymentAttempt.objects.update(checked_at=attempt.checked_at - _hours(1))

    assert sweep_attempts() == 2

    assert fresh(request).is_paid and fresh(other).is_paid
    assert fresh(lost).provider_id == lost_id


def test_the_sweep_stops_at_once_when_the_provider_is_away(mollie):
    _pot, _chef, requests = asked_pot(members=4)
    attempts = [attempt_for(request) for request in requests]
    PaymentAttempt.objects.update(checked_at=attempts[0].checked_at - _hours(1))
    mollie.faults = ["503"] * 10
    before = len(mollie.calls)

    assert sweep_attempts() == 0
    assert len(mollie.calls) == before + 1


def test_without_a_key_and_in_production_paying_online_is_not_offered(client, settings):
    settings.PRODUCTION, settings.MOLLIE_KEY = True, ""
    _pot, _chef, (request, _other) = asked_pot()
    client.force_login(request.party.member)

    assert "payment-online" not in client.get(request.get_absolute_url()).content.decode()
    assert client.post(reverse("payment-online", args=[request.reference])).status_code == 403


def test_money_for_a_cancelled_request_is_held_and_the_chef_hears(mollie):
    _pot, chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    cancel_request(request=request, by=chef)
    mollie.pay(attempt.provider_id)
    mollie.deliver()

    assert fresh(attempt).held_because == "closed"


def test_partly_paid_in_cash_meanwhile_asks_for_the_rest(mollie):
    _pot, chef, (request, _other) = asked_pot()
    first = attempt_for(request)
    record_cash(request=request, cents=20_00, by=chef)

    second = attempt_for(fresh(request))

    assert (second.cents, fresh(first).status) == (22_50, "cancelled")
    assert mollie.store.payments[second.provider_id]["amount"]["value"] == "22.50"


def test_the_books_follow_a_chargeback_and_its_reversal(mollie):
    pot, chef, (request, _other) = asked_pot()
    attempt = attempt_for(request)
    mollie.pay(attempt.provider_id)
    mollie.deliver()

    chargeback = mollie.charge_back(attempt.provider_id, code="MD06")
    mollie.deliver()
    mollie.waiting = []
    assert (pot_total(pot).collected_cents, pot_balance(pot).online_cents) == (0, 0)
    assert fresh(request).open_cents == 42_50
    assert Notice.objects.filter(member=request.party.member, kind="payment_reopened").count() == 1
    assert Notice.objects.filter(member=chef, kind="payment_charged_back").count() == 1

    mollie.reverse_chargeback(chargeback)
    mollie.waiting = []  # the notice is lost, and the daily round finds it
    sweep_chargebacks()
    assert fresh(request).is_paid and pot_total(pot).collected_cents == 42_50
    assert PaymentRequest.objects.filter(paid_cents__lt=0).count() == 0
    assert faults() == []
