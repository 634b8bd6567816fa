"""Random lives of payments, crashes between any two statements, and real processes that all want the same euro."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.bank.models import BankLine
from finance.bank.services import import_statement
from finance.ledger.errors import BalanceTooLow
from finance.ledger.models import Account, Entry
from finance.ledger.seals import faults
from finance.ledger.services import reverse
from finance.pots.models import Allocation, PaymentRequest
from finance.pots.queries import pot_total
from finance.pots.reminders import due_payments
from finance.pots.services import answer_request, record_cash, return_payment, take_back_cash, waive_request
from finance.providers.interface import ChargebackState, PaymentState, RefundState
from finance.providers.models import PaymentAttempt
from finance.providers.services import apply_state, apply_status, start_attempt
from notifications.reminders import queue_due
from tests.factories_finance import asked_pot, asset, bank_account, book, camt, fund
from tests.parallel import at_once, in_processes
from theme.errors import Refusal

pytestmark = pytest.mark.django_db
real_connections = pytest.mark.django_db(transaction=True, serialized_rollback=True)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

steps = st.lists(
    st.tuples(
        st.sampled_from(["start", "pay", "cash", "undo", "refund", "back", "undone", "return", "waive", "again"]),
        st.integers(0, 3),
        st.integers(1, 60_00),
    ),
    max_size=22,
)


def practise(request, cents=None):
    fields = {"description": "x", "return_path": "/", "by": request.party.member}
    return start_attempt(kind="pot", payable_id=request.pk, cents=cents or request.open_cents, **fields)


class Life:
    """What may happen to the payments of one pot, in any order; the provider's words are kept per attempt."""

    def __init__(self):
        self.pot, self.chef, self.requests = asked_pot(members=2)
        self.refunds: dict[int, list] = {}
        self.backs: dict[int, list] = {}

    def step(self, what: str, which: int, cents: int) -> None:
        try:
            with transaction.atomic():
                getattr(self, f"_{what}")(which, cents)
        except Refusal:
            pass  # said no, and changed nothing

    def _request(self, which) -> PaymentRequest:
        return PaymentRequest.objects.get(pk=self.requests[which % 2].pk)

    def _attempt(self, which):
        attempts = list(PaymentAttempt.objects.order_by("pk"))
        return attempts[which % len(attempts)] if attempts else None

    def _say(self, attempt, status="paid"):
        refunds = tuple(self.refunds.get(attempt.pk, ()))
        backs = tuple(self.backs.get(attempt.pk, ()))
        words = PaymentState(
            attempt.provider_id, status, attempt.cents, attempt_key=str(attempt.key), refunds=refunds, chargebacks=backs
        )
        apply_state(attempt=attempt, state=words)

    def _start(self, which, cents):
        if open_cents := self._request(which).open_cents:
            practise(self._request(which), min(cents, open_cents))

    def _pay(self, which, cents):
        if attempt := self._attempt(which):
            self._say(attempt)

    _again = _pay

    def _cash(self, which, cents):
        record_cash(request=self._request(which), cents=cents, by=self.chef)

    def _undo(self, which, cents):
        found = Allocation.objects.filter(way="cash", undoes__isnull=True, undone_by__isnull=True).first()
        if found:
            take_back_cash(allocation=found, by=self.chef, reason="x")

    def _refund(self, which, cents):
        """Made on the provider's own site, as far as it lets anybody."""
        attempt = self._attempt(which)
        if attempt and (most := attempt.refundable_cents):
            known = self.refunds.setdefault(attempt.pk, [])
            known.append(RefundState(f"re_{attempt.pk}_{len(known)}", "refunded", min(cents, most)))
            try:
                self._say(attempt)
            except Refusal:
                known.pop()
                raise

    def _back(self, which, cents):
        attempt = self._attempt(which)
        if attempt and attempt.entry_id and not self.backs.get(attempt.pk) and attempt.refundable_cents:
            self.backs[attempt.pk] = [ChargebackState(f"chb_{attempt.pk}", attempt.refundable_cents)]
            self._say(attempt)

    def _undone(self, which, cents):
        attempt = self._attempt(which)
        if attempt and (known := self.backs.get(attempt.pk)):
            known[0] = ChargebackState(known[0].provider_id, known[0].cents, is_reversed=True)
            self._say(attempt)

    def _return(self, which, cents):
        return_payment(request=self._request(which), by=self.chef)

    def _waive(self, which, cents):
        waive_request(request=self._request(which), by=self.chef)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_happens_to_payments_the_books_and_the_requests_agree(taken):
    with transaction.atomic():
        life = Life()
        for step in taken:
            life.step(*step)

        assert faults() == []
        assert not Account.objects.filter(floor_cents=0, balance_cents__lt=0).exists()
        for request in PaymentRequest.objects.all():
            counted = request.allocations.aggregate(sum=Sum("cents", default=0))["sum"]
            assert request.paid_cents == counted
        counted = Allocation.objects.aggregate(sum=Sum("cents", default=0))["sum"]
        assert pot_total(life.pot).collected_cents >= counted  # more only after a reversal that found no room
        for attempt in PaymentAttempt.objects.all():
            assert Entry.objects.filter(key=f"practice:payment:{attempt.provider_id}").count() == bool(attempt.entry_id)
        transaction.set_rollback(True)


class Crash(Exception):
    pass


def crash_at(number: int):
    """A wrapper of the connection that dies just before the nth statement."""
    count = iter(range(1, 10_000))

    def wrapper(execute, sql, params, many, context):
        if next(count) == number:
            raise Crash
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.parametrize("at", [2, 5, 8, 11, 14, 17, 20, 24, 28, 33])
def test_a_crash_anywhere_in_booking_a_payment_leaves_all_or_nothing(at):
    pot, _chef, (request, _other) = asked_pot()
    attempt = practise(request)

    try:
        with transaction.atomic(), connection.execute_wrapper(crash_at(at)):
            apply_status(attempt=attempt, status="paid")
    except Crash:
        assert Entry.objects.count() == Allocation.objects.count() == 0
        assert PaymentAttempt.objects.get().status == "open"
        apply_status(attempt=attempt, status="paid")

    assert (pot_total(pot).collected_cents, Allocation.objects.count()) == (42_50, 1)
    assert PaymentRequest.objects.get(pk=request.pk).is_paid and faults() == []


def spend_five_euros(number):
    """One euro, five times; any other ending than kept or refused is shown by the name of its error."""
    kept = 0
    for turn in range(5):
        try:
            book(f"spend:{number}:{turn}", fund("spent", ring="pot:1"), asset("share", "pot:1", 0), 1_00)
            kept += 1
        except BalanceTooLow:
            pass
    return kept, 5 - kept


@real_connections
def test_processes_spending_at_once_pay_exactly_what_there_is():
    book("in", asset("share", "pot:1", 0), fund("fund", ring="pot:1"), 13_00)

    outcome = in_processes(*(partial(spend_five_euros, number) for number in range(4)))

    assert sum(kept for kept, _refused in outcome) == 13, outcome
    assert sum(refused for _kept, refused in outcome) == 7
    assert Account.objects.get(code="share").balance_cents == 0 and faults() == []


def test_a_reversal_of_a_reversal_is_a_new_entry():
    entry = book("a", asset(), fund(), 5_00).entry
    once = reverse(entry=entry)
    twice = reverse(entry=once)

    assert Account.objects.get(code="bank").balance_cents == 5_00
    assert len({entry.pk, once.pk, twice.pk}) == 3 and faults() == []


# --- The last euro (15) -----------------------------------------------------------------------------
def last_euro(**fields):
    pot, _chef, requests = asked_pot(members=2, each_cents=1_00, goal_cents=1_00, **fields)
    return pot, [practise(request) for request in requests]


@real_connections
def test_the_last_euro_of_a_pot_that_stops_at_its_goal_counts_once_and_the_other_is_held():
    pot, attempts = last_euro(hard_cap=True)

    at_once(*[lambda each=each: apply_status(attempt=each, status="paid") for each in attempts])

    held = [each.held_because for each in PaymentAttempt.objects.all()]
    assert (sorted(held), pot_total(pot).collected_cents, faults()) == (["", "full"], 1_00, [])


@real_connections
def test_without_a_stop_both_count_and_the_figures_say_what_is_above_the_goal():
    pot, attempts = last_euro()

    at_once(*[lambda each=each: apply_status(attempt=each, status="paid") for each in attempts])

    total = pot_total(pot)
    assert (total.collected_cents, total.percent, total.surplus_cents) == (2_00, 100, 1_00)


def test_a_bank_line_above_the_stop_fills_it_and_waits_for_the_rest():
    bank_account()
    pot, chef, (request, other) = asked_pot(members=2, each_cents=1_00, goal_cents=1_50, hard_cap=True)
    import_statement(content=camt((1_00, "a", "", request.reference), (1_00, "b", "", other.reference)), filename="a")

    assert pot_total(pot).collected_cents == 1_50
    assert sorted(BankLine.objects.values_list("open_cents", flat=True)) == [0, 50]
    with pytest.raises(Refusal):
        record_cash(request=PaymentRequest.objects.get(pk=other.pk), cents=50, by=chef)


# --- Who is never reminded (31 to 33) ---------------------------------------------------------------
def at(moment_or_day, hour=12):
    return datetime.combine(moment_or_day, datetime.min.time(), AMSTERDAM) + timedelta(hours=hour)


def reminded_on(day, hour=12):
    return {due.member_id for due in due_payments(at(day, hour)) if due.kind == "payment_reminder"}


def test_who_is_paying_at_this_moment_is_not_reminded():
    _pot, _chef, (request, other) = asked_pot()
    PaymentAttempt.objects.filter(pk=practise(request).pk).update(status="pending")

    assert reminded_on(request.due_on) == {other.party.member_id}


def test_who_answered_is_left_alone_till_the_day_they_named():
    _pot, _chef, (request, other) = asked_pot()
    until = request.due_on + timedelta(days=2)
    answer_request(request=request, by=request.party.member, answer="later", until=until)

    assert reminded_on(request.due_on) == {other.party.member_id}


def test_on_old_knowledge_nobody_is_called_late_and_the_treasurer_is_asked_once():
    from groups.people.models import AssociationRole
    from tests.factories import member_with

    treasurer = member_with(AssociationRole.TREASURER)
    _pot, _chef, (request, _other) = asked_pot()
    late = request.due_on + timedelta(days=7)

    assert reminded_on(late) == set()
    first = queue_due(at(late))
    assert queue_due(at(late, 15)) == 0
    asked = {due.member_id for due in due_payments(at(late)) if due.kind == "bank_stale"}
    assert (first, asked) == (1, {treasurer.pk})


@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28"])  # the clock goes back, and forward
def test_a_night_in_which_the_clock_changes_sends_each_step_once(day):
    _pot, _chef, (request, other) = asked_pot()
    day = datetime.fromisoformat(day).date()
    PaymentRequest.objects.update(due_on=day, asked_at=at(day) - timedelta(days=20))

    given_ = [queue_due(at(day, 0) + timedelta(minutes=20 * turn)) for turn in range(75)]

    assert sum(given_) == 2
    assert {request.party.member_id, other.party.member_id} == reminded_on(day)
