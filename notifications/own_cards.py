"""What the notifications room itself asks of a member: another address, when mail comes back."""

from django.urls import reverse
from django.utils.translation import gettext as _

from notifications.bounces import is_stopped, returned
from notifications.cards import Card, card_registry


@card_registry.when(returned)
def address_that_works(member) -> list[Card]:
    if not member.email or not is_stopped(member):
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
            is_primary=True,
        )
    ]
