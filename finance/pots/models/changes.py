"""A pot changes hands, or what it is for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.pots.models.pots import Pot
from finance.pots.models.requests import Party


class Handover(models.Model):
    """The Geldchef offers the pot to a successor, who accepts its balance and its open requests."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="handovers")
    from_label = models.CharField(max_length=160)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    to_label = models.CharField(max_length=160)
    bank_cents = models.BigIntegerField()
    cash_cents = models.BigIntegerField()
    open_cents = models.BigIntegerField()
    offered_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("hand-over"), _("hand-overs")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pot"],
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True),
                name="handover_one_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.pot}: {self.from_label} → {self.to_label}"


class PurposeChange(models.Model):
    """The Geldchef wants to use the money for something else, and asks everybody who paid."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="purpose_changes")
    purpose = models.TextField(_("new purpose"), max_length=1000)
    because = models.CharField(_("why?"), max_length=300, blank=True)
    answer_by = models.DateField(_("answer before the end of"))
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by_label = models.CharField(max_length=160)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_adopted = models.BooleanField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("change of purpose"), _("changes of purpose")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pot"], condition=Q(decided_at__isnull=True), name="purpose_change_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_adopted__isnull=True)
                | Q(decided_at__isnull=False, is_adopted__isnull=False),
                name="purpose_change_decided_whole",
            ),
        ]

    def __str__(self):
        return f"{self.pot}: {self.purpose[:60]}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class PurposeAnswer(models.Model):
    """One payer's yes or no. Silence till the day is a no: the money goes back."""

    change = models.ForeignKey(PurposeChange, models.PROTECT, related_name="answers")
    party = models.ForeignKey(Party, models.PROTECT, related_name="purpose_answers")
    agrees = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("answer to a change of purpose"), _("answers to changes of purpose")
        constraints = [
            models.UniqueConstraint(fields=["change", "party"], name="purpose_answer_once_per_payer"),
            models.CheckConstraint(
                condition=Q(agrees__isnull=True, answered_at__isnull=True)
                | Q(agrees__isnull=False, answered_at__isnull=False),
                name="purpose_answer_has_moment",
            ),
        ]

    def __str__(self):
        return f"{self.change}: {self.party} {self.agrees}"


class Milestone(models.Model):
    """A line in the chat about the pot, told once."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        HALF = "half", _("half")
        REACHED = "reached", _("reached")
        CLOSED = "closed", _("closed")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=8, choices=Kind)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("milestone"), _("milestones")
        constraints = [models.UniqueConstraint(fields=["pot", "kind"], name="milestone_told_once")]

    def __str__(self):
        return f"{self.pot}: {self.kind}"
