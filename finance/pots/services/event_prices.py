"""A pot or a price on an event. Signing up makes the request, leaving takes it back while it is open."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from finance.pots.access import looks_after
from finance.pots.errors import NotAllowed
from finance.pots.models import EventPrice, EventRequest, PaymentRequest, Pot, PotRole
from finance.pots.services.asking import ask, cancel_request
from groups.events.access import may_change
from groups.events.models import Answer, Event
from groups.people.audit import record
from groups.subgroups.access import is_member

DAYS_TO_PAY = 14


@transaction.atomic
def price_event(*, event: Event, by, pot: Pot | None, each_cents: int | None = None) -> EventPrice | None:
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
    price, _made = EventPrice.objects.update_or_create(event=event, defaults={"pot": pot, "each_cents": each_cents})
    record(by=by, act="event.priced", about=event, details={"pot": pot.pk, "cents": each_cents})
    coming = event.answers.filter(choice=Answer.Choice.YES, waiting_since__isnull=True).select_related("member")
    for answer in coming:
        settle_for(event, answer.member, comes=True)
    return price


def settle_for(event: Event, member, comes: bool) -> None:
    """Registered with events: a request for who comes, none that is open for who does not. May be repeated."""
    price = EventPrice.objects.select_related("pot__subgroup").filter(event=event).first()
    if price is None or not price.each_cents:
        return
    mine = EventRequest.objects.filter(price=price, request__party__member=member)
    if not comes:
        _take_back(mine)
    elif not mine.filter(request__in=PaymentRequest.objects.live()).exists():
        _ask(price, member)


def _ask(price: EventPrice, member) -> None:
    chef = _chef(price.pot)
    # A guest from outside the group, a closed pot or one without a Geldchef: a person has to look at it.
    if chef is None or not price.pot.takes_money or not is_member(member, price.pot.subgroup):
        return
    if member.pk == price.pot.hidden_from_id:
        return
    today = timezone.localdate()
    due_on = max(today, min(today + timedelta(days=DAYS_TO_PAY), price.event.first_day))
    for request in ask(pot=price.pot, by=chef, members=[member], due_on=due_on, each_cents=price.each_cents):
        EventRequest.objects.create(price=price, request=request)


def _take_back(links) -> None:
    """What is not paid at all is cancelled; money that came in is for the Geldchef to give back."""
    for link in links.select_related("request__pot__subgroup"):
        request, chef = link.request, _chef(link.request.pot)
        is_open = request.waived_at is None and request.cancelled_at is None and not request.paid_cents
        if is_open and chef:
            cancel_request(request=request, by=chef, reason="event")


def _chef(pot: Pot):
    """Who may ask for this pot today."""
    roles = PotRole.objects.filter(pot=pot, ended_at__isnull=True, member__isnull=False).select_related("member")
    return next((role.member for role in roles.order_by("role", "pk") if looks_after(role.member, pot)), None)
