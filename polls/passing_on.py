"""Polls that are not over go along when a manager hands over; who led them has no more to say about them."""

from django.utils.translation import gettext as _

from groups.subgroups.handover import Hanging, handover_registry
from groups.subgroups.models import SubgroupRole
from polls.models import Poll

OVER = (Poll.State.PUBLISHED, Poll.State.VOID)


@handover_registry
def polls_in_hand(subgroup, role, member) -> Hanging | None:
    if role != SubgroupRole.MANAGER:
        return None
    polls = Poll.objects.filter(subgroup=subgroup, created_by=member).exclude(state__in=OVER)

    def pass_on(*, old, new):
        polls.update(created_by=new)

    return Hanging(_("Polls and drafts of polls"), polls.count(), pass_on)
