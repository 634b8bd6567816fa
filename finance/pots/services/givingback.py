"""Giving money back: set apart in the books first, then paid by transfer, in cash, or online the way it came."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from finance.bank import accounts as bank_accounts
from finance.bank.models import BankLine, Refund
from finance.bank.services import count_paid_back, owe_back
from finance.ledger.errors import BalanceTooLow
from finance.ledger.services import Transfer, post
from finance.pots import accounts
from finance.pots.access import looks_after
from finance.pots.errors import NotAllowed, NotEnoughCash, NotEnoughInPot, NothingToGiveBack
from finance.pots.models import Allocation, PaymentRequest, Pot, RequestEvent
from finance.pots.queries import pot_balance
from finance.pots.services.paying import take_back
from finance.pots.services.pots import locked_request, pot_changed
from finance.providers.models import OnlineRefund, PaymentAttempt
from finance.providers.services import ask_refund, send_refund
from groups.people.access import may_for_association
from notifications.services import notify


@transaction.atomic
def return_payment(*, request: PaymentRequest, by, because: str = "") -> Refund:
    """The Geldchef gives back all that was paid for a request, and the request ends.

    Raises NotAllowed, NothingToGiveBack, NotEnoughInPot.
    """
    request = locked_request(request.pk)
    if not looks_after(by, request.pot):
        raise NotAllowed
    if not request.paid_cents or request.pot.closed_at:
        raise NothingToGiveBack
    refund = give_back(
        request=request, by=by, because=because or request.pot.name, key=f"return:{request.pk}:{_moves(request)}"
    )
    if not request.is_ended:
        PaymentRequest.objects.filter(pk=request.pk).update(cancelled_at=timezone.now())
    RequestEvent.objects.create(
        request=request, kind=RequestEvent.Kind.RETURNED, text=because[:500], by_label=str(by)[:160]
    )
    pot_changed(request.pot)
    return refund


def _moves(request: PaymentRequest) -> int:
    return request.allocations.count()


def give_back(*, request: PaymentRequest, by, because: str, key: str) -> Refund:
    """Owe the payer what the request holds, in the caller's transaction. Raises NotEnoughInPot when it was spent."""
    cents, pot = request.paid_cents, request.pot
    if cents > pot_balance(pot).total_cents - owed_cents(pot):
        raise NotEnoughInPot
    refund = owe(
        pot=pot, party=request.party, cents=cents, source=accounts.contributions(pot), because=because, key=key, by=by
    )
    standing = request.allocations.filter(undoes__isnull=True, undone_by__isnull=True)
    for allocation in list(standing.select_related("request__pot")):
        take_back(allocation=allocation, entry=refund.entry, by=by)
    request.refresh_from_db(fields=["paid_cents"])
    return refund


def owed_cents(pot: Pot) -> int:
    """What the pot still has and owes back already."""
    return bank_accounts.refunds(pot.ring).balance_cents


def owe(*, pot: Pot, party, cents: int, source, because: str, key: str, by) -> Refund:
    """Set money of the pot apart for a payer, who hears of it; the account number is taken from their own transfer."""
    refund = owe_back(
        ring=pot.ring,
        source=source,
        name=party.display_name,
        cents=cents,
        because=because,
        key=key,
        by=by,
        iban=known_iban(party),
        party_id=party.pk,
    )
    if party.member_id:
        context = {"pot": pot.pk, "cents": cents}
        notify(member_ids=[party.member_id], kind="payment_returned", key=f"returned:{refund.pk}", context=context)
    return refund


def known_iban(party) -> str:
    """From which account this payer last paid; empty when we do not know."""
    marks = Allocation.objects.filter(request__party=party).exclude(iban_mark="").order_by("-pk")
    newest = marks.values_list("iban_mark", flat=True).first()
    line = BankLine.objects.filter(iban_mark=newest).order_by("-booked_on", "-pk").first() if newest else None
    return line.iban if line else ""


@transaction.atomic
def pay_back_in_cash(*, refund: Refund, pot: Pot, by) -> Refund:
    """The Geldchef hands over what is owed back. Raises NotAllowed, NothingToGiveBack, NotEnoughCash."""
    pot, refund = _locked(refund, pot)
    if not looks_after(by, pot):
        raise NotAllowed
    try:
        post(
            key=f"payback:{refund.pk}:cash:{refund.paid_cents}",
            kind="refund",
            transfers=[Transfer(bank_accounts.refunds(pot.ring), accounts.cash(pot), refund.open_cents)],
            by=by,
            memo=refund.because,
        )
    except BalanceTooLow as short:
        raise NotEnoughCash from short
    return count_paid_back(refund=refund, cents=refund.open_cents)


def _locked(refund: Refund, pot: Pot) -> tuple[Pot, Refund]:
    pot = Pot.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=pot.pk)
    refund = Refund.objects.select_for_update().get(pk=refund.pk)
    if not refund.open_cents or refund.ring != pot.ring:
        raise NothingToGiveBack
    return pot, refund


def pay_back_online(*, refund: Refund, by) -> OnlineRefund:
    """The treasurer sends it the way it came. Raises NotAllowed, NothingToGiveBack, NotEnoughInPot, ProviderRefused."""
    if not may_for_association(by, "book"):
        raise NotAllowed
    return send_refund(refund=_set_apart(refund, by))


@transaction.atomic
def _set_apart(refund: Refund, by) -> OnlineRefund:
    refund = Refund.objects.select_for_update().get(pk=refund.pk)
    attempt = refundable_attempts(refund).first() if refund.open_cents else None
    if attempt is None:
        raise NothingToGiveBack
    cents = refund.open_cents
    try:
        online = ask_refund(
            attempt=attempt,
            cents=cents,
            by=by,
            because=refund.because,
            owed=bank_accounts.refunds(refund.ring),
            payback_id=refund.pk,
        )
    except BalanceTooLow as short:
        raise NotEnoughInPot from short
    count_paid_back(refund=refund, cents=cents)
    return online


def refundable_attempts(refund: Refund):
    """Online payments of this payer in this ring that can carry the whole refund back."""
    mine = PaymentRequest.objects.filter(party=refund.party_id).values("pk")
    enough = Q(cents__gte=refund.open_cents) & Q(charged_back_cents=0, held_because="")
    found = PaymentAttempt.objects.filter(
        enough, kind="pot", payable_id__in=mine, entry__lines__debit__ring=refund.ring
    )
    ids = [attempt.pk for attempt in found.distinct() if attempt.refundable_cents >= refund.open_cents]
    return PaymentAttempt.objects.filter(pk__in=ids).order_by("-pk")


def payable_online(refunds) -> set[int]:
    """Which of these can go back online, in two queries."""
    open_ones = [refund for refund in refunds if refund.open_cents and refund.party_id]
    parties = [refund.party_id for refund in open_ones]
    owners = dict(PaymentRequest.objects.filter(party__in=parties).values_list("pk", "party"))
    attempts = PaymentAttempt.objects.filter(
        kind="pot", payable_id__in=owners, held_because="", charged_back_cents=0, entry__isnull=False
    )
    most: dict[tuple, int] = {}
    for attempt in attempts.annotate(ring=F("entry__lines__debit__ring")):
        where = (owners[attempt.payable_id], attempt.ring)
        most[where] = max(most.get(where, 0), attempt.refundable_cents)
    return {refund.pk for refund in open_ones if most.get((refund.party_id, refund.ring), 0) >= refund.open_cents}


def payback_failed(*, attempt, cents: int, entry) -> None:
    """The provider could not send it: it is owed again."""
    online = entry.reverses.online_refund
    count_paid_back(refund=Refund.objects.select_for_update().get(pk=online.payback_id), cents=-cents)
