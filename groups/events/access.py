"""Which events a member may see, and who may plan them."""

from django.db.models import Q

from groups.events.models import Event, Shift
from groups.people.access import belongs, may_for_association
from groups.people.models import kept_from
from groups.subgroups.access import may, may_manage, readable_ids


def visible_events(member):
    """Events of the association, and of the groups the member is in now that have an agenda."""
    mine = Q(subgroup__in=readable_ids(member, "agenda"))
    if belongs(member):
        mine |= Q(subgroup__isnull=True)
    return Event.objects.filter(mine).exclude(kept_from(member)) if member.is_active else Event.objects.none()


def visible_shifts(member):
    """Shifts of events the member may see."""
    return Shift.objects.filter(event__in=visible_events(member)).select_related("event__subgroup")


def may_plan(member, subgroup) -> bool:
    """Whether the member may plan events in this subgroup, or (None) for the whole association."""
    if subgroup is None:
        return may_for_association(member, "announce")
    return may(member, "plan_event", subgroup)


def may_change(member, event) -> bool:
    """Who planned it, while still allowed to see it, and who manages the group: not everybody who may plan there,
    because changing an event comes with reading what people answered to its questions."""
    if event.created_by_id == member.pk:
        return True
    return may_manage(member, event.subgroup) if event.subgroup else may_plan(member, None)


def may_see_names(member, event) -> bool:
    return event.guest_list == Event.GuestList.NAMES or may_change(member, event)
