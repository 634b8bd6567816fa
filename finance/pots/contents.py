"""Money stays when its group is emptied or deleted, and a pot that is not finished keeps the group."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.pots.models import Pot
from finance.pots.queries import pot_balance
from groups.subgroups.contents import Contents, refusal_registry, register_contents


def pots_of(subgroup):
    return Pot.objects.filter(subgroup=subgroup)


register_contents(
    Contents(
        "pots",
        gettext_lazy("Pots, with what came in and went out"),
        pots_of,
        stays_because=gettext_lazy("The law asks to keep the books for seven years."),
        order=72,
    )
)


@refusal_registry
def a_pot_is_not_finished(subgroup):
    for pot in pots_of(subgroup).order_by("pk"):
        if pot.surprised_id and (pot_balance(pot).total_cents or pot.status != Pot.Status.CLOSED):
            return _("A pot of this group is not finished. Close it first.")  # who reads this may not know which
        if pot_balance(pot).total_cents:
            return _("There is still money in the pot “%(name)s”. Close it first.") % {"name": pot.name}
        if pot.status != Pot.Status.CLOSED:
            return _("The pot “%(name)s” is still open. Close it first.") % {"name": pot.name}
    return None
