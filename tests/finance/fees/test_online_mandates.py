"""A mandate by a first online payment: at Mollie's fake with every ending, and at the practice bank in the browser."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from finance.fees.errors import NothingOpen
from finance.fees.models import CollectionBatch, CollectionItem, Invoice, Mandate, Part, Payer
from finance.fees.queries import faults
from finance.fees.services import (
    approve_batch,
    begin_mandate,
    end_mandate,
    export_batch,
    give_mandate,
    look_after_online_mandates,
    make_batch,
    save_debit_settings,
    tell_batch,
)
from finance.fees.tasks import tell_on
from finance.ledger.seals import faults as ledger_faults
from finance.providers.errors import NoProvider, ProviderAway
from finance.providers.interface import ProviderRefused
from finance.providers.models import PaymentAttempt
from finance.providers.services import mandates_of, refresh, revoke_mandate, start_attempt, start_customer
from groups.people.models import AssociationRole
from notifications.models import Notice
from tests.factories import member_with
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer
from tests.factories_finance import bank_account

pytestmark = pytest.mark.django_db
COLLECT = date(2026, 12, 4)


@pytest.fixture
def club():
    """Two members charged € 60 for each half of the year; (treasurer, board member, payers)."""
    plan_for(cents=60_00, months=6)
    members = [enrolled(date(2020, 1, 1), first_name=name) for name in ("Anna", "Bas")]
    by, board = treasurer(), member_with(AssociationRole.BOARD, enrolled=False)
    charge_year(by=by, due_on=date(2026, 12, 1))
    save_debit_settings(
        by=by,
        creditor_id="NL69ZZZ123456780000",
        bank_account=bank_account(),
        notice_days=14,
        format="pain.008.001.08",
    )
    return by, board, [Payer.objects.get(member=member) for member in members]


def charge_next_year(by):
    return charge_year(2027, by=by, due_on=date(2026, 12, 1))


def first_paid(mollie, payer) -> Mandate:
    attempt = begin_mandate(payer=payer, by=payer.member)
    mollie.pay(attempt.provider_id)
    mollie.deliver()
    return payer.mandates.get(state="active")


def exported(by, board) -> CollectionBatch:
    batch = make_batch(by=by, name="Incasso", due_until=date(2026, 12, 31), collect_on=COLLECT)
    tell_batch(batch=batch, by=by)
    tell_on(batch)
    approve_batch(batch=batch, by=board)
    return export_batch(batch=batch, by=by)


def a_minute_of(day, minutes=0):
    """The clock's round on that day."""
    with time_machine.travel(f"{day}T09:{minutes:02d}:00+01:00"):
        look_after_online_mandates()


def whole() -> None:
    assert (faults(), ledger_faults()) == ([], [])


# --- Mollie's calls ---------------------------------------------------------------------------------
def test_the_provider_keeps_the_customer_and_the_mandate(mollie, club):
    _by, _board, (payer, _other) = club

    mandate = first_paid(mollie, payer)

    customer = mollie.store.customers[mandate.customer_id]
    assert (customer["name"], customer["email"]) == (payer.name, payer.member.email)
    assert [state.provider_id for state in mandates_of(mandate.customer_id)] == [mandate.provider_mandate_id]
    (state,) = mandates_of(mandate.customer_id)
    assert (state.status, state.method, state.account) == ("valid", "directdebit", "•••• 4300")
    revoke_mandate(customer_id=mandate.customer_id, mandate_id=mandate.provider_mandate_id)
    assert [state.status for state in mandates_of(mandate.customer_id)] == ["invalid"]


def test_within_the_hour_one_payer_is_one_customer_however_often_asked(mollie):
    ids = {start_customer(name="Anna", email="anna@x.example", key="fee-payer-1") for _ in range(3)}

    assert len(ids) == len(mollie.store.customers) == 1
    mollie.faults = ["503"]
    with pytest.raises(ProviderAway):
        start_customer(name="Bas", email="", key="fee-payer-2")
    with pytest.raises(ProviderRefused):
        mandates_of("cst_Unknown")


def test_without_a_provider_there_are_no_mandates(settings, club):
    settings.PRODUCTION, settings.MOLLIE_KEY = True, ""
    with pytest.raises(NoProvider):
        start_customer(name="Anna", email="", key="x")
    look_after_online_mandates()


# --- Given ------------------------------------------------------------------------------------------
def test_a_first_payment_pays_the_invoice_and_gives_the_mandate(mollie, club):
    by, _board, (payer, _other) = club
    give_mandate(payer=payer, holder="Anna", iban="NL91ABNA0417164300", by=by, way="paper")

    mandate = first_paid(mollie, payer)
    mollie.deliver()
    a_minute_of("2026-11-18")

    mandate.refresh_from_db()
    assert (mandate.way, mandate.provider, mandate.masked_iban) == ("provider", "mollie", "•••• 4300")
    assert [each.state for each in payer.mandates.order_by("pk")] == ["ended", "active"]
    assert Invoice.objects.get(payer=payer).settled_cents == 120_00
    assert PaymentAttempt.objects.get().sequence == "first"
    whole()


def test_a_first_payment_that_fails_gives_nothing(mollie, club):
    _by, _board, (payer, _other) = club
    attempt = begin_mandate(payer=payer, by=payer.member)

    mollie.fail(attempt.provider_id)
    mollie.deliver()

    assert not payer.mandates.exists()
    assert Invoice.objects.get(payer=payer).settled_cents == 0


def test_an_ordinary_payment_that_was_begun_gives_way_to_the_first_payment(mollie, club):
    _by, _board, (payer, _other) = club
    part = Part.objects.get(invoice__payer=payer)
    once = start_attempt(
        kind="fee", payable_id=part.pk, cents=part.open_cents, description="x", return_path="/", by=payer.member
    )

    first = begin_mandate(payer=payer, by=payer.member)

    once.refresh_from_db()
    assert (once.status, first.sequence, begin_mandate(payer=payer, by=payer.member)) == ("cancelled", "first", first)


def test_with_nothing_open_there_is_nothing_to_begin(mollie, club):
    _by, _board, (payer, _other) = club
    first_paid(mollie, payer)
    with pytest.raises(NothingOpen):
        begin_mandate(payer=payer, by=payer.member)


def test_an_invalid_mandate_ends_and_an_ended_one_is_revoked_at_the_provider(mollie, club):
    _by, _board, (one, two) = club
    invalid, ended = first_paid(mollie, one), first_paid(mollie, two)
    mollie.invalidate_mandate(invalid.provider_mandate_id)
    end_mandate(mandate=ended, by=two.member)

    a_minute_of("2026-11-18", 0)
    a_minute_of("2026-11-18", 2)

    assert list(Mandate.objects.order_by("pk").values_list("state", flat=True)) == ["ended", "ended"]
    assert mollie.store.mandates[ended.provider_mandate_id]["status"] == "invalid"
    assert sum(verb == "DELETE" for verb, _path in mollie.calls) == 2  # once each, not every minute


@pytest.mark.parametrize(
    "wrong", [{"way": "provider"}, {"provider": "mollie", "customer_id": "cst_1", "provider_mandate_id": "mdt_1"}]
)
def test_the_database_tells_both_sorts_of_mandate_apart(club, wrong):
    _by, _board, (payer, _other) = club
    fields = {"reference": "M1", "holder": "Anna", "signed_on": date(2026, 1, 1), "way": "paper", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(payer=payer, **fields)


# --- Collected --------------------------------------------------------------------------------------
@pytest.fixture
def collected(mollie, club):
    """One payer by the provider and one in the bank's file, asked on the day; (item of the provider, its batch)."""
    by, board, (payer, other) = club
    first_paid(mollie, payer)
    give_mandate(payer=other, holder="Bas", iban="NL20INGB0001234567", by=by, way="paper", signed_on=date(2026, 1, 5))
    charge_next_year(by)
    batch = exported(by, board)
    a_minute_of(COLLECT - timedelta(days=1))
    assert not CollectionItem.objects.filter(attempt__isnull=False).exists()
    a_minute_of(COLLECT)
    return batch.items.get(mandate__provider="mollie"), batch


def settled(item) -> int:
    return Invoice.objects.get(pk=item.part.invoice_id).settled_cents


def test_the_provider_collects_on_the_day_what_is_not_in_the_file(mollie, club, collected):
    item, batch = collected
    mandate = item.mandate

    assert item.attempt.status == "pending"
    payment = mollie.store.payments[item.attempt.provider_id]
    assert (payment["sequenceType"], payment["customerId"], payment["mandateId"]) == (
        "recurring",
        mandate.customer_id,
        mandate.provider_mandate_id,
    )
    assert item.sequence == "RCUR"
    assert item.end_to_end.encode() not in bytes(batch.content)
    assert bytes(batch.content).count(b"<EndToEndId>") == batch.items.count() - 1
    a_minute_of(COLLECT, 2)
    assert sum(each["sequenceType"] == "recurring" for each in mollie.store.payments.values()) == 1

    mollie.pay(item.attempt.provider_id)
    mollie.deliver()

    item.refresh_from_db()
    assert (item.collected_on is not None, item.returned_on, settled(item)) == (True, None, 120_00)
    whole()


def test_a_collection_that_fails_is_told_and_can_be_paid_again(mollie, collected):
    item, _batch = collected

    mollie.fail(item.attempt.provider_id)
    mollie.deliver()
    a_minute_of(COLLECT, 2)
    a_minute_of(COLLECT, 4)

    item.refresh_from_db()
    assert (item.returned_on, item.collected_on, settled(item)) == (COLLECT, None, 0)
    assert Notice.objects.filter(kind="fee_returned", member=item.mandate.payer.member).count() == 1
    assert sum(each["sequenceType"] == "recurring" for each in mollie.store.payments.values()) == 1
    whole()


@pytest.mark.parametrize(("code", "state"), [("AC04", "paused"), ("MS03", "active")])
def test_a_chargeback_opens_the_invoice_and_pauses_a_dead_account(mollie, collected, code, state):
    item, _batch = collected
    mollie.pay(item.attempt.provider_id)
    mollie.deliver()

    back = mollie.charge_back(item.attempt.provider_id, code=code)
    mollie.deliver()

    item.refresh_from_db()
    assert (item.return_code, item.returned_on is None, settled(item)) == (code, False, 0)
    assert Mandate.objects.get(pk=item.mandate_id).state == state
    whole()
    mollie.reverse_chargeback(back)
    refresh(attempt=item.attempt)
    item.refresh_from_db()
    assert (item.returned_on, settled(item)) == (None, 120_00)
    whole()


def test_a_mandate_that_became_invalid_comes_back_at_once(mollie, club):
    by, board, (payer, _other) = club
    mandate = first_paid(mollie, payer)
    a_minute_of("2026-11-18")
    charge_next_year(by)
    batch = exported(by, board)
    mollie.invalidate_mandate(mandate.provider_mandate_id)

    a_minute_of(COLLECT)

    item = batch.items.get()
    assert (item.returned_on, item.attempt, settled(item)) == (COLLECT, None, 0)


@pytest.mark.parametrize("fault", ["503", "timeout"])
def test_a_provider_that_is_away_is_asked_again_and_collects_once(mollie, club, fault):
    by, board, (payer, _other) = club
    first_paid(mollie, payer)
    a_minute_of("2026-11-18")
    charge_next_year(by)
    batch = exported(by, board)
    mollie.faults = [fault]

    a_minute_of(COLLECT, 0)
    a_minute_of(COLLECT, 2)

    assert batch.items.get().attempt.status == "pending"
    assert sum(each["sequenceType"] == "recurring" for each in mollie.store.payments.values()) == 1


# --- The practice bank ------------------------------------------------------------------------------
def test_a_member_gives_a_mandate_at_the_practice_bank_and_is_collected_from(client, club):
    by, board, (payer, _other) = club
    client.force_login(payer.member)
    assert "en geef machtiging" in client.get(reverse("own-mandate")).content.decode()

    bank = client.post(reverse("begin-own-mandate")).url
    client.post(bank, {"ending": "paid"})
    a_minute_of("2026-11-18")

    assert "•••• 0000" in client.get(reverse("my-fees")).content.decode()
    assert "begin-own-mandate" not in client.get(reverse("own-mandate")).content.decode()
    charge_next_year(by)
    batch = exported(by, board)
    a_minute_of(COLLECT)
    item = batch.items.get()
    assert (bytes(batch.content), item.collected_on, settled(item)) == (b"", COLLECT, 120_00)
    whole()


def test_nothing_open_and_no_provider_offer_nothing(client, settings, club):
    _by, _board, (payer, _other) = club
    client.force_login(payer.member)
    settings.PRODUCTION = True
    assert client.post(reverse("begin-own-mandate")).status_code == 403
    assert reverse("begin-own-mandate") not in client.get(reverse("own-mandate")).content.decode()
