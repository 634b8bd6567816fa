"""The register as rows that come in and go out: imports with a dry run, merges of double people, both to be undone."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models.member import Member


class RegisterImport(models.Model):
    """One file of members: read first, taken over only when somebody says so, and to be undone."""

    name = models.CharField(_("file"), max_length=200)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    rows_read = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undo_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    rows_undone = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undo_asked_at__isnull=True) | Q(applied_at__isnull=False),
                name="import_undone_after_applying",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undo_asked_at__isnull=False), name="import_undone_when_asked"
            ),
        ]

    def __str__(self):
        return self.name

    def counts(self) -> dict[str, int]:
        """How many lines have each outcome."""
        return dict(self.rows.order_by().values_list("outcome").annotate(n=models.Count("pk")))


class RegisterRow(models.Model):
    """One line of the file: what it would do, and, once done, what was there before."""

    class Outcome(models.TextChoices):
        ADD = "add", _("new")
        CHANGE = "change", _("changed")
        SAME = "same", _("no change")
        REJECT = "reject", _("not taken")

    register_import = models.ForeignKey(RegisterImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=6, choices=Outcome)
    reason = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["register_import", "line"], name="import_line_once")]
        indexes = [models.Index(fields=["register_import", "outcome", "line"], name="import_by_outcome")]

    def __str__(self):
        return f"{self.register_import} · {self.line}"


class KnownDifferent(models.Model):
    """Somebody looked: these two accounts with the same name are two people. The lower id comes first."""

    first = models.ForeignKey(Member, models.CASCADE, related_name="+")
    second = models.ForeignKey(Member, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="known_different_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="known_different_in_order"),
        ]

    def __str__(self):
        return f"{self.first} ≠ {self.second}"


class MemberMerge(models.Model):
    """Two accounts of one person became one: `gone` is closed and its rows hang on `kept`, until undone."""

    kept = models.ForeignKey(Member, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Member, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    merged_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    moved = models.JSONField(default=dict)

    class Meta:
        verbose_name, verbose_name_plural = _("merge of members"), _("merges of members")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="merged_away_once"),
            models.CheckConstraint(condition=~Q(kept=models.F("gone")), name="merge_of_two_people"),
        ]

    def __str__(self):
        return f"{self.gone} → {self.kept}"
