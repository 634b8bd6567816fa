"""Events to come stay in hand when the manager who planned them hands over."""

from django.utils import timezone
from django.utils.translation import gettext as _

from groups.events.models import Event
from groups.subgroups.handover import Hanging, handover_registry
from groups.subgroups.models import SubgroupRole


@handover_registry
def coming_events(subgroup, role, member) -> Hanging | None:
    if role != SubgroupRole.MANAGER:
        return None
    events = Event.objects.filter(subgroup=subgroup, created_by=member, ends_at__gt=timezone.now())

    def pass_on(*, old, new):
        events.update(created_by=new)

    return Hanging(_("Events to come"), events.count(), pass_on)
