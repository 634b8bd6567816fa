from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.models.talk import Message
from groups.subgroups.models import Subgroup


class AutoAnswer(models.Model):
    """What a subgroup answers by itself, to the writer alone: outside its hours, to a word, or to a first message."""

    class Trigger(models.TextChoices):
        HOURS = "hours", _("When somebody writes outside the hours")
        KEYWORD = "keyword", _("When a message holds one of these words")
        FIRST = "first", _("When somebody writes here for the first time")

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="auto_answers")
    trigger = models.CharField(_("When?"), max_length=7, choices=Trigger)
    keywords = models.CharField(_("Words"), max_length=200, blank=True, help_text=_("Separated by commas."))
    text = models.CharField(_("Answer"), max_length=500)

    class Meta:
        verbose_name, verbose_name_plural = _("automatic answer"), _("automatic answers")
        ordering = ["trigger", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subgroup", "trigger"], condition=~Q(trigger="keyword"), name="auto_answer_once_per_trigger"
            ),
            models.CheckConstraint(
                condition=(Q(trigger="keyword") & ~Q(keywords="")) | (~Q(trigger="keyword") & Q(keywords="")),
                name="auto_answer_words_with_keyword",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="auto_answer_has_text"),
        ]

    def __str__(self):
        return f"{self.subgroup_id} · {self.trigger}"

    @property
    def words(self) -> list[str]:
        return [word.strip().casefold() for word in self.keywords.split(",") if word.strip()]


class Given(models.Model):
    """An automatic answer that a member got under their message: at most once a day."""

    answer = models.ForeignKey(AutoAnswer, models.CASCADE, related_name="given")
    message = models.ForeignKey(Message, models.CASCADE, related_name="given")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    # When a person answers, as it stood at that moment; empty when somebody is there.
    answered_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("automatic answer given"), _("automatic answers given")
        constraints = [models.UniqueConstraint(fields=["answer", "member", "day"], name="given_once_a_day")]

    def __str__(self):
        return f"{self.answer_id} · {self.message_id}"
