from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groups.subgroups.models import Subgroup


class TalkRules(models.Model):
    """How talking goes in one subgroup, as its managers chose. Without a row nothing special holds."""

    subgroup = models.OneToOneField(Subgroup, models.CASCADE, related_name="talk_rules")
    hides_history = models.BooleanField(_("New members see only what is said after they joined"), default=False)
    label = models.CharField(
        _("Line above the message field"), max_length=140, blank=True, help_text=_("For example: no medical details.")
    )
    warned_words = models.CharField(
        _("Words that give a warning"),
        max_length=500,
        blank=True,
        help_text=_("Separated by commas. Posting stays possible."),
    )
    answers_from = models.TimeField(_("Questions are answered from"), null=True, blank=True)
    answers_until = models.TimeField(_("until"), null=True, blank=True)
    answers_at_weekends = models.BooleanField(_("Also at weekends"), default=False)
    answer_days = models.PositiveSmallIntegerField(
        _("Questions are answered within so many days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Members see it when they ask; who answers gets a list with what is late."),
    )
    meeting_url = models.URLField(
        _("Meeting room on the web"), blank=True, validators=[URLValidator(schemes=["https"])]
    )

    class Meta:
        verbose_name, verbose_name_plural = _("rules for talking"), _("rules for talking")
        constraints = [
            models.CheckConstraint(
                condition=Q(answers_from__isnull=True, answers_until__isnull=True)
                | Q(answers_from__isnull=False, answers_until__isnull=False, answers_until__gt=F("answers_from")),
                name="talk_rules_hours_in_order",
            ),
            models.CheckConstraint(
                condition=Q(answer_days__isnull=True) | Q(answer_days__gte=1, answer_days__lte=90),
                name="talk_rules_answer_days",
            ),
            models.CheckConstraint(
                condition=Q(meeting_url="") | Q(meeting_url__startswith="https://"), name="talk_rules_meeting_is_safe"
            ),
        ]

    def __str__(self):
        return str(self.subgroup)

    @property
    def words(self) -> list[str]:
        return [word.strip().casefold() for word in self.warned_words.split(",") if word.strip()]

    def next_answered(self, moment):
        """The first local moment from this one at which somebody answers."""
        if self.is_answered_at(moment):
            return moment
        for days in range(8):
            day = moment.date() + timedelta(days=days)
            start = datetime.combine(day, self.answers_from, tzinfo=moment.tzinfo)
            if start > moment and self.is_answered_at(start):
                return start
        return moment

    def is_answered_at(self, moment) -> bool:
        """Whether somebody answers at this local moment. Without hours: always."""
        if self.answers_from is None:
            return True
        is_weekday = moment.weekday() < 5 or self.answers_at_weekends
        return is_weekday and self.answers_from <= moment.time() < self.answers_until
