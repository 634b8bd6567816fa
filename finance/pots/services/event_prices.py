"""A pot or a price on an event. Signing up makes the request; leaving takes it back, or gives back what was paid."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from finance.pots.access import looks_after
from finance.pots.errors import NotAllowed, NotEnoughInPot, NothingToGiveBack
from finance.pots.models import EventPrice, EventRequest, PaymentRequest, Pot, PotRole, RequestEvent
from finance.pots.services.answers import tell_chef
from finance.pots.services.asking import ask, cancel_request
from finance.pots.services.givingback import return_payment
from groups.events.access import may_change
from groups.events.models import Answer, Event
from groups.people.audit import record
from groups.subgroups.access import is_member

DAYS_TO_PAY = 14


@transaction.atomic
def price_event(
    *, event: Event, by, pot: Pot | None, each_cents: int | None = None, refund_until: date | None = None
) -> EventPrice | None:
    """Put a pot of the same group on an event, with a price or without; without a pot both go.

    Who said yes already gets the request now. Another price holds for who comes from now on. Raises NotAllowed.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not may_change(by, event):
        raise NotAllowed
    if pot is None:
        _take_back(EventRequest.objects.filter(price__event=event))
        EventPrice.objects.filter(event=event).delete()
        return None
    if pot.subgroup_id != event.subgroup_id or not looks_after(by, pot):
        raise NotAllowed
    values = {"pot": pot, "each_cents": each_cents, "refund_until": refund_until}
    price, _made = EventPrice.objects.update_or_create(event=event, defaults=values)
    record(by=by, act="event.priced", about=event, details={"pot": pot.pk, "cents": each_cents})
    coming = event.answers.filter(choice=Answer.Choice.YES, waiting_since__isnull=True).select_related("member")
    for answer in coming:
        settle_for(event, answer.member, comes=True)
    return price


def settle_for(event: Event, member, comes: bool) -> None:
    """Registered with events: a request for who comes, none that is open for who does not. May be repeated.

    What was paid is owed back when the event is off, or as long as cancelling is free.
    """
    price = EventPrice.objects.select_related("pot__subgroup").filter(event=event).first()
    if price is None or not price.each_cents:
        return
    mine = EventRequest.objects.filter(price=price, request__party__member=member)
    if not comes:
        _take_back(mine)
        _settle_paid(mine, event, price)
    elif not mine.filter(request__in=PaymentRequest.objects.live()).exists():
        _ask(price, member)


def _ask(price: EventPrice, member) -> None:
    chef = _chef(price.pot)
    # A guest from outside the group, a closed pot or one without a Geldchef: a person has to look at it.
    if chef is None or not price.pot.takes_money or not is_member(member, price.pot.subgroup):
        return
    if member.pk == price.pot.surprised_id:
        return
    today = timezone.localdate()
    due_on = max(today, min(today + timedelta(days=DAYS_TO_PAY), price.event.first_day))
    for request in ask(pot=price.pot, by=chef, members=[member], due_on=due_on, each_cents=price.each_cents):
        EventRequest.objects.create(price=price, request=request)


def _take_back(links) -> None:
    """What is not paid at all is cancelled."""
    for link in links.select_related("request__pot__subgroup"):
        request, chef = link.request, _chef(link.request.pot)
        is_open = request.waived_at is None and request.cancelled_at is None and not request.paid_cents
        if is_open and chef:
            cancel_request(request=request, by=chef, reason="event")


def _settle_paid(links, event: Event, price: EventPrice) -> None:
    """Owe back what came in; when that is not promised, or the pot cannot, the Geldchef hears who is not coming."""
    is_free = price.refund_until is not None and timezone.localdate() <= price.refund_until
    paid = links.filter(request__in=PaymentRequest.objects.live().filter(paid_cents__gt=0))
    for link in paid.select_related("request__pot__subgroup", "request__party"):
        request, chef = link.request, _chef(link.request.pot)
        if chef and (is_free or event.cancelled_at) and _returned(request, chef, event):
            continue
        _tell_not_coming(request)


def _returned(request: PaymentRequest, chef, event: Event) -> bool:
    try:
        return_payment(request=request, by=chef, because=event.title)
    except (NotEnoughInPot, NothingToGiveBack):
        return False
    return True


def _tell_not_coming(request: PaymentRequest) -> None:
    said = {"kind": RequestEvent.Kind.ANSWERED, "answer": RequestEvent.Answer.NOT_JOINING}
    if not request.events.filter(**said).exists():
        tell_chef(request, request.events.create(**said, by_label=request.party.display_name))


def _chef(pot: Pot):
    """Who may ask for this pot today."""
    roles = PotRole.objects.filter(pot=pot, ended_at__isnull=True, member__isnull=False).select_related("member")
    return next((role.member for role in roles.order_by("role", "pk") if looks_after(role.member, pot)), None)
