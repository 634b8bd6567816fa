"""Attempts to pay online: one row per try, whatever the provider says of it, as often as it says it."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import Entry


class PaymentAttempt(models.Model):
    """A member went to pay one thing. Final states are the provider's; `entry` is the proof that it was booked once."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        PAID = "paid", _("paid")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12)
    payable_id = models.BigIntegerField()
    provider = models.CharField(max_length=12)
    provider_id = models.CharField(max_length=60)
    cents = models.BigIntegerField()
    description = models.CharField(max_length=140)
    return_path = models.CharField(max_length=200)
    member_id = models.BigIntegerField(null=True)  # plain: the books outlive accounts
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=10, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="attempt")

    class Meta:
        verbose_name, verbose_name_plural = _("online payment"), _("online payments")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_id"], name="attempt_once_per_provider_id"),
            models.UniqueConstraint(
                fields=["kind", "payable_id"], condition=Q(status="open"), name="attempt_one_live_per_payable"
            ),
            models.CheckConstraint(condition=Q(cents__gt=0), name="attempt_has_amount"),
            models.CheckConstraint(
                condition=Q(entry__isnull=True) | Q(status="paid", settled_at__isnull=False),
                name="attempt_booked_if_paid",
            ),
        ]

    def __str__(self):
        return f"{self.provider} {self.provider_id}: {self.cents}"

    @property
    def checkout_url(self) -> str:
        return reverse("practice-bank", args=[self.key])
