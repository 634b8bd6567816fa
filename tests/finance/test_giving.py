"""Paying in parts, what one chooses, and what one promised."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from finance.bank.models import BankLine
from finance.bank.services import import_statement
from finance.pots.errors import AmountNotFree, GoalTooSmall, NoPledges, NotAllowed, PartsNotPossible
from finance.pots.models import PaymentRequest, Pot
from finance.pots.queries import names_of_payers, payers, pledged, pot_total
from finance.pots.reminders import due_payments
from finance.pots.services import (
    ask,
    choose_amount,
    decline_request,
    due_cents,
    plan_parts,
    plan_reminders,
    pledge,
    record_cash,
)
from finance.pots.services.instalments import months_later
from tests.factories_finance import asked_pot, bank_account, camt

pytestmark = pytest.mark.django_db
AT_NOON = timedelta(hours=12)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def free_request(**fields):
    pot, chef, (request, other) = asked_pot(**fields)
    PaymentRequest.objects.update(nature="free")
    return pot, chef, fresh(request), fresh(other)


def test_four_parts_add_up_to_the_cent_and_each_has_its_own_day():
    _pot, chef, (request, _other) = asked_pot(each_cents=100_01)

    parts = plan_parts(request=request, by=chef, parts=4)

    assert [part.cents for part in parts] == [25_01, 25_00, 25_00, 25_00]
    assert [part.due_on for part in parts] == [months_later(request.due_on, month) for month in range(4)]
    assert due_cents(fresh(request)) == 25_01


def test_a_paid_part_makes_the_next_one_due_and_undoing_takes_that_back():
    from finance.pots.services import take_back_cash

    _pot, chef, (request, _other) = asked_pot(each_cents=40_00)
    first_due = request.due_on
    plan_parts(request=request, by=chef, parts=4)

    paid = record_cash(request=request, cents=15_00, by=chef)
    assert (fresh(request).due_on, due_cents(fresh(request))) == (months_later(first_due, 1), 5_00)

    take_back_cash(allocation=paid, by=chef, reason="vergissing")
    assert (fresh(request).due_on, due_cents(fresh(request))) == (first_due, 10_00)


def test_the_payer_chooses_parts_as_far_as_the_pot_allows():
    pot, chef, (request, other) = asked_pot()
    payer = request.party.member
    with pytest.raises(PartsNotPossible):
        plan_parts(request=request, by=payer, parts=2)
    Pot.objects.update(max_parts=3)

    assert len(plan_parts(request=fresh(request), by=payer, parts=3)) == 3
    with pytest.raises(PartsNotPossible):
        plan_parts(request=fresh(request), by=payer, parts=4)
    with pytest.raises(NotAllowed):
        plan_parts(request=fresh(other), by=payer, parts=2)
    assert len(plan_parts(request=fresh(other), by=chef, parts=6)) == 6
    assert pot.max_parts == 1


def test_what_is_smaller_than_its_parts_is_not_spread():
    _pot, chef, (request, _other) = asked_pot(each_cents=3)

    with pytest.raises(GoalTooSmall):
        plan_parts(request=request, by=chef, parts=4)


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.integers(0, 24))
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day, months):
    later = months_later(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_each_part_is_reminded_of_on_its_own_day(time_machine_at):
    _pot, chef, (request, _other) = asked_pot(each_cents=40_00)
    plan_parts(request=request, by=chef, parts=2)
    first_day = fresh(request).due_on
    steps = [_steps_on(first_day)]
    record_cash(request=fresh(request), cents=20_00, by=chef)
    steps.append(_steps_on(fresh(request).due_on))

    mine = [{step for member, step in found if member == request.party.member_id} for found in steps]
    assert mine == [{"part1:day+0"}, {"part2:day+0"}]


def _steps_on(day):
    moment = timezone.make_aware(timezone.datetime.combine(day, timezone.datetime.min.time())) + AT_NOON
    return {(due.member_id, due.step) for due in due_payments(moment) if due.kind == "payment_reminder"}


@pytest.fixture
def time_machine_at():
    """Nothing moves: the source is asked about a day."""


def test_reminders_wait_for_a_weekday_that_the_pot_uses_and_carry_their_tone():
    pot, chef, (request, _other) = (*asked_pot(members=1)[:2], asked_pot(members=2)[2])
    pot = request.pot
    monday = request.due_on + timedelta(days=(7 - request.due_on.weekday()) % 7)
    sunday = monday - timedelta(days=1)
    pot.requests.update(due_on=sunday)
    chef = pot.roles.get().member
    plan_reminders(pot=pot, by=chef, days=[0], hour=9, tones={0: "clear"}, weekdays=[0, 1, 2, 3, 4])

    assert not {step for member, step in _steps_on(sunday) if member == request.party.member_id}
    assert {step for member, step in _steps_on(monday) if member == request.party.member_id} == {"day+0"}
    assert not {step for member, step in _steps_on(monday + timedelta(days=1)) if member == request.party.member_id}
    moment = timezone.make_aware(timezone.datetime.combine(monday, timezone.datetime.min.time())) + AT_NOON
    assert {due.context["tone"] for due in due_payments(moment) if due.member_id == request.party.member_id} == {
        "clear"
    }


def test_a_free_amount_is_whatever_arrives_and_then_it_is_paid():
    bank_account()
    pot, _chef, request, other = free_request()

    import_statement(content=camt((7_00, "x", "", request.reference), (99_00, "y", "", other.reference)), filename="a")

    assert fresh(request).is_paid and fresh(other).is_paid
    assert (fresh(request).amount_cents, pot_total(pot).collected_cents) == (7_00, 106_00)
    assert not BankLine.objects.exclude(state="matched").exists()


def test_a_second_gift_with_the_same_reference_counts_as_well():
    bank_account()
    _pot, _chef, request, _other = free_request()
    for number, cents in enumerate((7_00, 3_00)):
        lines = camt((cents, "x", "", request.reference), ident=f"S{number}", day=f"2026-11-2{number}")
        import_statement(content=lines, filename=str(number))

    assert (fresh(request).paid_cents, fresh(request).amount_cents) == (10_00, 10_00)


def test_the_payer_chooses_or_gives_nothing_and_nobody_hears():
    from notifications.models import Notice

    pot, chef, request, other = free_request()
    choose_amount(request=request, by=request.party.member, cents=12_34)
    assert due_cents(fresh(request)) == 12_34

    decline_request(request=other, by=other.party.member)
    assert fresh(other).is_ended and payers(pot).asked == 1
    assert not Notice.objects.filter(member=chef).exists()
    with pytest.raises(NotAllowed):
        choose_amount(request=request, by=chef, cents=1)


def test_a_fixed_amount_is_not_for_the_payer_to_choose():
    _pot, _chef, (request, _other) = asked_pot()

    for act in (
        lambda: choose_amount(request=request, by=request.party.member, cents=1),
        lambda: decline_request(request=request, by=request.party.member),
    ):
        with pytest.raises(AmountNotFree):
            act()


def test_asking_for_a_free_amount(client):
    pot, chef, _requests = asked_pot()
    client.force_login(chef)
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    form = {"how": "free", "cents": "10", "due_on": day, "whom": "all"}

    client.post(reverse("ask", args=[pot.pk]), form)

    asked = PaymentRequest.objects.filter(round=2)
    assert {(each.nature, each.amount_cents) for each in asked} == {("free", 10_00)}
    payer = asked.exclude(party__member=chef).first()
    client.force_login(payer.party.member)
    page = client.get(payer.get_absolute_url()).content.decode()
    assert "Je kiest zelf het bedrag" in page
    client.post(reverse("payment-amount", args=[payer.reference]), {"cents": "2,50"})
    assert fresh(payer).amount_cents == 2_50
    assert client.post(reverse("payment-amount", args=[payer.reference]), {"cents": "veel"}).status_code == 422
    client.post(reverse("payment-decline", args=[payer.reference]))
    assert fresh(payer).is_ended


def test_pledged_and_received_are_two_sums_and_only_received_counts():
    bank_account()
    pot, chef, (request, _other) = asked_pot()
    giver = request.party.member
    with pytest.raises(NoPledges):
        pledge(pot=pot, by=giver, cents=50_00)
    Pot.objects.update(takes_pledges=True)

    promised = pledge(pot=pot, by=giver, cents=50_00)
    assert (pledged(pot).cents, pledged(pot).received_cents, pot_total(pot).collected_cents) == (50_00, 0, 0)
    import_statement(content=camt((20_00, "x", "", promised.reference)), filename="a")
    assert (pledged(pot).cents, pledged(pot).received_cents, pot_total(pot).collected_cents) == (50_00, 20_00, 20_00)

    decline_request(request=promised, by=giver)
    assert (pledged(pot).cents, fresh(promised).open_cents) == (20_00, 0)
    assert chef != giver


def test_pledging_on_its_page_with_two_bars(client):
    pot, _chef, (request, _other) = asked_pot()
    Pot.objects.update(takes_pledges=True)
    client.force_login(request.party.member)

    answer = client.post(reverse("pledge", args=[pot.pk]), {"cents": "25"})

    promised = PaymentRequest.objects.get(nature="pledge")
    assert answer.url == promised.get_absolute_url()
    page = client.get(pot.get_absolute_url()).content.decode()
    assert page.count("<progress") == 2 and "toegezegd" in page
    client.force_login(_outsider())
    assert client.get(reverse("pledge", args=[pot.pk])).status_code == 404


def _outsider():
    from tests.factories import MemberFactory

    return MemberFactory()


@pytest.mark.parametrize(
    ("visibility", "names", "counts"), [("names", True, True), ("totals", False, True), ("nothing", False, False)]
)
def test_who_paid_is_visible_by_choice_and_who_did_not_never(client, visibility, names, counts):
    pot, chef, (request, other) = asked_pot(visibility=visibility)
    record_cash(request=request, cents=1_00, by=chef)
    client.force_login(other.party.member)

    page = client.get(pot.get_absolute_url()).content.decode()

    assert (request.party.display_name in page) is names
    assert ("van 2 betaald" in page) is counts
    assert other.party.display_name not in page.partition("<main")[2]
    assert names_of_payers(pot) == [request.party.display_name]


def test_the_geldchef_settles_how_the_pot_works(client):
    pot, chef, (request, _other) = asked_pot()
    client.force_login(chef)
    form = {"form": "settings", "visibility": "names", "max_parts": "4", "takes_pledges": "on"}

    client.post(reverse("manage-pot", args=[pot.pk]), form)

    pot = fresh(pot)
    assert (pot.visibility, pot.max_parts, pot.takes_pledges, pot.tells_chat) == ("names", 4, True, False)
    client.force_login(request.party.member)
    page = reverse("payment-parts", args=[request.reference])
    assert client.get(page).status_code == 200
    client.post(page, {"parts": "3"})
    assert fresh(request).instalments.count() == 3
    assert "Deel 1" in client.get(request.get_absolute_url()).content.decode()


def test_a_round_for_everybody_leaves_out_who_the_surprise_is_for():
    pot, chef, (request, other) = asked_pot()
    Pot.objects.update(hidden_from=other.party.member)
    members = [request.party.member, other.party.member]

    again = ask(pot=fresh(pot), by=chef, members=members, due_on=request.due_on, each_cents=1_00)

    assert [each.party_id for each in again] == [request.party_id]
