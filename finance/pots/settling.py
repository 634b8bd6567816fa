"""Booking an online payment of a request; what cannot be counted is held, never dropped."""

from django.db.models import Q

from finance.ledger.models import Entry
from finance.ledger.services import Transfer, post
from finance.pots import accounts
from finance.pots.models import Allocation, PaymentRequest, Pot
from finance.pots.payables import PotRequests
from finance.pots.queries import room_cents
from finance.pots.services.givingback import owe
from finance.pots.services.paying import allocate, take_back
from finance.pots.services.pots import locked_request
from finance.pots.services.telling import tell_reopened
from finance.providers.accounts import clearing, held


def settle_request(attempt) -> tuple:
    """Count the attempt for its request as far as that is open; else hold it. Returns (entry, why it was held).

    When a part came in otherwise while the payer was at the bank, what is too much is owed back.
    """
    request = locked_request(attempt.payable_id)
    pot, counted = request.pot, min(attempt.cents, request.takes_cents) or attempt.cents
    reason = _why_held(pot, request, counted)
    ring = "" if reason else pot.ring
    income = held(attempt.provider) if reason else accounts.contributions(pot)
    entry = post(
        key=f"{attempt.provider}:payment:{attempt.provider_id}",
        kind="online_payment",
        transfers=[Transfer(clearing(attempt.provider, ring), income, attempt.cents)],
        memo=attempt.description,
    ).entry
    if reason:
        PotRequests().held(payable_id=request.pk, cents=attempt.cents, reason=reason)
    else:
        allocate(request=request, cents=counted, entry=entry, way=Allocation.Way.ONLINE)
        _owe_excess(request, attempt, attempt.cents - counted)
    return entry, reason


def _owe_excess(request: PaymentRequest, attempt, cents: int) -> None:
    if cents:
        source, key = accounts.contributions(request.pot), f"excess:{attempt.provider}:{attempt.provider_id}"
        owe(
            pot=request.pot, party=request.party, cents=cents, source=source, because=request.pot.name, key=key, by=None
        )


def _why_held(pot: Pot, request: PaymentRequest, cents: int) -> str:
    if request.is_ended or not pot.takes_money:
        return "closed"
    if cents > request.takes_cents:
        return "duplicate"
    return "full" if cents > room_cents(request) else ""


def taken_back(*, attempt, cents: int, entry) -> None:
    """A refund or a chargeback: the request has so much less; what is left of the payment stays counted."""
    for allocation in _standing(attempt):
        take_back(allocation=allocation, entry=entry)
        part = min(allocation.cents, cents)
        if allocation.cents > part:
            left = {"request": allocation.request, "cents": allocation.cents - part, "entry": entry}
            allocate(**left, way=Allocation.Way.ONLINE, silent=True)
        cents -= part
    if Entry.objects.filter(pk=entry.pk, chargeback__isnull=False).exists():
        tell_reopened(locked_request(attempt.payable_id))


def given_again(*, attempt, cents: int, entry) -> None:
    """The refund failed, or the chargeback was undone: it counts again, unless it was paid otherwise meanwhile."""
    request = locked_request(attempt.payable_id)
    room = request.amount_cents - request.paid_cents
    if room < cents and entry.kind == "online_refund":
        request.amount_cents += cents - room  # lowered when the refund was asked
        request.save(update_fields=["amount_cents"])
        room = cents
    if counted := min(cents, room):
        allocate(request=request, cents=counted, entry=entry, way=Allocation.Way.ONLINE, silent=True)
    if counted < cents:
        PotRequests().held(payable_id=request.pk, cents=cents - counted, reason="duplicate")


def _standing(attempt):
    """What of this attempt is counted now, through whichever entry it last came to stand."""
    entries = Entry.objects.filter(
        Q(pk__in=[attempt.entry_id, attempt.counted_by_id])
        | Q(online_refund__attempt=attempt)
        | Q(chargeback__attempt=attempt)
        | Q(reverses__online_refund__attempt=attempt)
        | Q(reverses__chargeback__attempt=attempt)
    )
    counted = Allocation.objects.filter(request=attempt.payable_id, undoes__isnull=True, undone_by__isnull=True)
    return list(counted.filter(entry__in=entries).select_related("request__pot").order_by("pk"))
