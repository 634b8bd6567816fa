"""Help by looking along: a member lets one named helper see the house as the member does, for a while."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from theme.kept import now


class SupportAccessQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_at__isnull=True, until__gt=now())


class SupportAccess(models.Model):
    """The consent: who may look, until when, and whether private messages are among it. Without a row nobody looks."""

    class Minutes(models.IntegerChoices):
        HALF_HOUR = 30, _("half an hour")
        TWO_HOURS = 120, _("2 hours")
        DAY = 1440, _("24 hours")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="support_accesses")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("for how long"), choices=Minutes)
    with_direct = models.BooleanField(_("private messages too"), default=False)
    granted_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)  # when the helper first looked
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SupportAccessQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("leave to look along"), _("leaves to look along")
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(ended_at__isnull=True), name="support_once"),
            models.CheckConstraint(condition=~Q(member=F("helper")), name="support_by_somebody_else"),
            models.CheckConstraint(condition=Q(minutes__in=[30, 120, 1440]), name="support_minutes_known"),
            models.CheckConstraint(condition=Q(until__gt=F("granted_at")), name="support_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.member_id} · {self.helper_id}"
