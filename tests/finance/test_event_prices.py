"""A pot or a price on an event: signing up makes the request, leaving takes back what was not paid."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from finance.bank.models import Refund
from finance.ledger.seals import faults
from finance.pots.errors import NotAllowed
from finance.pots.models import EventPrice, PaymentRequest
from finance.pots.queries import pot_total
from finance.pots.services import (
    approve_expense,
    claim_expense,
    pay_expense_in_cash,
    price_event,
    record_cash,
)
from groups.events.models import Answer
from groups.events.services import answer_event, attend, cancel_event, plan_event
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import grant_subgroup_role
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_finance import pot_in

pytestmark = pytest.mark.django_db
YES, NO = Answer.Choice.YES, Answer.Choice.NO


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def chef(subgroup):
    member = member_of(subgroup, SubgroupRole.MANAGER, first_name="Marloes")
    grant_subgroup_role(subgroup=subgroup, member=member, role=SubgroupRole.GELDCHEF, by=None)
    return member


@pytest.fixture
def pot(subgroup, chef):
    return pot_in(subgroup, chef)


@pytest.fixture
def trip(subgroup, chef):
    start = timezone.now() + timedelta(days=5)
    return plan_event(
        by=chef, subgroup=subgroup, title="Tocht", starts_at=start, ends_at=start + timedelta(hours=5), capacity=2
    )


def requests_of(member):
    return PaymentRequest.objects.live().filter(party__member=member)


def test_signing_up_makes_one_request_due_on_the_day_at_the_latest(subgroup, chef, pot, trip):
    price_event(event=trip, by=chef, pot=pot, each_cents=12_50)
    member = member_of(subgroup)

    for remark in ("Leuk", "Heel leuk"):
        answer_event(event=trip, member=member, choice=YES, remark=remark)

    request = requests_of(member).get()
    assert (request.amount_cents, request.due_on) == (12_50, trip.first_day)


def test_who_is_there_without_having_signed_up_pays_too_and_once(subgroup, chef, pot, trip):
    price_event(event=trip, by=chef, pot=pot, each_cents=12_50)
    signed_up, walked_in = member_of(subgroup), member_of(subgroup)
    answer_event(event=trip, member=signed_up, choice=YES)

    with time_machine.travel(trip.starts_at, tick=False):
        for member in (signed_up, walked_in, walked_in):
            attend(event=trip, member=member, code=trip.code)

    for member in (signed_up, walked_in):
        assert [request.amount_cents for request in requests_of(member)] == [12_50]


def test_who_waits_in_line_pays_once_there_is_a_place(subgroup, chef, pot, trip):
    price_event(event=trip, by=chef, pot=pot, each_cents=12_50)
    first, second, third = (member_of(subgroup) for _ in range(3))
    for member in (first, second, third):
        answer_event(event=trip, member=member, choice=YES)
    in_line = requests_of(third).exists()

    answer_event(event=trip, member=first, choice=NO)

    assert not in_line
    assert requests_of(third).count() == 1
    assert not requests_of(first).exists()


def test_what_was_paid_is_owed_back_and_what_was_not_is_taken_back_when_the_event_is_off(subgroup, chef, pot, trip):
    price_event(event=trip, by=chef, pot=pot, each_cents=12_50)
    paid, unpaid = member_of(subgroup), member_of(subgroup)
    for member in (paid, unpaid):
        answer_event(event=trip, member=member, choice=YES)
    record_cash(request=requests_of(paid).get(), cents=12_50, by=chef)

    cancel_event(event=trip, by=chef)

    assert not requests_of(paid).exists()
    assert not requests_of(unpaid).exists()
    refund = Refund.objects.get()
    assert (refund.name, refund.cents, refund.because) == (paid.display_name, 12_50, trip.title)
    assert pot_total(pot).collected_cents == 0
    assert faults() == []


def test_who_cancels_in_time_is_owed_what_was_paid_and_afterwards_the_geldchef_hears_it(subgroup, chef, pot, trip):
    today = timezone.localdate()
    price_event(event=trip, by=chef, pot=pot, each_cents=12_50, refund_until=today)
    early, late = member_of(subgroup), member_of(subgroup)
    for member in (early, late):
        answer_event(event=trip, member=member, choice=YES)
        record_cash(request=requests_of(member).get(), cents=12_50, by=chef)

    answer_event(event=trip, member=early, choice=NO)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        answer_event(event=trip, member=late, choice=NO)
        answer_event(event=trip, member=late, choice=NO)

    assert Refund.objects.get().name == early.display_name
    assert not requests_of(early).exists()
    assert requests_of(late).get().is_paid
    assert requests_of(late).get().events.filter(answer="not_joining").count() == 1
    assert Notice.objects.filter(member=chef, kind="payment_answer").count() == 1
    answer_event(event=trip, member=early, choice=YES)
    assert requests_of(early).get().open_cents == 12_50


def test_what_was_spent_already_cannot_be_owed_and_the_geldchef_hears_it(subgroup, chef, pot, trip):
    price_event(event=trip, by=chef, pot=pot, each_cents=12_50, refund_until=timezone.localdate())
    member, other = member_of(subgroup), member_of(subgroup)
    answer_event(event=trip, member=member, choice=YES)
    record_cash(request=requests_of(member).get(), cents=12_50, by=chef)
    expense = claim_expense(pot=pot, by=other, purpose="Bus", cents=12_50, spent_on=timezone.localdate())
    pay_expense_in_cash(expense=approve_expense(expense=expense, by=chef), by=chef)

    answer_event(event=trip, member=member, choice=NO)

    assert not Refund.objects.exists()
    assert requests_of(member).get().events.filter(answer="not_joining").exists()


def test_who_came_back_gets_a_new_request(subgroup, chef, pot, trip):
    price_event(event=trip, by=chef, pot=pot, each_cents=12_50)
    member = member_of(subgroup)
    for choice in (YES, NO, YES):
        answer_event(event=trip, member=member, choice=choice)

    assert requests_of(member).count() == 1
    assert PaymentRequest.objects.filter(party__member=member).count() == 2


def test_a_price_set_later_asks_who_comes_already_and_taking_it_off_takes_back(subgroup, chef, pot, trip):
    member = member_of(subgroup)
    answer_event(event=trip, member=member, choice=YES)

    price_event(event=trip, by=chef, pot=pot, each_cents=12_50)
    asked = requests_of(member).count()
    price_event(event=trip, by=chef, pot=None)

    assert asked == 1
    assert not requests_of(member).exists()
    assert not EventPrice.objects.exists()


def test_a_pot_alone_asks_nothing_and_shows_its_total(client, subgroup, chef, pot, trip):
    price_event(event=trip, by=chef, pot=pot)
    member = member_of(subgroup)
    answer_event(event=trip, member=member, choice=YES)
    client.force_login(member)

    page = client.get(trip.get_absolute_url()).content.decode()

    assert "Zomertocht" in page
    assert "€ 0,00" in page.replace("\xa0", " ")
    assert not requests_of(member).exists()


def test_the_page_shows_price_and_own_payment(client, subgroup, chef, pot, trip):
    member = member_of(subgroup)
    client.force_login(chef)
    client.post(reverse("event-price", args=[trip.pk]), {"pot": pot.pk, "each_cents": "12,50"})
    form = client.get(reverse("event-price", args=[trip.pk])).content.decode()
    client.force_login(member)
    client.post(reverse("answer-event", args=[trip.pk]), {"choice": "yes"})

    page = client.get(trip.get_absolute_url()).content.decode()

    assert 'value="12,50"' in form
    assert "Meedoen kost" in page
    assert requests_of(member).get().get_absolute_url() in page


def test_only_who_plans_and_looks_after_the_pot_may_price(client, subgroup, chef, pot, trip):
    plain = member_of(subgroup)
    other_manager = member_of(subgroup, SubgroupRole.MANAGER)
    elsewhere = SubgroupFactory()
    foreign = pot_in(elsewhere, member_of(elsewhere, SubgroupRole.GELDCHEF))

    for by, chosen in ((plain, pot), (other_manager, pot), (chef, foreign)):
        with pytest.raises(NotAllowed):
            price_event(event=trip, by=by, pot=chosen, each_cents=5_00)
    client.force_login(plain)
    assert client.get(reverse("event-price", args=[trip.pk])).status_code == 403
    client.force_login(MemberFactory())
    assert client.get(reverse("event-price", args=[trip.pk])).status_code == 404
    client.force_login(chef)
    refused = client.post(reverse("event-price", args=[trip.pk]), {"pot": foreign.pk, "each_cents": "5"})
    assert refused.status_code == 422


def test_a_price_is_more_than_nothing(pot, trip):
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPrice.objects.create(event=trip, pot=pot, each_cents=0)
