"""The audit log: who did what to whom, in rows that cannot be changed and a chain that shows it when they were."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act. The actor is kept as plain id and name, so that the row outlives the account.

    Never what members write or choose; of settings of the house what they were and became.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    actor_name = models.CharField(max_length=160, blank=True)
    act = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=80, db_index=True, help_text="for example subgroup:12")
    about_name = models.CharField(max_length=160, blank=True)
    subgroup_id = models.BigIntegerField(null=True, db_index=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name, verbose_name_plural = _("act in the log"), _("audit log")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.act} · {self.about}"


class AuditLink(models.Model):
    """The link that chains one entry to all before it. Made shortly after commit, so that acts never wait for it."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"{self.position} · {self.digest[:12]}"
