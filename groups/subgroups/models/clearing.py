"""A group that is going to be emptied or deleted: who asked, when it happens, and whether somebody called it off."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import Member
from groups.subgroups.models.subgroup import Subgroup


class ClearingQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(called_off_at__isnull=True, done_at__isnull=True)


class Clearing(models.Model):
    """Asked for by a manager, seen by everybody in the group for a week, then done once; kept with the numbers."""

    class Kind(models.TextChoices):
        EMPTY = "empty", _("Empty the group")
        DELETE = "delete", _("Delete the group")

    subgroup = models.ForeignKey(Subgroup, models.PROTECT, related_name="clearings")
    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=60, help_text="What the group was called")
    asked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    called_off_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    called_off_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="How many went, per kind")

    objects = ClearingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("emptying or deleting of a group"), _("emptyings and deletings of groups")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subgroup"],
                condition=Q(called_off_at__isnull=True, done_at__isnull=True),
                name="clearing_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | Q(begun_at__isnull=True), name="clearing_called_off_in_time"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(begun_at__isnull=False), name="clearing_done_was_begun"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="clearing_leaves_time"),
        ]

    def __str__(self):
        return f"{self.name} · {self.get_kind_display()}"

    @property
    def key(self) -> str:
        """What its notices are about."""
        return f"clearing:{self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.called_off_at is None and self.done_at is None
