"""What happens to events when people leave a group."""

from django.db import transaction
from django.utils import timezone

from groups.events.following import follow_up
from groups.events.models import Answer, Event, ShiftPlace
from groups.events.services.planning import let_in
from groups.subgroups.services.leaving import left_registry


@left_registry
@transaction.atomic
def give_up_places(subgroup, members) -> None:
    """Who leaves gives up the places at what is still to come, so that the first in line gets in."""
    coming = Answer.objects.filter(event__subgroup=subgroup, event__ends_at__gt=timezone.now(), member__in=members)
    events = Event.objects.select_for_update().filter(pk__in=list(coming.values_list("event", flat=True)))
    ahead = {"shift__event__subgroup": subgroup, "shift__starts_at__gt": timezone.now()}
    ShiftPlace.objects.filter(member__in=members, **ahead).delete()
    for event in events.order_by("pk"):
        answers = list(event.answers.filter(member__in=members, attended_at__isnull=True).select_related("member"))
        event.answers.filter(pk__in=[answer.pk for answer in answers]).delete()
        for answer in answers:
            answer.choice = Answer.Choice.NO
        follow_up(event, answers)
        let_in(event)
