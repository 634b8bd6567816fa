"""Notices (what a member sees in the app), deliveries (what goes out by mail or push), reminders that were given."""

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
    place = models.CharField(max_length=60, blank=True, help_text="Where it belongs, for example subgroup.12")
    fact = models.CharField(max_length=150, blank=True, help_text="The last fact counted; the same one counts once")
    context = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=1)
    in_digest = models.BooleanField(default=False, help_text="Waits for the member's summary")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("notice"), _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "key"], condition=Q(read_at__isnull=True), name="notice_one_unread_per_key"
            )
        ]
        indexes = [
            models.Index(fields=["member", "-created_at"], name="notice_newest_first"),
            models.Index(fields=["fact", "member"], condition=~Q(fact=""), name="notice_of_fact"),
        ]

    def __str__(self):
        return f"{self.kind} · {self.key}"


class DeliveryQuerySet(models.QuerySet):
    def not_begun(self):
        """What has not left yet and can still be stopped, also when a worker has it in hand."""
        return self.filter(state__in=[Delivery.State.QUEUED, Delivery.State.TAKEN])


class Delivery(models.Model):
    """The outbox: one message for one person over one channel, sent at most once.

    A worker takes rows (TAKEN) and, one at a time, marks them SENDING just before they go out. What was taken by a
    worker that died goes back into the queue; what was SENDING waits for a person, as it may have arrived.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        TAKEN = "taken", _("taken by a worker")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("no longer needed")

    class Rank(models.IntegerChoices):
        PERSONAL = 0, _("personal")
        ORDINARY = 1, _("ordinary")
        BULK = 2, _("to many")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=4, choices=Channel)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=100, help_text="What it is about; reading it in the app drops the delivery")
    place = models.CharField(max_length=60, blank=True, help_text="Where it belongs, for example subgroup.12")
    dedupe = models.CharField(max_length=150, help_text="The same fact is never queued twice")
    context = models.JSONField(default=dict)
    rank = models.PositiveSmallIntegerField(choices=Rank, default=Rank.ORDINARY, help_text="Lower goes first")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("delivery"), _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["dedupe", "member", "channel"], name="delivery_once"),
        ]
        indexes = [
            models.Index(fields=["rank", "not_before", "id"], condition=Q(state="queued"), name="delivery_due_by_rank"),
            models.Index(fields=["member", "key"], condition=Q(state="queued"), name="delivery_waiting_for_member"),
            models.Index(
                fields=["state", "claimed_at"], condition=Q(state__in=["taken", "sending"]), name="delivery_in_hand"
            ),
            models.Index(fields=["member", "done_at"], condition=Q(state="sent"), name="delivery_sent_to_member"),
            models.Index(fields=["done_at"], name="delivery_done"),
        ]

    def __str__(self):
        return f"{self.channel} · {self.dedupe}"


class Reminder(models.Model):
    """A reminder that was given: one row per member and step, so that no restart or second worker repeats it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders_given")
    kind = models.CharField(max_length=40)
    fact = models.CharField(max_length=150, help_text="What it was about and which step")
    given_at = models.DateTimeField(default=timezone.now)
    given_by_run = models.UUIDField(help_text="Tells the run that won from one that was a moment later")

    class Meta:
        verbose_name, verbose_name_plural = _("reminder"), _("reminders")
        constraints = [models.UniqueConstraint(fields=["fact", "member"], name="reminder_given_once")]
        indexes = [models.Index(fields=["given_by_run"], name="reminder_of_run")]

    def __str__(self):
        return self.fact
