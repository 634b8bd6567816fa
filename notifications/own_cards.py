"""What the notifications room itself asks of a member: another address, when mail comes back."""

from django.urls import reverse
from django.utils.translation import gettext as _

from notifications.bounces import STOP_AFTER, returned
from notifications.cards import Card, card_registry


@card_registry.when(returned)
def address_that_works(member) -> list[Card]:
    back = list(returned(member).order_by("reported_at").values_list("reported_at", flat=True)[:STOP_AFTER])
    if not member.email or len(back) < STOP_AFTER:
        return []
    return [
        Card(
            key="mail-address",
            title=_("Your mail comes back"),
            detail=_("We cannot reach you at %(address)s. Give another address.") % {"address": member.email},
            path=reverse("account_email"),
            button=_("Change"),
            icon="mail",
            hue="rose",
            due_at=back[0],  # overdue, so that it comes before what is still ahead
            is_primary=True,
        )
    ]
