"""Announcements that come back: a draft as example, a rhythm, and what became of each time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.pages.models.announcements import AnnouncementPage
from groups.events.models import Series


class AnnouncementSeries(models.Model):
    """An announcement that appears in a rhythm.

    It has no owner but its audience: who may write to these people today may change or stop it, whoever began it.
    """

    example = models.OneToOneField(AnnouncementPage, models.CASCADE, related_name="series")
    rhythm = models.CharField(_("repeat"), max_length=12, choices=Series.Rhythm)
    first_at = models.DateTimeField(_("first time"))
    until = models.DateField(_("up to and including"), null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("recurring announcement"), _("recurring announcements")

    def __str__(self):
        return f"{self.example_id} · {self.rhythm}"


class Occurrence(models.Model):
    """One time of a series: planned as an announcement of its own, or skipped. Each moment is in it once."""

    series = models.ForeignKey(AnnouncementSeries, models.CASCADE, related_name="occurrences")
    at = models.DateTimeField()
    announcement = models.OneToOneField(
        AnnouncementPage, models.SET_NULL, null=True, blank=True, related_name="occurrence"
    )
    skipped_at = models.DateTimeField(null=True, blank=True)
    skipped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("time of a recurring announcement"), _("times of recurring announcements")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["series", "at"], name="occurrence_once"),
            models.CheckConstraint(
                condition=Q(skipped_at__isnull=True) | Q(announcement__isnull=True),
                name="occurrence_skipped_has_no_page",
            ),
        ]

    def __str__(self):
        return f"{self.series_id} · {self.at:%Y-%m-%d}"
