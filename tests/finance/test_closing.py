"""The end of a pot: more time, another purpose with consent, and closing wherever the money stands."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.bank.models import BankLine, Refund
from finance.bank.services import import_statement
from finance.ledger.models import Account, Entry
from finance.ledger.seals import faults
from finance.pots.errors import ChangePending, ChooseSurplus, NotAllowed, OtherPotNeeded, PaymentUnderway, StillWaiting
from finance.pots.models import PaymentRequest, Pot, PurposeAnswer
from finance.pots.queries import pot_balance, pot_total
from finance.pots.services import (
    answer_purpose,
    bring_cash,
    close_pot,
    confirm_closing,
    decide_purpose,
    extend_pot,
    keep_open,
    pay_back_in_cash,
    propose_purpose,
    record_cash,
    withdraw_purpose,
)
from finance.pots.statement import pot_statement
from finance.providers.models import PaymentAttempt
from finance.providers.services import apply_status, start_attempt
from notifications.models import Notice
from tests.entry import log_in_freshly
from tests.factories_finance import asked_pot, bank_account, camt, pot_in
from tests.finance.test_returning import treasurer

pytestmark = pytest.mark.django_db


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def practise(request):
    fields = {"description": "x", "return_path": "/", "by": request.party.member}
    return start_attempt(kind="pot", payable_id=request.pk, cents=request.open_cents, **fields)


def pot_with_money_everywhere():
    """30.00 in cash, 42.50 online, 42.50 at the bank."""
    bank_account()
    pot, chef, requests = asked_pot(members=3)
    record_cash(request=requests[0], cents=30_00, by=chef)
    apply_status(attempt=practise(requests[1]), status="paid")
    import_statement(content=camt((42_50, "J. Jansen", "NL91ABNA0417164300", requests[2].reference)), filename="a")
    return pot, chef, requests


def test_money_in_cash_at_a_provider_and_at_the_bank_goes_back_in_proportion():
    pot, chef, requests = pot_with_money_everywhere()

    close_pot(pot=pot, by=chef, surplus="refund")

    owed = {refund.name: refund.cents for refund in Refund.objects.all()}
    assert sorted(owed.values()) == [30_00, 42_50, 42_50]
    assert sum(owed.values()) == pot_balance(pot).total_cents == 115_00
    assert Refund.objects.get(name=requests[2].party.display_name).iban == "NL91ABNA0417164300"
    assert Notice.objects.filter(kind="payment_returned").count() == 3
    pay_back_in_cash(refund=Refund.objects.get(cents=30_00), pot=pot, by=chef)
    assert pot_balance(pot).cash_cents == 0
    assert fresh(pot).status == "closed" and faults() == []


def test_everything_moves_to_another_pot_account_by_account_after_two_people_agree():
    pot, chef, _requests = pot_with_money_everywhere()
    other = pot_in(pot.subgroup, chef, name="Volgend jaar")
    with pytest.raises(OtherPotNeeded):
        close_pot(pot=pot, by=chef, surplus="pot")
    close_pot(pot=pot, by=chef, surplus="pot", to_pot=other)
    assert fresh(pot).status == "closing"

    confirm_closing(pot=fresh(pot), by=treasurer())

    balance = pot_balance(other)
    assert (balance.cash_cents, balance.online_cents, balance.bank_cents) == (30_00, 42_50, 42_50)
    assert (pot_balance(pot).total_cents, pot_total(other).collected_cents) == (0, 115_00)
    assert pot_statement(fresh(pot)).closing_cents == 0
    assert faults() == []


def test_everything_goes_to_the_association_wherever_it_stands():
    pot, chef, _requests = pot_with_money_everywhere()
    close_pot(pot=pot, by=chef, surplus="association")
    confirm_closing(pot=fresh(pot), by=treasurer())

    assert pot_balance(pot).total_cents == 0
    income = Account.objects.get(code="income:other").balance_cents
    assert (income, Account.objects.get(code="cash:general").balance_cents) == (115_00, 30_00)
    entry = Entry.objects.get(kind="ring_transfer")
    assert entry.approver_one_id != entry.approver_two_id
    assert faults() == []


def test_a_pot_that_waits_for_the_treasurer_can_be_kept_open():
    pot, chef, (request, *_rest) = pot_with_money_everywhere()
    close_pot(pot=pot, by=chef, surplus="association")
    with pytest.raises(NotAllowed):
        keep_open(pot=pot, by=request.party.member)

    keep_open(pot=pot, by=chef)

    assert (fresh(pot).status, fresh(pot).surplus) == ("open", "")


def test_a_payment_on_its_way_holds_the_closing_up():
    pot, chef, (request, _other) = asked_pot()
    attempt = practise(request)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(status="pending")

    with pytest.raises(PaymentUnderway):
        close_pot(pot=pot, by=chef)


def test_cash_comes_to_the_bank_by_its_reference_before_and_after_closing():
    bank_account()
    pot, chef, (request, _other) = asked_pot()
    record_cash(request=request, cents=42_50, by=chef)
    reference = bring_cash(pot=pot, by=chef)
    assert bring_cash(pot=pot, by=chef) == reference
    close_pot(pot=pot, by=chef, surplus="refund")

    import_statement(content=camt((42_50, "Marloes", "", f"storting {reference}")), filename="a")

    assert BankLine.objects.get().state == "matched"
    assert (pot_balance(pot).cash_cents, pot_balance(pot).bank_cents) == (0, 42_50)
    assert pot_total(pot).collected_cents == 42_50
    assert faults() == []


def test_a_transfer_out_of_a_pot_whose_money_is_in_cash_waits_and_the_rest_of_the_file_is_booked():
    bank_account()
    pot, chef, (request, other) = asked_pot()
    record_cash(request=request, cents=42_50, by=chef)
    close_pot(pot=pot, by=chef, surplus="refund")
    refund = Refund.objects.get()
    lines = camt((-42_50, request.party.display_name, "", refund.reference), (5_00, "Gift", "", "zomaar"))

    import_statement(content=lines, filename="a")

    held = BankLine.objects.get(cents__lt=0)
    assert (held.state, held.reason) == ("held", "short")
    assert BankLine.objects.count() == 2 and other.paid_cents == 0 and faults() == []


def test_more_time_moves_the_day_of_who_has_not_paid_and_tells_them():
    pot, chef, (request, other) = asked_pot(deadline=timezone.localdate() + timedelta(days=6))
    record_cash(request=request, cents=42_50, by=chef)
    later = timezone.localdate() + timedelta(days=30)

    extend_pot(pot=pot, by=chef, deadline=later)

    assert (fresh(pot).deadline, fresh(other).due_on) == (later, later)
    assert fresh(request).due_on != later
    assert set(Notice.objects.filter(kind="pot_extended").values_list("member", flat=True)) == {other.party.member_id}
    with pytest.raises(NotAllowed):
        extend_pot(pot=pot, by=other.party.member, deadline=later)


def proposed(**fields):
    pot, chef, requests = pot_with_money_everywhere()
    day = timezone.localdate() + timedelta(days=7)
    return pot, chef, requests, propose_purpose(pot=pot, by=chef, purpose="Een nieuwe boot", answer_by=day, **fields)


def answered(change, request, agrees):
    answer = PurposeAnswer.objects.get(change=change, party=request.party)
    return answer_purpose(answer=answer, by=request.party.member, agrees=agrees)


def test_another_purpose_asks_every_payer_and_gives_back_without_a_yes():
    pot, chef, requests, change = proposed()
    assert change.answers.count() == 3
    assert Notice.objects.filter(kind="pot_purpose").count() == 3
    answered(change, requests[0], True)
    answered(change, requests[1], False)
    with pytest.raises(StillWaiting):
        decide_purpose(change=change, by=chef)
    answered(change, requests[2], True)

    decide_purpose(change=change, by=chef)

    assert fresh(pot).purpose == "Een nieuwe boot"
    assert [(refund.name, refund.cents) for refund in Refund.objects.all()] == [(requests[1].party.display_name, 42_50)]
    assert pot_total(pot).collected_cents == 72_50
    assert fresh(requests[1]).is_ended and fresh(requests[2]).is_paid
    assert faults() == []


def test_silence_till_the_day_is_a_no(time_machine=None):
    pot, chef, requests, change = proposed()
    answered(change, requests[0], True)
    type(change).objects.update(answer_by=timezone.localdate() - timedelta(days=1))

    decide_purpose(change=change, by=chef)

    assert (Refund.objects.count(), pot_total(pot).collected_cents) == (2, 30_00)


def test_when_nobody_says_yes_everything_stays_as_it_was():
    pot, chef, requests, change = proposed()
    for request in requests:
        answered(change, request, False)

    decide_purpose(change=change, by=chef)

    assert fresh(pot).purpose != "Een nieuwe boot" and not Refund.objects.exists()


def test_only_one_change_at_a_time_and_no_closing_meanwhile():
    pot, chef, _requests, change = proposed()
    with pytest.raises(ChangePending):
        propose_purpose(pot=pot, by=chef, purpose="x", answer_by=timezone.localdate())
    with pytest.raises(ChangePending):
        close_pot(pot=pot, by=chef, surplus="refund")
    withdraw_purpose(change=change, by=chef)
    close_pot(pot=pot, by=chef, surplus="refund")


def test_a_payer_answers_on_the_page_of_the_pot(client):
    pot, chef, requests, change = proposed(because="De tocht gaat niet door")
    client.force_login(requests[0].party.member)
    page = client.get(pot.get_absolute_url()).content.decode()
    assert "Een nieuwe boot" in page and "De tocht gaat niet door" in page
    client.post(reverse("purpose-answer", args=[pot.pk]), {"yes": "1"})
    assert PurposeAnswer.objects.get(party=requests[0].party).agrees is True
    client.post(reverse("purpose-answer", args=[pot.pk]), {"no": "1"})
    assert PurposeAnswer.objects.get(party=requests[0].party).agrees is False

    client.force_login(chef)
    assert "1 nee" in client.get(pot.get_absolute_url()).content.decode()
    client.post(reverse("purpose-withdraw", args=[change.pk]))
    assert fresh(change).is_adopted is False


def test_when_the_day_has_passed_the_geldchef_is_asked_what_now(client):
    pot, chef, (request, _other) = asked_pot(deadline=timezone.localdate())
    Pot.objects.update(deadline=timezone.localdate() - timedelta(days=1))
    client.force_login(chef)
    assert "Wat nu?" in client.get(pot.get_absolute_url()).content.decode()
    client.force_login(request.party.member)
    assert "Wat nu?" not in client.get(pot.get_absolute_url()).content.decode()


def test_closing_on_its_page_with_another_pot(client):
    pot, chef, _requests = pot_with_money_everywhere()
    other = pot_in(pot.subgroup, chef, name="Volgend jaar")
    log_in_freshly(client, chef)
    url = reverse("manage-pot", args=[pot.pk])
    assert client.post(url, {"form": "close", "surplus": "pot"}).status_code == 422
    client.post(url, {"form": "close", "surplus": "pot", "to_pot": other.pk})
    assert "Volgend jaar" in client.get(pot.get_absolute_url()).content.decode()

    log_in_freshly(client, treasurer())
    client.post(reverse("confirm-close", args=[pot.pk]))
    assert fresh(pot).status == "closed"


def test_a_pot_without_payers_cannot_pay_back_and_says_so():
    _pot, chef, _requests = pot_with_money_everywhere()
    other = pot_in(_pot.subgroup, chef, name="Leeg")
    close_pot(pot=_pot, by=chef, surplus="pot", to_pot=other)
    confirm_closing(pot=fresh(_pot), by=treasurer())

    with pytest.raises(ChooseSurplus):
        close_pot(pot=other, by=chef, surplus="refund")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 5000), min_size=1, max_size=6), st.data())
def test_shares_of_what_is_left_sum_exactly_whatever_was_given_and_spent(given_cents, data):
    from django.db import transaction

    from finance.ledger.services import Transfer, post
    from finance.pots import accounts

    with transaction.atomic():
        pot, chef, requests = asked_pot(members=len(given_cents), each_cents=5000)
        for request, cents in zip(requests, given_cents, strict=True):
            record_cash(request=request, cents=cents, by=chef)
        spent = data.draw(st.integers(0, sum(given_cents) - 1))
        if spent:
            post(key="x", kind="expense", transfers=[Transfer(accounts.spent(pot), accounts.cash(pot), spent)])

        close_pot(pot=pot, by=chef, surplus="refund")

        assert sum(Refund.objects.values_list("cents", flat=True)) == sum(given_cents) - spent
        assert not PaymentRequest.objects.open().exists() and faults() == []
        transaction.set_rollback(True)
