"""A request paid in parts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.pots.models.requests import PaymentRequest


class Instalment(models.Model):
    """One part of a request with a day of its own. Which part is open follows from what was paid, in order."""

    request = models.ForeignKey(PaymentRequest, models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    cents = models.BigIntegerField()
    due_on = models.DateField()

    class Meta:
        verbose_name, verbose_name_plural = _("part of a payment"), _("parts of payments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="instalment_once_per_number"),
            models.CheckConstraint(condition=Q(cents__gt=0, number__gte=1), name="instalment_has_amount"),
        ]

    def __str__(self):
        return f"{self.request} {self.number}: {self.cents}"
