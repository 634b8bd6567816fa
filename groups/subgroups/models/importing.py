"""Files with groups, as they were read and taken over."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import Member


class GroupImport(models.Model):
    """One file of groups: read first, taken over only when somebody says so, and to be undone.

    At most a few hundred lines, so each is an object in `rows`: line, outcome (add, change, same, reject), reason,
    values, and once taken over `subgroup` (its id) and `before` (what there was).
    """

    name = models.CharField(_("file"), max_length=200)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    rows = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("file with groups"), _("files with groups")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False), name="group_import_undone_after"
            )
        ]

    def __str__(self):
        return self.name

    def counts(self) -> dict[str, int]:
        """How many lines have each outcome."""
        outcomes = [row["outcome"] for row in self.rows]
        return {outcome: outcomes.count(outcome) for outcome in ("add", "change", "same", "reject")}
