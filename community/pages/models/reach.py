"""What was told to whom, and who read it. In the app an announcement needs no row per member until it is read."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.pages.models.announcements import AnnouncementPage


class Reading(models.Model):
    """A member opened an announcement, and perhaps confirmed having read it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    announcement = models.ForeignKey(AnnouncementPage, models.CASCADE, related_name="readings")
    seen_at = models.DateTimeField(default=timezone.now)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("reading"), _("readings")
        constraints = [
            models.UniqueConstraint(fields=["member", "announcement"], name="reading_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=F("seen_at")),
                name="reading_seen_before_acknowledged",
            ),
        ]

    def __str__(self):
        return f"{self.announcement_id} · {self.member_id}"


class Broadcast(models.Model):
    """A walk along the audience that queues mail and push. Its place is saved with every batch it queues.

    Number 0 tells that the announcement is there; 1 and up are nudges to who has not confirmed it yet.
    """

    announcement = models.ForeignKey(AnnouncementPage, models.CASCADE, related_name="broadcasts")
    number = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    after_member = models.BigIntegerField(default=0, help_text="The id of the last member who was handled")
    told = models.PositiveIntegerField(default=0, help_text="Members handled, whatever channels they chose")
    expected = models.PositiveIntegerField(default=0, help_text="Members to be told when it began")
    finished_at = models.DateTimeField(null=True, blank=True)
    is_urgent = models.BooleanField(default=False, help_text="As two people agreed when it began")

    class Meta:
        verbose_name, verbose_name_plural = _("broadcast"), _("broadcasts")
        constraints = [models.UniqueConstraint(fields=["announcement", "number"], name="broadcast_once_per_number")]
        indexes = [models.Index(fields=["id"], condition=Q(finished_at__isnull=True), name="broadcast_unfinished")]

    def __str__(self):
        return f"{self.announcement_id} · {self.number} · {self.told}"

    @property
    def is_nudge(self) -> bool:
        return self.number > 0

    @property
    def fact(self) -> str:
        """What makes its deliveries unique: nobody hears the same walk twice."""
        return f"{self.announcement.key}:nudge:{self.number}" if self.is_nudge else self.announcement.key


class Reply(models.Model):
    """What a member answered to an announcement.

    With replies to the managers, who may write to its audience and the member alone read it; in an open discussion
    everybody who gets the announcement.
    """

    announcement = models.ForeignKey(AnnouncementPage, models.CASCADE, related_name="replies")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="announcement_replies")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("reply"), _("replies")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(text="", removed_at__isnull=False) | (~Q(text="") & Q(removed_at__isnull=True)),
                name="reply_says_something_or_is_gone",
            )
        ]

    def __str__(self):
        return f"{self.announcement_id} · {self.member_id}"
