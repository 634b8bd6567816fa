"""Attempts to pay online: one row per try, whatever the provider says of it, as often as it says it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import Entry


class PaymentAttempt(models.Model):
    """A member went to pay one thing. Final states are the provider's; `entry` is the proof that it was booked once."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        PENDING = "pending", _("on its way")
        PAID = "paid", _("paid")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")
        EXPIRED = "expired", _("expired")

    class Sequence(models.TextChoices):
        ONEOFF = "oneoff", _("once")
        FIRST = "first", _("first of a mandate")
        RECURRING = "recurring", _("collected")

    LIVE = (Status.OPEN, Status.PENDING)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12)
    payable_id = models.BigIntegerField()
    provider = models.CharField(max_length=12)
    provider_id = models.CharField(max_length=60, blank=True)  # empty until the provider has answered
    cents = models.BigIntegerField()
    description = models.CharField(max_length=140)
    return_path = models.CharField(max_length=200)
    member_id = models.BigIntegerField(null=True)  # plain: the books outlive accounts
    checkout_url = models.CharField(max_length=500, blank=True)
    mode = models.CharField(max_length=4, blank=True)
    method = models.CharField(max_length=30, blank=True)
    sequence = models.CharField(max_length=10, choices=Sequence, default=Sequence.ONEOFF)
    customer_id = models.CharField(max_length=60, blank=True)
    mandate_id = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=10, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="attempt")
    counted_by = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="+")
    refund_reserved_cents = models.BigIntegerField(default=0)
    charged_back_cents = models.BigIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("online payment"), _("online payments")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["checked_at"], condition=Q(status__in=["open", "pending"]), name="attempt_live_by_check"
            ),
            models.Index(fields=["kind", "payable_id"], name="attempt_by_payable"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_id"], condition=~Q(provider_id=""), name="attempt_once_per_provider_id"
            ),
            models.UniqueConstraint(
                fields=["kind", "payable_id"],
                condition=Q(status__in=["open", "pending"]),
                name="attempt_one_live_per_payable",
            ),
            models.CheckConstraint(condition=Q(cents__gt=0), name="attempt_has_amount"),
            models.CheckConstraint(
                condition=Q(entry__isnull=True) | Q(status="paid", settled_at__isnull=False),
                name="attempt_booked_if_paid",
            ),
            models.CheckConstraint(
                condition=Q(refund_reserved_cents__gte=0, refund_reserved_cents__lte=F("cents")),
                name="attempt_refunds_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(charged_back_cents__gte=0, charged_back_cents__lte=F("cents")),
                name="attempt_chargebacks_within_amount",
            ),
        ]

    def __str__(self):
        return f"{self.provider} {self.provider_id}: {self.cents}"

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE

    @property
    def refundable_cents(self) -> int:
        """What may still go back; nothing of a payment that the payer's bank took back."""
        if self.entry_id is None or self.charged_back_cents:
            return 0
        return self.cents - self.refund_reserved_cents

    @property
    def needs_decision(self) -> bool:
        """Held money that still stands there whole or in part."""
        return bool(self.held_because) and self.refundable_cents > 0


class ProviderNotice(models.Model):
    """What a provider told us, kept before we answer. One payment is announced many times, so nothing is unique."""

    attempt = models.ForeignKey(PaymentAttempt, models.CASCADE, related_name="notices")
    provider_id = models.CharField(max_length=60)
    received_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("notice of a provider"), _("notices of providers")
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(handled_at__isnull=True), name="notice_waiting"),
        ]

    def __str__(self):
        return f"{self.provider_id} {self.received_at}"


class OnlineRefund(models.Model):
    """Money of an online payment on its way back. Reserved before the provider is asked, released when it fails."""

    class Status(models.TextChoices):
        ASKED = "asked", _("waits for a second approval")
        RESERVED = "reserved", _("being sent")
        QUEUED = "queued", _("waits at the bank")
        PENDING = "pending", _("waits at the bank")
        PROCESSING = "processing", _("on its way")
        REFUNDED = "refunded", _("paid back")
        FAILED = "failed", _("failed")
        CANCELED = "canceled", _("cancelled")

    GONE = (Status.FAILED, Status.CANCELED)

    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="refunds")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider_id = models.CharField(max_length=60, blank=True)
    cents = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.RESERVED)
    because = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by_id = models.BigIntegerField(null=True, blank=True)  # plain: the books outlive accounts
    asked_by_label = models.CharField(max_length=160, blank=True)
    approved_by_id = models.BigIntegerField(null=True, blank=True)
    approved_by_label = models.CharField(max_length=160, blank=True)
    payback_id = models.BigIntegerField(null=True, blank=True)  # what is owed back already, and goes this way
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="online_refund")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("online refund"), _("online refunds")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="online_refund_has_amount"),
            models.UniqueConstraint(
                fields=["provider_id"], condition=~Q(provider_id=""), name="online_refund_once_per_provider_id"
            ),
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True)
                | Q(asked_by_id__isnull=True)
                | ~Q(approved_by_id=F("asked_by_id")),
                name="online_refund_approved_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.attempt}: −{self.cents}"


class Chargeback(models.Model):
    """The payer's bank took a payment back. What the pot no longer had stands as a claim that the association bears."""

    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="chargebacks")
    provider_id = models.CharField(max_length=60, unique=True)
    cents = models.BigIntegerField()
    code = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    claim_cents = models.BigIntegerField(default=0)
    settled_cents = models.BigIntegerField(default=0)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="chargeback")
    seen_at = models.DateTimeField(default=timezone.now)
    reversed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("chargeback"), _("chargebacks")
        ordering = ["-seen_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="chargeback_has_amount"),
            models.CheckConstraint(
                condition=Q(claim_cents__gte=0, claim_cents__lte=F("cents")), name="chargeback_claim_within_amount"
            ),
            models.CheckConstraint(
                condition=Q(settled_cents__gte=0, settled_cents__lte=F("claim_cents")),
                name="chargeback_settled_within_claim",
            ),
        ]

    def __str__(self):
        return f"{self.attempt}: −{self.cents} ({self.code})"

    @property
    def open_claim_cents(self) -> int:
        return 0 if self.reversed_at else self.claim_cents - self.settled_cents


class Round(models.Model):
    """When something that happens once in a while was last done; moved on by one worker only."""

    name = models.CharField(max_length=30, unique=True)
    done_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("round"), _("rounds")

    def __str__(self):
        return f"{self.name}: {self.done_at}"
