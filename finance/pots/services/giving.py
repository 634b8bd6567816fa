"""Giving of one's own accord: choosing a free amount, and pledging towards a pot."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from finance.bank.services import reserve_references
from finance.pots.errors import AmountNotFree, DeadlinePassed, NoPledges, NotAllowed, PotTakesNoMoney, RequestNotOpen
from finance.pots.models import PaymentRequest, Pot, RequestEvent
from finance.pots.services.asking import REFERENCES_OF_POTS
from finance.pots.services.pots import locked_request, party_of, pot_changed
from groups.subgroups.access import is_member
from notifications.services import read_notices

Nature = PaymentRequest.Nature
PLEDGE_LASTS = timedelta(days=14)


@transaction.atomic
def choose_amount(*, request: PaymentRequest, by, cents: int) -> PaymentRequest:
    """The payer of a free request says how much it will be. Raises NotAllowed, AmountNotFree, RequestNotOpen."""
    request = locked_request(request.pk)
    if request.party.member_id != by.pk:
        raise NotAllowed
    if request.nature != Nature.FREE:
        raise AmountNotFree
    if request.is_ended or not request.pot.takes_money:
        raise RequestNotOpen
    request.amount_cents = request.paid_cents + cents
    request.save(update_fields=["amount_cents"])
    return request


@transaction.atomic
def decline_request(*, request: PaymentRequest, by) -> PaymentRequest:
    """Who was asked for a free amount, or pledged, gives nothing (more). Nobody is told.

    Raises NotAllowed, AmountNotFree, RequestNotOpen.
    """
    request = locked_request(request.pk)
    if request.party.member_id != by.pk:
        raise NotAllowed
    if request.nature == Nature.FIXED:
        raise AmountNotFree
    if request.is_ended:
        raise RequestNotOpen
    if request.paid_cents:
        request.amount_cents = request.paid_cents
    else:
        request.cancelled_at = timezone.now()
    request.save(update_fields=["amount_cents", "cancelled_at"])
    RequestEvent.objects.create(request=request, kind=RequestEvent.Kind.CANCELLED, by_label=str(by)[:160])
    read_notices(member=by, keys=[request.notice_key])
    pot_changed(request.pot)
    return request


@transaction.atomic
def pledge(*, pot: Pot, by, cents: int, due_on: date | None = None) -> PaymentRequest:
    """Promise `cents` to a pot that takes pledges. It counts as pledged; only what comes in counts as total.

    Raises NoPledges, NotAllowed, PotTakesNoMoney, DeadlinePassed.
    """
    pot = Pot.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=pot.pk)
    if not pot.takes_pledges:
        raise NoPledges
    if not is_member(by, pot.subgroup) or pot.surprised_id == by.pk:
        raise NotAllowed
    if not pot.takes_money:
        raise PotTakesNoMoney
    today = timezone.localdate()
    due_on = due_on or max(pot.deadline or today, today + PLEDGE_LASTS)
    if due_on < today:
        raise DeadlinePassed
    request = PaymentRequest.objects.create(
        pot=pot,
        party=party_of(by),
        nature=Nature.PLEDGE,
        round=(pot.requests.aggregate(last=Max("round"))["last"] or 0) + 1,
        reference=reserve_references(kind=REFERENCES_OF_POTS, count=1)[0],
        amount_cents=cents,
        due_on=due_on,
        asked_by_label=str(by)[:160],
    )
    RequestEvent.objects.create(request=request, kind=RequestEvent.Kind.PLEDGED, by_label=str(by)[:160])
    pot_changed(pot)
    return request
