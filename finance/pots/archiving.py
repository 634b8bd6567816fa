"""A group is archived when its money is settled: afterwards no Geldchef could ask, spend or give back."""

from django.db.models import Exists, OuterRef, Q

from finance.ledger.models import Account
from finance.pots.errors import PotsUnsettled
from finance.pots.models import PaymentRequest, Pot
from groups.subgroups.services.lifecycle import archiving_registry

SHOWN = 5


@archiving_registry
def refuse_unsettled(subgroup) -> None:
    """Raises PotsUnsettled; a pot that nobody was asked for and that holds nothing is no reason."""
    names = list(unsettled_pots(subgroup).values_list("name", flat=True)[:SHOWN])
    if names:
        raise PotsUnsettled(PotsUnsettled.message % {"pots": ", ".join(names)})


def unsettled_pots(subgroup):
    pots = Pot.objects.filter(subgroup=subgroup)
    rings = {f"pot:{pk}": pk for pk in pots.values_list("pk", flat=True)}
    holding = Account.objects.filter(ring__in=rings, kind=Account.Kind.ASSET, balance_cents__gt=0)
    full = [rings[ring] for ring in holding.values_list("ring", flat=True)]
    asked = Exists(PaymentRequest.objects.open().filter(pot=OuterRef("pk")))
    return pots.filter(Q(pk__in=full) | asked & Q(closed_at__isnull=True)).order_by("name")
