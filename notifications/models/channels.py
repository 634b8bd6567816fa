"""The state of what carries messages out: browsers that accept a push, mail that came back, who is still at work."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PushSubscription(models.Model):
    """One browser on one device that accepts pushes for a member, with the keys its messages are locked with."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions")
    endpoint = models.URLField(max_length=500, unique=True)
    public_key = models.CharField(max_length=120)
    secret = models.CharField(max_length=60)
    device = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("device with push"), _("devices with push")

    def __str__(self):
        return self.device or str(self.pk)


class Bounce(models.Model):
    """A mail that came back from an address. Three of them stop the mail to that address, not to the next one."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bounces")
    address = models.EmailField()
    reported_at = models.DateTimeField(default=timezone.now)
    reference = models.CharField(max_length=100, help_text="The delivery or the provider's number; counts once")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("returned mail"), _("returned mails")
        constraints = [models.UniqueConstraint(fields=["member", "reference"], name="bounce_counts_once")]
        indexes = [models.Index(fields=["member", "address"], name="bounce_of_address")]

    def __str__(self):
        return self.reference


class Heartbeat(models.Model):
    """When a part of the background work was last seen at work: `clock`, `worker`, `sweep`."""

    name = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("sign of life"), _("signs of life")

    def __str__(self):
        return self.name
