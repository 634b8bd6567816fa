"""Notices (what a member sees in the app), deliveries (what goes out by mail or push), and choices of channel."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    MAIL = "mail", _("Mail")
    PUSH = "push", _("Push")


class Notice(models.Model):
    """One line in a member's list of notices. More of the same (one conversation, one pot) raises its count."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=100, help_text="What it is about; notices with one key are bundled")
    context = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("notice"), _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "key"], condition=Q(read_at__isnull=True), name="notice_one_unread_per_key"
            )
        ]
        indexes = [models.Index(fields=["member", "-created_at"], name="notice_newest_first")]

    def __str__(self):
        return f"{self.kind} · {self.key}"


class Delivery(models.Model):
    """The outbox: one message for one person over one channel. Claimed before it is sent, sent at most once."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("no longer needed")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=4, choices=Channel)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=100, help_text="What it is about; reading it in the app drops the delivery")
    dedupe = models.CharField(max_length=150, help_text="The same fact is never queued twice")
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("delivery"), _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["dedupe", "member", "channel"], name="delivery_once"),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(state="queued"), name="delivery_due"),
            models.Index(fields=["member", "key"], condition=Q(state="queued"), name="delivery_waiting_for_member"),
        ]

    def __str__(self):
        return f"{self.channel} · {self.dedupe}"


class ChannelChoice(models.Model):
    """A member's own choice for one kind of notice on one channel; without a row the kind's default holds."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="channel_choices")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=4, choices=Channel)
    wanted = models.BooleanField()

    class Meta:
        verbose_name, verbose_name_plural = _("choice of channel"), _("choices of channel")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "channel"], name="channel_choice_once"),
        ]

    def __str__(self):
        return f"{self.kind} · {self.channel}"
