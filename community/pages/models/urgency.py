"""An announcement that may not wait: it comes at night and past every limit, so two people have to want it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.pages.models.announcements import AnnouncementPage

MEMBER = settings.AUTH_USER_MODEL


class Urgency(models.Model):
    """One sender says that an announcement is urgent; it is so once another one, who may send it too, agrees.

    Both agree to words and an audience: `fingerprint` tells them from what was changed afterwards.
    """

    announcement = models.OneToOneField(AnnouncementPage, models.CASCADE, related_name="urgency")
    reason = models.CharField(_("why it cannot wait"), max_length=200)
    fingerprint = models.CharField(max_length=64)
    asked_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(MEMBER, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("urgent announcement"), _("urgent announcements")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")), name="urgency_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="urgency_confirmed_by_and_at",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="urgency_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.announcement_id} · {self.reason}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
