"""Who is on duty."""

from django.utils import timezone

from groups.duty.access import still_there
from groups.duty.models import Turn


def turn_now(subgroup, moment=None) -> Turn | None:
    """The turn that runs in this group at `moment` (now), or None."""
    moment = moment or timezone.now()
    running = Turn.objects.filter(subgroup=subgroup, starts_at__lte=moment, ends_at__gt=moment)
    return still_there(running).select_related("member").first()
