"""Pots: money collected for one purpose, kept apart, and who looks after it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import Surprising
from groups.subgroups.models import Subgroup


def all_week() -> list[int]:
    return list(range(7))


class Pot(Surprising):
    """Money for one purpose, in a ring of its own: it can pay for nothing else."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        PAUSED = "paused", _("Paused")
        CLOSING = "closing", _("Closing")
        CLOSED = "closed", _("Closed")

    class Visibility(models.TextChoices):
        TOTALS = "totals", _("Only totals")
        NAMES = "names", _("Who has paid, by name")
        NOTHING = "nothing", _("Nobody sees who paid, nor how many")

    class Surplus(models.TextChoices):
        REFUND = "refund", _("Back to who paid, in proportion")
        POT = "pot", _("To another pot of this group")
        ASSOCIATION = "association", _("To the association")

    subgroup = models.ForeignKey(Subgroup, models.PROTECT, related_name="pots", verbose_name=_("group"))
    name = models.CharField(_("name"), max_length=80)
    purpose = models.TextField(_("what is it for?"), max_length=1000)
    goal_cents = models.BigIntegerField(_("goal"), null=True, blank=True)
    hard_cap = models.BooleanField(_("stops at the goal"), default=False)
    deadline = models.DateField(_("until"), null=True, blank=True)
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.OPEN)
    visibility = models.CharField(
        _("who sees who has paid"), max_length=8, choices=Visibility, default=Visibility.TOTALS
    )
    remind_days = models.JSONField(_("reminder days"), default=list)
    remind_hour = models.PositiveSmallIntegerField(_("reminder hour"), default=10)
    remind_tones = models.JSONField(_("tone per step"), default=dict)
    remind_weekdays = models.JSONField(_("weekdays"), default=all_week)
    max_parts = models.PositiveSmallIntegerField(_("at most how many parts"), default=1)
    takes_pledges = models.BooleanField(_("pledges"), default=False)
    tells_chat = models.BooleanField(_("milestones in the chat"), default=True)
    share_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cash_reference = models.CharField(max_length=25, null=True, unique=True, editable=False)  # noqa: DJ001 — unique
    surplus_pot = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    closing_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    template = models.CharField(max_length=10, blank=True, editable=False)
    surplus = models.CharField(_("what happens with what is left"), max_length=12, choices=Surplus, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by_label = models.CharField(max_length=160, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("pot"), _("pots")
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["subgroup", "status"], name="pot_by_subgroup")]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(name=""), name="pot_has_purpose"),
            models.CheckConstraint(
                condition=Q(goal_cents__isnull=True) | Q(goal_cents__gt=0), name="pot_goal_positive"
            ),
            models.CheckConstraint(condition=Q(remind_hour__gte=9, remind_hour__lte=20), name="pot_reminds_by_day"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="pot_closed_has_moment",
            ),
            models.CheckConstraint(condition=Q(max_parts__gte=1, max_parts__lte=12), name="pot_parts_within_a_year"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("pot", args=[self.pk])

    @property
    def ring(self) -> str:
        return f"pot:{self.pk}"

    @property
    def takes_money(self) -> bool:
        return self.status in (self.Status.OPEN, self.Status.PAUSED)

    @property
    def is_over(self) -> bool:
        """The day has passed and somebody has to choose: more time, another purpose, or closing."""
        return self.takes_money and self.deadline is not None and self.deadline < timezone.localdate()

    @property
    def days_left(self) -> int | None:
        return (self.deadline - timezone.localdate()).days if self.deadline else None


class PotRole(models.Model):
    """Who looks after a pot, from when to when."""

    class Role(models.TextChoices):
        CHEF = "chef", _("pot treasurer")
        CO_CHEF = "co_chef", _("deputy pot treasurer")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="roles")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="pot_roles")
    label = models.CharField(max_length=160)
    role = models.CharField(max_length=8, choices=Role)
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by_label = models.CharField(max_length=160, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("role in a pot"), _("roles in pots")
        constraints = [
            models.UniqueConstraint(
                fields=["pot"], condition=Q(role="chef", ended_at__isnull=True), name="pot_has_one_chef"
            ),
            models.UniqueConstraint(
                fields=["pot", "member"], condition=Q(ended_at__isnull=True), name="pot_role_once_per_member"
            ),
        ]

    def __str__(self):
        return f"{self.label} · {self.get_role_display()}"
