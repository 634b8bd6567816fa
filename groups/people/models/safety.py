"""What the association asks of members who may do much."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_IDLE = 8 * 60  # minutes


class SafetyRules(models.Model):
    """One row for the house: who else proves twice who they are, and how long a session with a role may lie idle."""

    second_factor_for = models.JSONField(default=list, help_text="Codes of roles, besides those that always must")
    idle_minutes = models.PositiveSmallIntegerField(_("minutes without a tap"), default=30)

    class Meta:
        verbose_name = verbose_name_plural = _("rules of safety")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="safety_rules_one_row"),
            models.CheckConstraint(
                condition=Q(idle_minutes__gte=5, idle_minutes__lte=LONGEST_IDLE), name="safety_idle_5_to_480"
            ),
        ]

    def __str__(self):
        return str(_("rules of safety"))
