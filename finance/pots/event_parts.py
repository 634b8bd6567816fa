"""The pot on the page of its event, and the request that follows from signing up."""

from finance.pots.access import my_requests, visible_pots
from finance.pots.models import EventPrice
from finance.pots.queries import pot_total
from finance.pots.services.event_prices import settle_for
from groups.events.access import may_change
from groups.events.following import EventPart, follow_registry, part_registry

follow_registry(settle_for)


@part_registry
def pot_part(request, event) -> EventPart | None:
    """For members who may see the pot its total; for who organises a way to choose one."""
    organises = event.subgroup_id is not None and may_change(request.user, event)
    price = EventPrice.objects.filter(event=event, pot__in=visible_pots(request.user)).select_related("pot").first()
    if price is None:
        return EventPart("pots/event_part.html", 20, {"event": event, "organises": True}) if organises else None
    mine = my_requests(request.user).live().filter(for_event__price=price).first()
    values = {"event": event, "price": price, "total": pot_total(price.pot), "mine": mine, "organises": organises}
    return EventPart("pots/event_part.html", 20, values)
