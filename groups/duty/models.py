"""Who is reachable for a group at which hours, handing a turn over, and what to do in an emergency."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.subgroups.models import Subgroup


class Turn(models.Model):
    """One member is on duty for a group between two moments. Turns of a group do not overlap."""

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="duty_turns", verbose_name=_("group"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="duty_turns", verbose_name=_("who")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("turn of duty"), _("turns of duty")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="turn_ends_after_start"),
            models.UniqueConstraint(fields=["subgroup", "starts_at"], name="turn_one_begins_at_a_moment"),
        ]
        indexes = [models.Index(fields=["subgroup", "ends_at"], name="turn_of_subgroup")]

    def __str__(self):
        return f"{self.subgroup} · {self.starts_at:%Y-%m-%d %H:%M}"


class TurnHandover(models.Model):
    """Who has a turn asks another to take it over. Until that one says yes the turn stays where it was."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="turns_asked")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_accepted = models.BooleanField(default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("hand-over of a turn"), _("hand-overs of turns")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["turn"], condition=Q(answered_at__isnull=True), name="handover_one_open"),
            models.CheckConstraint(condition=~Q(giver=F("asked")), name="handover_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False), name="handover_accepted_at_a_moment"
            ),
        ]

    def __str__(self):
        return f"{self.turn_id} → {self.asked_id}"


class EmergencyText(models.Model):
    """What members of a group do when it cannot wait, whoever is on duty."""

    subgroup = models.OneToOneField(Subgroup, models.CASCADE, related_name="emergency_text")
    text = models.TextField(_("what to do in an emergency"), max_length=1000)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("emergency text"), _("emergency texts")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="emergency_text_says_something")]

    def __str__(self):
        return str(self.subgroup)
