"""The pots of a Geldchef who hands over: each is offered with its figures, and the successor accepts those."""

from django.utils.translation import gettext as _

from finance.pots.errors import HandoverPending
from finance.pots.models import Handover, Pot, PotRole
from finance.pots.services.handing_over import offer_handover
from groups.subgroups.handover import Hanging, handover_registry
from groups.subgroups.models import SubgroupRole


@handover_registry
def pots_in_hand(subgroup, role, member) -> Hanging | None:
    if role != SubgroupRole.GELDCHEF:
        return None
    held = PotRole.objects.filter(member=member, role=PotRole.Role.CHEF, ended_at__isnull=True)
    pots = Pot.objects.filter(subgroup=subgroup, pk__in=held.values("pot")).exclude(status=Pot.Status.CLOSED)
    offered = Handover.objects.filter(accepted_at__isnull=True, declined_at__isnull=True)
    free = pots.exclude(pk__in=offered.values("pot"))

    def pass_on(*, old, new):
        for pot in free:
            try:
                offer_handover(pot=pot, by=old, to=new)
            except HandoverPending:  # offered to somebody already, who has not answered yet
                continue

    return Hanging(_("Pots, after looking at the figures"), free.count(), pass_on)
