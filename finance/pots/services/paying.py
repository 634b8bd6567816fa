"""Counting money for a request: the one place where `paid_cents` changes."""

from django.db import transaction
from django.db.models import F

from finance.ledger.services import Transfer, post, reverse
from finance.pots import accounts
from finance.pots.access import looks_after
from finance.pots.errors import MoreThanAsked, NotAllowed, PotTakesNoMoney, RequestNotOpen
from finance.pots.models import Allocation, PaymentRequest, RequestEvent
from finance.pots.queries import room_cents
from finance.pots.services.instalments import move_due_day
from finance.pots.services.pots import locked_request, pot_changed
from notifications.services import notify, read_notices


def allocate(
    *, request: PaymentRequest, cents: int, entry, way: str, by=None, iban_mark="", note="", silent: bool = False
) -> Allocation:
    """Count `cents` for the request, inside the transaction that made `entry`, and thank the payer unless `silent`."""
    allocation = Allocation.objects.create(
        request=request,
        cents=cents,
        way=way,
        entry=entry,
        iban_mark=iban_mark,
        by_label=str(by)[:160] if by else "",
        note=note[:300],
    )
    _count(request, cents)
    pot_changed(request.pot)
    if not silent:
        _thank(request, allocation)
    return allocation


def _count(request: PaymentRequest, cents: int) -> None:
    """Move what is paid; a free amount becomes what the payer gave, and the next part of a plan comes due."""
    paid = {"paid_cents": F("paid_cents") + cents}
    if request.nature == PaymentRequest.Nature.FREE and cents > 0:
        paid["amount_cents"] = F("paid_cents") + cents
    PaymentRequest.objects.filter(pk=request.pk).update(**paid)
    request.refresh_from_db(fields=["paid_cents", "amount_cents"])
    move_due_day(request)


def _thank(request: PaymentRequest, allocation: Allocation) -> None:
    """A receipt for the payer; whatever was still going to be sent about this request stops here when it is paid."""
    member = request.party.member
    if member is None:
        return
    if request.is_paid:
        read_notices(member=member, keys=[request.notice_key])
    notify(
        member_ids=[member.pk],
        kind="payment_received",
        key=f"receipt:{allocation.pk}",
        context={"request": request.pk, "cents": allocation.cents},
    )


def take_back(*, allocation: Allocation, entry, by=None) -> Allocation:
    """Undo an allocation, inside the transaction that reversed its entry: the request is open again."""
    request = locked_request(allocation.request_id)
    counter = Allocation.objects.create(
        request=request,
        cents=-allocation.cents,
        way=allocation.way,
        entry=entry,
        undoes=allocation,
        by_label=str(by)[:160] if by else "",
    )
    _count(request, -allocation.cents)
    RequestEvent.objects.create(request=request, kind=RequestEvent.Kind.REOPENED, by_label=str(by)[:160] if by else "")
    pot_changed(request.pot)
    return counter


@transaction.atomic
def record_cash(*, request: PaymentRequest, cents: int, by, note: str = "") -> Allocation:
    """Write down cash that a payer handed over. The payer gets a receipt and can dispute it.

    Raises NotAllowed, PotTakesNoMoney, RequestNotOpen, MoreThanAsked.
    """
    request = locked_request(request.pk)
    pot = request.pot
    if not looks_after(by, pot):
        raise NotAllowed
    if not pot.takes_money:
        raise PotTakesNoMoney
    if not request.takes_cents:
        raise RequestNotOpen
    if cents > room_cents(request):
        raise MoreThanAsked
    entry = post(
        key=f"cash:{request.pk}:{request.allocations.count() + 1}",
        kind="cash",
        transfers=[Transfer(accounts.cash(pot), accounts.contributions(pot), cents)],
        by=by,
        memo=note,
    ).entry
    return allocate(request=request, cents=cents, entry=entry, way=Allocation.Way.CASH, by=by, note=note)


@transaction.atomic
def take_back_cash(*, allocation: Allocation, by, reason: str) -> Allocation:
    """Undo a cash booking that was wrong. Raises NotAllowed, AlreadyReversed."""
    if not looks_after(by, allocation.request.pot):
        raise NotAllowed
    return take_back(allocation=allocation, entry=reverse(entry=allocation.entry, by=by, reason=reason), by=by)
