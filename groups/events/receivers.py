"""What happens to events when people leave a group."""

from django.db import transaction
from django.utils import timezone

from groups.events.models import Answer, Event
from groups.events.services.planning import let_in
from groups.subgroups.services.leaving import left_registry


@left_registry
@transaction.atomic
def give_up_places(subgroup, members) -> None:
    """Who leaves gives up the places at what is still to come, so that the first in line gets in."""
    coming = Answer.objects.filter(event__subgroup=subgroup, event__ends_at__gt=timezone.now(), member__in=members)
    events = Event.objects.select_for_update().filter(pk__in=list(coming.values_list("event", flat=True)))
    for event in events.order_by("pk"):
        event.answers.filter(member__in=members, attended_at__isnull=True).delete()
        let_in(event)
