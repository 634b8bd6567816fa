"""Money that goes back: refunds, chargebacks, held payments, payouts; to the cent, in whatever order it happens."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from finance.bank.models import BankLine, Refund
from finance.bank.services import import_statement
from finance.ledger.errors import BalanceTooLow
from finance.ledger.models import Account
from finance.ledger.seals import faults
from finance.pots.models import Allocation, PaymentRequest
from finance.pots.queries import pot_balance, pot_total
from finance.pots.services import (
    approve_expense,
    book_payout,
    claim_expense,
    count_held_attempt,
    pay_back_in_cash,
    pay_back_online,
    record_cash,
    return_payment,
)
from finance.providers.errors import MoreThanPaid, OwnRefund, ProviderRefused
from finance.providers.models import Chargeback, OnlineRefund, PaymentAttempt
from finance.providers.services import (
    approve_refund,
    ask_refund,
    cancel_refund,
    keep_held,
    refresh,
    send_refund,
    settle_claim,
    start_attempt,
    sweep_attempts,
)
from groups.people.models import AssociationRole
from tests.entry import log_in_freshly
from tests.factories import member_with
from tests.factories_finance import asked_pot, bank_account, camt
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
real_connections = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def treasurer():
    return member_with(AssociationRole.TREASURER)


def paid_online(mollie, request):
    attempt = start_attempt(
        kind="pot",
        payable_id=request.pk,
        cents=request.open_cents,
        description="Zomertocht",
        return_path="/",
        by=request.party.member,
    )
    mollie.pay(attempt.provider_id)
    return refresh(attempt=attempt)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def balance(code):
    return Account.objects.filter(code=code).values_list("balance_cents", flat=True).first() or 0


def test_a_held_double_payment_goes_back_the_way_it_came(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    first = paid_online(mollie, request)
    PaymentAttempt.objects.filter(pk=first.pk).update(kind="pot")
    twin = dict(mollie.store.payments[first.provider_id], id="tr_Twin")
    mollie.store.payments["tr_Twin"] = twin
    mollie.pay("tr_Twin")
    mollie.deliver()
    held = PaymentAttempt.objects.get(provider_id="tr_Twin")
    assert held.needs_decision

    refund = send_refund(refund=ask_refund(attempt=held, cents=42_50, by=treasurer(), because="dubbel"))
    assert refund.status == "queued"
    for status in ("pending", "processing", "refunded"):
        mollie.refund_moves(refund.provider_id, status)
        mollie.deliver()
        refresh(attempt=held)  # for “pending” there is no notice
        assert fresh(refund).status == status

    assert not fresh(held).needs_decision
    assert balance("held:mollie") == 0
    assert fresh(request).is_paid
    assert faults() == []


def test_a_refund_that_fails_releases_what_was_set_apart(mollie):
    pot, _chef, (request, _other) = asked_pot()
    attempt = paid_online(mollie, request)
    refund = send_refund(refund=ask_refund(attempt=attempt, cents=20_00, by=treasurer()))
    assert (fresh(request).paid_cents, pot_total(pot).collected_cents) == (22_50, 22_50)

    mollie.refund_moves(refund.provider_id, "failed")
    mollie.deliver()

    assert (fresh(request).paid_cents, pot_total(pot).collected_cents) == (42_50, 42_50)
    assert fresh(attempt).refundable_cents == 42_50
    assert faults() == []


def test_a_refund_is_stopped_as_long_as_it_waits(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    office = treasurer()
    refund = send_refund(refund=ask_refund(attempt=paid_online(mollie, request), cents=42_50, by=office))

    cancel_refund(refund=refund, by=office)

    assert mollie.store.refunds[refund.provider_id]["status"] == "canceled"
    assert fresh(request).is_paid


def test_above_the_limit_a_second_person_says_yes(mollie):
    _pot, _chef, (request, _other) = asked_pot(each_cents=300_00, goal_cents=None)
    first, second = treasurer(), treasurer()
    refund = ask_refund(attempt=paid_online(mollie, request), cents=300_00, by=first)
    assert send_refund(refund=refund).status == "asked" and not mollie.store.refunds

    with pytest.raises(OwnRefund):
        approve_refund(refund=refund, by=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        OnlineRefund.objects.update(approved_by_id=first.pk)
    assert send_refund(refund=approve_refund(refund=refund, by=second)).status == "queued"


def test_no_answer_to_a_refund_is_asked_again_with_the_same_key(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    attempt = paid_online(mollie, request)
    mollie.faults = ["timeout"]
    refund = send_refund(refund=ask_refund(attempt=attempt, cents=42_50, by=treasurer()))
    assert (refund.status, len(mollie.store.refunds)) == ("reserved", 1)
    OnlineRefund.objects.update(asked_at=refund.asked_at.replace(year=2026, month=1))

    sweep_attempts()

    assert (fresh(refund).status, len(mollie.store.refunds)) == ("queued", 1)


def test_a_refusal_of_the_provider_releases_too(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    attempt = paid_online(mollie, request)
    mollie.store.payments[attempt.provider_id]["status"] = "open"
    with pytest.raises(ProviderRefused):
        send_refund(refund=ask_refund(attempt=attempt, cents=42_50, by=treasurer()))

    assert OnlineRefund.objects.get().status == "failed"
    assert fresh(request).is_paid and fresh(attempt).refund_reserved_cents == 0


@real_connections
def test_clicks_at_once_never_pay_back_more_than_came_in(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    attempt, office = paid_online(mollie, request), treasurer()

    answers = at_once(*[lambda: ask_refund(attempt=attempt, cents=10_00, by=office)] * 8)

    refused = [each for each in answers if isinstance(each, Exception)]
    assert len(refused) == 4 and all(isinstance(each, MoreThanPaid) for each in refused)
    assert fresh(attempt).refund_reserved_cents == 40_00
    assert faults() == []


def test_the_database_refuses_more_than_was_paid(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    paid_online(mollie, request)

    for fields in ({"refund_reserved_cents": 42_51}, {"charged_back_cents": 42_51}, {"refund_reserved_cents": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaymentAttempt.objects.update(**fields)


def test_a_refund_made_on_the_providers_own_site_is_booked_once(mollie):
    pot, _chef, (request, _other) = asked_pot()
    attempt = paid_online(mollie, request)

    mollie.refund_on_the_site(attempt.provider_id, 12_50)
    mollie.deliver()
    refresh(attempt=attempt)

    assert OnlineRefund.objects.count() == 1
    assert (fresh(request).open_cents, pot_total(pot).collected_cents) == (12_50, 30_00)


def test_a_charged_back_payment_is_not_paid_back_as_well(mollie):
    _pot, _chef, (request, _other) = asked_pot()
    attempt = paid_online(mollie, request)
    mollie.charge_back(attempt.provider_id)
    mollie.deliver()

    with pytest.raises(MoreThanPaid):
        ask_refund(attempt=attempt, cents=1, by=treasurer())


def test_a_chargeback_of_spent_money_is_a_claim_and_other_pots_are_untouched(mollie):
    """The pot has spent it: the association bears it, the payer owes it, and the reversal puts all back."""
    pot, chef, (request, other) = asked_pot()
    neighbour, _chef, (their_request, _) = asked_pot()
    office = treasurer()
    attempt, theirs = paid_online(mollie, request), paid_online(mollie, their_request)
    _spend_all(pot, chef, office, mollie)

    chargeback = mollie.charge_back(attempt.provider_id)
    mollie.deliver()

    row = Chargeback.objects.get()
    assert (row.claim_cents, row.open_claim_cents) == (42_50, 42_50)
    assert balance(f"claims:{pot.ring}") == balance(f"debt:{pot.ring}") == 42_50
    assert pot_balance(pot).total_cents == 0 and pot_balance(neighbour).total_cents == 42_50
    assert fresh(request).open_cents == 42_50
    with pytest.raises(BalanceTooLow):
        settle_claim(chargeback=row, by=office)

    mollie.reverse_chargeback(chargeback)
    mollie.deliver()
    assert balance(f"claims:{pot.ring}") == balance(f"debt:{pot.ring}") == 0
    assert fresh(request).is_paid and faults() == []
    assert theirs.charged_back_cents == 0 and other.paid_cents == 0


def _spend_all(pot, chef, office, mollie):
    """What stood at the provider comes to the bank, and goes to whom it was for."""
    account = bank_account()
    total = sum(each["balance_cents"] for each in Account.objects.filter(code__startswith="online:").values())
    import_statement(content=camt((total, "Mollie", "", "uitbetaling")), filename="a")
    book_payout(line=BankLine.objects.get(cents=total), by=office)
    claimed = claim_expense(pot=pot, by=chef, purpose="Tent", cents=42_50, spent_on=pot.opened_at.date())
    approve_expense(expense=claimed, by=office)
    content = camt((-42_50, "Winkel", "", claimed.reference), opening=100_00 + total, ident="S2", day="2026-11-23")
    import_statement(content=content, filename="b")
    assert pot_balance(pot).total_cents == 0, account


def test_a_claim_is_settled_when_the_payer_pays_again(mollie):
    pot, chef, (request, _other) = asked_pot()
    office = treasurer()
    attempt = paid_online(mollie, request)
    _spend_all(pot, chef, office, mollie)
    mollie.charge_back(attempt.provider_id)
    mollie.deliver()
    paid_online(mollie, fresh(request))

    settle_claim(chargeback=Chargeback.objects.get(), by=office)

    assert balance(f"claims:{pot.ring}") == balance(f"debt:{pot.ring}") == 0
    assert pot_balance(pot).total_cents == 0 and pot_total(pot).collected_cents == 42_50
    assert faults() == []


def test_held_money_is_counted_for_another_request_or_kept(mollie):
    pot, _chef, (request, other) = asked_pot()
    office = treasurer()
    first = paid_online(mollie, request)
    for number in (1, 2):
        twin = dict(mollie.store.payments[first.provider_id], id=f"tr_Twin{number}")
        mollie.store.payments[twin["id"]] = twin
        mollie.pay(twin["id"])
    mollie.deliver()
    held, gift = PaymentAttempt.objects.filter(held_because="duplicate").order_by("pk")

    count_held_attempt(attempt=held, kind="pot", payable_id=other.pk, by=office)
    keep_held(attempt=gift, by=office)

    assert fresh(other).is_paid and Allocation.objects.get(request=other).way == "online"
    assert (pot_total(pot).collected_cents, balance("income:other"), balance("held:mollie")) == (85_00, 42_50, 0)
    mollie.charge_back(held.provider_id)
    mollie.deliver()
    assert fresh(other).open_cents == 42_50 and fresh(request).is_paid
    assert faults() == []


def test_a_payout_brings_every_pot_its_part_and_costs_are_the_associations(mollie):
    bank_account()
    pot, _chef, (request, _other) = asked_pot()
    second, _chef2, (their_request, _o) = asked_pot()
    paid_online(mollie, request)
    paid_online(mollie, their_request)
    import_statement(content=camt((84_30, "Mollie", "", "uitbetaling")), filename="a")

    book_payout(line=BankLine.objects.get(), by=treasurer())

    for each in (pot, second):
        assert (pot_balance(each).bank_cents, pot_balance(each).online_cents) == (42_50, 0)
    assert balance("costs:mollie") == 70
    assert balance("online:mollie:general") == 0
    assert BankLine.objects.get().state == "matched"
    assert faults() == []


def test_after_the_payout_a_refund_comes_out_of_the_pots_share_of_the_bank(mollie):
    bank_account()
    pot, _chef, (request, _other) = asked_pot()
    attempt = paid_online(mollie, request)
    import_statement(content=camt((42_50, "Mollie", "", "uitbetaling")), filename="a")
    book_payout(line=BankLine.objects.get(), by=treasurer())

    send_refund(refund=ask_refund(attempt=attempt, cents=42_50, by=treasurer()))

    assert pot_balance(pot).total_cents == 0
    assert balance("online:mollie:general") == -42_50  # the next payout is so much less
    assert faults() == []


def test_the_geldchef_gives_back_and_it_is_paid_in_cash_or_online(mollie):
    pot, chef, (request, other) = asked_pot()
    paid_online(mollie, request)
    record_cash(request=other, cents=42_50, by=chef)

    first = return_payment(request=request, by=chef, because="kan niet mee")
    second = return_payment(request=other, by=chef)
    assert (pot_total(pot).collected_cents, pot_balance(pot).total_cents) == (0, 85_00)
    assert not PaymentRequest.objects.open().exists()

    online = pay_back_online(refund=first, by=treasurer())
    pay_back_in_cash(refund=second, pot=pot, by=chef)
    assert online.status == "queued" and not Refund.objects.exclude(paid_cents=42_50).exists()
    assert pot_balance(pot).total_cents == 0

    mollie.refund_moves(online.provider_id, "failed")
    mollie.deliver()
    assert fresh(first).open_cents == 42_50 and pot_balance(pot).online_cents == 42_50
    assert fresh(request).paid_cents == 0
    assert faults() == []


def test_the_pages_of_the_treasurer(client, mollie):
    _pot, chef, (request, other) = asked_pot()
    attempt = paid_online(mollie, request)
    office = treasurer()
    for who, status in ((chef, 403), (office, 200)):
        log_in_freshly(client, who)
        assert client.get(reverse("online-payments")).status_code == status
    page = reverse("online-payment", args=[attempt.key])
    assert client.get(page).status_code == 200

    refused = client.post(reverse("online-refund", args=[attempt.key]), {"cents": "50,00"})
    assert refused.status_code == 422 and "50,00" in refused.content.decode()
    client.post(reverse("online-refund", args=[attempt.key]), {"cents": "2,50"})
    assert fresh(request).open_cents == 2_50
    client.post(reverse("refund-cancel", args=[OnlineRefund.objects.get().key]))
    assert fresh(request).is_paid
    log_in_freshly(client, chef)
    assert client.get(page).status_code == 404
    assert client.post(reverse("online-keep", args=[attempt.key])).status_code == 404
    assert other.paid_cents == 0
