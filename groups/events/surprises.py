"""An event can be a surprise for one of those it would be for."""

from groups.events.access import may_change, visible_events
from groups.events.models import Event
from groups.people.access import visible_members
from groups.people.models import kept_from
from groups.people.surprises import SurpriseKind, register_surprise
from groups.subgroups.access import members_of


def _find(member, pk: int):
    found = visible_events(member).filter(pk=pk).select_related("subgroup").first()
    return found if found and may_change(member, found) else None


def _people(member, event):
    people = members_of(event.subgroup) if event.subgroup else visible_members(member)
    return people.exclude(pk=event.created_by_id)


def _places(member) -> list[str]:
    hidden = Event.objects.filter(kept_from(member)).select_related("subgroup")
    return [row.subgroup.stream if row.subgroup else "" for row in hidden]


register_surprise(SurpriseKind("event", find=_find, people=_people, keys=lambda event: [event.key], places=_places))
