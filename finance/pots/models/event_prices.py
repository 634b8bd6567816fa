"""The pot of an event, and the requests that signing up made."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.pots.models.pots import Pot
from finance.pots.models.requests import PaymentRequest
from groups.events.models import Event


class EventPrice(models.Model):
    """The pot of an event, and what coming costs. Signing up makes the request; not coming takes an open one back.

    Who paid and cancels up to and including `refund_until` is owed it back; afterwards the Geldchef decides.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="price")
    pot = models.ForeignKey(Pot, models.PROTECT, related_name="priced_events")
    each_cents = models.BigIntegerField(_("price per person"), null=True, blank=True)
    refund_until = models.DateField(_("money back up to and including"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("price of an event"), _("prices of events")
        constraints = [
            models.CheckConstraint(
                condition=Q(each_cents__isnull=True) | Q(each_cents__gt=0), name="event_price_positive"
            )
        ]

    def __str__(self):
        return f"{self.event_id} · {self.pot_id}"


class EventRequest(models.Model):
    """The request that signing up for an event made, so that it is made once and found again."""

    price = models.ForeignKey(EventPrice, models.CASCADE, related_name="requests")
    request = models.OneToOneField(PaymentRequest, models.CASCADE, related_name="for_event")

    class Meta:
        verbose_name, verbose_name_plural = _("request of an event"), _("requests of events")

    def __str__(self):
        return f"{self.price_id} · {self.request_id}"
