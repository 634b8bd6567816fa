"""A second pair of eyes before an announcement of a group appears."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.pages.models.announcements import AnnouncementPage
from groups.subgroups.models import Subgroup

FIRST_POSTS = 3


class EditorialRule(models.Model):
    """Whether announcements of a group are looked at first. Without a row they are not."""

    class Mode(models.TextChoices):
        FIRST = "first", _("The first three of each writer")
        ALL = "all", _("All of them")

    subgroup = models.OneToOneField(Subgroup, models.CASCADE, related_name="editorial_rule")
    mode = models.CharField(_("look at them first"), max_length=5, choices=Mode)

    class Meta:
        verbose_name, verbose_name_plural = _("editorial rule"), _("editorial rules")

    def __str__(self):
        return f"{self.subgroup_id} · {self.mode}"


class Approval(models.Model):
    """An announcement waits for approval, or was decided on."""

    announcement = models.ForeignKey(AnnouncementPage, models.CASCADE, related_name="approvals")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(null=True, blank=True, help_text="When it should appear; empty: as soon as approved")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_approved = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("approval"), _("approvals")
        constraints = [
            models.UniqueConstraint(
                fields=["announcement"], condition=Q(decided_at__isnull=True), name="approval_one_open"
            ),
            models.CheckConstraint(
                condition=Q(is_approved=False) | Q(decided_at__isnull=False), name="approval_given_at_a_moment"
            ),
        ]

    def __str__(self):
        return f"{self.announcement_id} · {self.asked_at:%Y-%m-%d}"
