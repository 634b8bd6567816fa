"""Opening pots, asking, cash, reminders, and who may know what."""

import datetime
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from finance.bank.services import import_statement
from finance.ledger.errors import AlreadyReversed
from finance.ledger.seals import faults
from finance.pots.access import looks_after, my_requests, visible_pots, visible_requests
from finance.pots.errors import (
    ChefNotInGroup,
    DeadlinePassed,
    MoreThanAsked,
    NobodyToAsk,
    NotAllowed,
    PotTakesNoMoney,
    RequestNotOpen,
)
from finance.pots.models import Allocation, PaymentRequest, Pot, PotRole
from finance.pots.queries import movements, payers, pot_balance, pot_total
from finance.pots.services import ask, cancel_request, open_pot, record_cash, take_back_cash, waive_request
from groups.people.models import AssociationRole
from groups.subgroups.access import forget_rights
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from notifications.cards import cards_for
from notifications.models import Delivery, Notice
from notifications.reminders import queue_due
from notifications.services import send_all_due
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import asked_pot, bank_account, camt, pot_in
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def fresh(request):
    return PaymentRequest.objects.get(pk=request.pk)


def today():
    return timezone.localdate()


def test_only_who_may_open_pots_opens_one_and_becomes_its_geldchef():
    subgroup = SubgroupFactory()
    chef, plain = member_of(subgroup, SubgroupRole.GELDCHEF), member_of(subgroup)

    pot = pot_in(subgroup, chef)

    assert pot.roles.get().member == chef
    assert looks_after(chef, pot)
    with pytest.raises(NotAllowed):
        pot_in(subgroup, plain)
    with pytest.raises(ChefNotInGroup):
        open_pot(subgroup=subgroup, by=chef, chef=MemberFactory(), name="x", purpose="x")
    with pytest.raises(DeadlinePassed):
        pot_in(subgroup, chef, deadline=today() - timedelta(days=1))


@pytest.mark.parametrize("values", [{"purpose": ""}, {"name": ""}, {"goal_cents": 0}, {"remind_hour": 23}])
def test_the_database_refuses_a_pot_that_cannot_be_right(values):
    subgroup = SubgroupFactory()
    chef = member_of(subgroup, SubgroupRole.GELDCHEF)

    with pytest.raises(IntegrityError), transaction.atomic():
        pot_in(subgroup, chef, **values)


def test_the_database_refuses_a_second_geldchef():
    pot, _chef, _requests = asked_pot()

    with pytest.raises(IntegrityError), transaction.atomic():
        PotRole.objects.create(pot=pot, member=MemberFactory(), label="x", role=PotRole.Role.CHEF)


def test_a_hundred_euros_over_three_members_is_shared_to_the_cent_and_the_odd_cent_rotates():
    pot, chef, _requests = asked_pot(members=3)
    members = [request.party.member for request in _requests]

    first = ask(pot=pot, by=chef, members=members, due_on=today(), total_cents=100_00)
    second = ask(pot=pot, by=chef, members=members, due_on=today(), total_cents=100_00)

    assert sorted(request.amount_cents for request in first) == [33_33, 33_33, 33_34]
    assert [r.amount_cents for r in first] != [r.amount_cents for r in second]
    assert len({request.reference for request in [*first, *second]}) == 6


def test_asking_tells_each_payer_once_on_home_in_notices_and_by_mail():
    _pot, _chef, (request, _other) = asked_pot()
    member = request.party.member

    card = next(card for card in cards_for(member) if card.key == f"payment:{request.pk}")

    assert (card.title, card.path) == ("Zomertocht", request.get_absolute_url())
    assert "42,50" in card.detail
    assert Notice.objects.filter(member=member, kind="payment_request").count() == 1
    assert Delivery.objects.filter(member=member, kind="payment_request").count() == 1


def test_refusals_around_asking():
    pot, chef, (request, _other) = asked_pot()
    member = request.party.member

    with pytest.raises(NotAllowed):
        ask(pot=pot, by=member, members=[member], due_on=today(), each_cents=1)
    with pytest.raises(NobodyToAsk):
        ask(pot=pot, by=chef, members=[MemberFactory()], due_on=today(), each_cents=1)
    with pytest.raises(DeadlinePassed):
        ask(pot=pot, by=chef, members=[member], due_on=today() - timedelta(days=1), each_cents=1)
    Pot.objects.filter(pk=pot.pk).update(status="closed", closed_at=timezone.now())
    with pytest.raises(PotTakesNoMoney):
        ask(pot=pot, by=chef, members=[member], due_on=today(), each_cents=1)


def test_cash_is_counted_kept_apart_from_the_bank_and_receipted():
    pot, chef, (request, _other) = asked_pot()

    allocation = record_cash(request=request, cents=20_00, by=chef, note="op de training")

    assert (fresh(request).paid_cents, pot_total(pot).collected_cents) == (20_00, 20_00)
    assert (pot_balance(pot).cash_cents, pot_balance(pot).bank_cents) == (20_00, 0)
    assert (allocation.by_label, allocation.entry.actor_label) == (str(chef), str(chef))
    assert Notice.objects.filter(member=request.party.member, kind="payment_received").count() == 1
    with pytest.raises(MoreThanAsked):
        record_cash(request=request, cents=22_51, by=chef)
    with pytest.raises(NotAllowed):
        record_cash(request=request, cents=1, by=request.party.member)
    record_cash(request=request, cents=22_50, by=chef)
    with pytest.raises(RequestNotOpen):
        record_cash(request=request, cents=1, by=chef)


def test_wrong_cash_is_taken_back_and_the_request_is_open_again():
    pot, chef, (request, _other) = asked_pot()
    allocation = record_cash(request=request, cents=42_50, by=chef)

    take_back_cash(allocation=allocation, by=chef, reason="verkeerde naam")

    assert (fresh(request).paid_cents, pot_total(pot).collected_cents) == (0, 0)
    assert [event.kind for event in request.events.all()] == ["asked", "reopened"]
    with pytest.raises(AlreadyReversed):
        take_back_cash(allocation=allocation, by=chef, reason="nog eens")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_cash_written_down_twice_at_once_counts_within_the_amount():
    pot, chef, (request, _other) = asked_pot()

    answers = at_once(*(lambda: record_cash(request=request, cents=42_50, by=chef) for _ in range(3)))

    assert sorted(type(answer).__name__ for answer in answers) == ["Allocation", "RequestNotOpen", "RequestNotOpen"]
    assert pot_total(pot).collected_cents == 42_50


def test_who_is_let_off_owes_nothing_and_is_not_counted():
    pot, chef, (one, two) = asked_pot()

    waive_request(request=one, by=chef, reason="student")

    assert fresh(one).open_cents == 0
    assert (payers(pot).asked, payers(pot).open_cents) == (1, 42_50)
    with pytest.raises(RequestNotOpen):
        cancel_request(request=one, by=chef)
    with pytest.raises(NotAllowed):
        cancel_request(request=two, by=two.party.member)


@pytest.mark.parametrize(
    "values", [{"paid_cents": 42_51}, {"paid_cents": -1}, {"amount_cents": 0}, {"waived_at": 1, "cancelled_at": 1}]
)
def test_the_database_refuses_an_impossible_request(values):
    _pot, _chef, (request, _other) = asked_pot()
    moments = {key: timezone.now() if key.endswith("_at") else value for key, value in values.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentRequest.objects.filter(pk=request.pk).update(**moments)


def test_what_is_paid_always_follows_from_the_allocations():
    bank_account()
    pot, chef, (one, two) = asked_pot()
    record_cash(request=one, cents=10_00, by=chef)
    take_back_cash(allocation=record_cash(request=one, cents=5_00, by=chef), by=chef, reason="x")
    import_statement(content=camt((42_50, "A", "", two.reference)), filename="x")

    for request in PaymentRequest.objects.all():
        total = request.allocations.aggregate(total=Sum("cents", default=0))["total"]
        assert request.paid_cents == total
    assert pot_total(pot).collected_cents == Allocation.objects.aggregate(total=Sum("cents"))["total"] == 52_50
    assert faults() == []


def test_in_and_out_shows_days_without_names():
    pot, chef, (one, two) = asked_pot()
    record_cash(request=one, cents=10_00, by=chef)
    record_cash(request=two, cents=5_00, by=chef)

    assert [(each.cents, each.contributions, each.label) for each in movements(pot)] == [(15_00, 2, "")]


# --- Who may know -----------------------------------------------------------------------------------


def test_a_pot_exists_only_for_its_group_and_for_who_sees_the_books():
    pot, chef, (request, _other) = asked_pot()
    outsider, treasurer = MemberFactory(), member_with(AssociationRole.TREASURER)
    member = request.party.member

    assert [list(visible_pots(who)) for who in (outsider, chef, member, treasurer)] == [[], [pot], [pot], [pot]]
    assert list(visible_requests(outsider)) == []
    assert list(visible_requests(member)) == [request]
    assert visible_requests(chef).count() == visible_requests(treasurer).count() == 2


def test_who_left_sees_no_pot_any_more_and_keeps_the_own_payments():
    pot, chef, (request, _other) = asked_pot()
    for member in (request.party.member, chef):
        end_membership(subgroup=pot.subgroup, member=member)
        forget_rights(member)

    assert list(visible_pots(request.party.member)) == []
    assert list(my_requests(request.party.member)) == [request]
    assert not looks_after(chef, pot)


def test_a_surprise_is_hidden_from_who_it_is_for():
    subgroup = SubgroupFactory()
    chef, lucky = member_of(subgroup, SubgroupRole.GELDCHEF), member_of(subgroup)
    pot = pot_in(subgroup, chef, hidden_from=lucky)

    assert list(visible_pots(lucky)) == []
    with pytest.raises(NobodyToAsk):
        ask(pot=pot, by=chef, members=[lucky], due_on=today(), each_cents=1)


# --- Reminders --------------------------------------------------------------------------------------


def at_hour(day, hour, minute=0):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def reminders():
    return Delivery.objects.filter(kind="payment_reminder")


def test_a_reminder_on_the_day_itself_goes_out_at_its_hour_once(mailoutbox):
    _pot, _chef, (request, _other) = asked_pot(members=2)
    day = request.due_on

    assert queue_due(at_hour(day, 9, 59)) == 0
    assert queue_due(at_hour(day, 10)) == 2
    assert queue_due(at_hour(day, 10, 1)) == queue_due(at_hour(day, 15)) == 0
    assert queue_due(at_hour(day, 20)) == 0

    with time_machine.travel(at_hour(day, 10, 5)):
        send_all_due()
    texts = [mail.body for mail in mailoutbox if mail.to == [request.party.member.email]]
    assert any("42,50" in text and "Zomertocht" in text for text in texts)


def test_who_paid_is_not_reminded_also_when_the_payment_lands_after_queueing():
    _pot, chef, (one, two) = asked_pot()
    day = one.due_on
    record_cash(request=one, cents=42_50, by=chef)
    assert queue_due(at_hour(day, 10)) == 1

    record_cash(request=two, cents=42_50, by=chef)
    with time_machine.travel(at_hour(day, 10, 5)):
        send_all_due()

    assert list(reminders().values_list("state", flat=True)) == ["dropped"]


def test_nobody_is_called_late_while_the_bank_may_know_better():
    bank_account()
    _pot, _chef, (one, two) = asked_pot()
    week_later = one.due_on + timedelta(days=7)

    assert queue_due(at_hour(week_later, 10)) == 0
    content = camt((42_50, "A", "", one.reference), day=week_later.isoformat())
    import_statement(content=content, filename="x")

    assert queue_due(at_hour(week_later, 10)) == 1
    assert reminders().get().member_id == two.party.member_id


def test_a_fresh_request_and_a_waived_one_are_not_reminded():
    _pot, chef, (one, two) = asked_pot()
    waive_request(request=one, by=chef)
    PaymentRequest.objects.filter(pk=two.pk).update(asked_at=at_hour(two.due_on, 7))

    assert queue_due(at_hour(two.due_on, 10)) == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_clocks_at_once_queue_a_reminder_once():
    _pot, _chef, (request, _other) = asked_pot(members=2)
    moment = at_hour(request.due_on, 10)

    at_once(lambda: queue_due(moment), lambda: queue_due(moment))

    assert reminders().count() == 2


def test_a_geldchef_who_left_the_group_sees_no_requests_of_others_any_more():
    pot, chef, _requests = asked_pot(members=2)
    forget_rights(chef)
    before = visible_requests(chef).filter(pot=pot).count()

    end_membership(subgroup=pot.subgroup, member=chef, by=chef)
    forget_rights(chef)

    assert (before, visible_requests(chef).filter(pot=pot).count()) == (2, 0)
