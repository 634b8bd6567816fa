"""What comes of a vote: the decision, the outcome statement, and what has to be done."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.todos.models import Task


class Decision(models.Model):
    """What a meeting decided, as the chair stated it. Numbered, and never changed or deleted."""

    poll = models.OneToOneField("polls.Poll", models.PROTECT, related_name="decision")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=400)
    figures = models.JSONField()
    text = models.TextField(_("text for the minutes"), max_length=4000)
    stated_at = models.DateTimeField(default=timezone.now)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("decision"), _("decisions")
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="decision_number_once")]

    def __str__(self):
        return f"{self.year}-{self.number}"


class Outcome(models.Model):
    """What happens with the result: written by who ran the poll, told to who could vote; or that nothing follows."""

    poll = models.OneToOneField("polls.Poll", models.CASCADE, related_name="outcome")
    text = models.TextField(_("what happens now"), max_length=4000, blank=True)
    nothing_follows = models.BooleanField(default=False)  # said without a message to anybody
    link = models.CharField(
        _("page it leads to"), max_length=200, blank=True,
        validators=[RegexValidator(r"^/(?![/\\])", _("Give the address of a page here, for example /pots/7/."))],
        help_text=_("The event, the pot or the discussion it leads to, as an address here: /pots/7/."),
    )  # fmt: skip
    stated_at = models.DateTimeField(default=timezone.now)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("outcome statement"), _("outcome statements")
        constraints = [
            models.CheckConstraint(
                condition=Q(nothing_follows=True, text="", link="") | Q(nothing_follows=False) & ~Q(text=""),
                name="outcome_says_something_or_nothing_follows",
            )
        ]

    def __str__(self):
        return f"{self.poll_id}"


class FollowUp(models.Model):
    """Something to be done because of a result: a task of the group, kept beside the poll."""

    poll = models.ForeignKey("polls.Poll", models.CASCADE, related_name="follow_ups")
    task = models.OneToOneField(Task, models.CASCADE, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("follow-up"), _("follow-ups")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.poll_id} · {self.task_id}"
