"""Surveys: questions in sections, answers per question, one-time links for people without an account."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polls.models.ballots import Elector, random_key
from polls.models.polls import Poll


class SurveyQuestion(models.Model):
    """One question. It is asked when the question it depends on was answered with `depends_answer`."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("Choose one")
        MULTIPLE = "multiple", _("Choose several")
        YES_NO = "yes_no", _("Yes or no")
        SCALE = "scale", _("Five steps, disagree to agree")
        GRADE = "grade", _("A mark from 1 to 10")
        NUMBER = "number", _("A number")
        DATE = "date", _("A date")
        TEXT = "text", _("A short text")
        LONG_TEXT = "long_text", _("A longer text")
        NOTE = "note", _("Only an explanation, no answer")

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    section = models.CharField(_("section"), max_length=120, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    options = models.JSONField(default=list, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    depends_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    depends_answer = models.CharField(_("asked only after this answer"), max_length=20, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("survey question"), _("survey questions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="survey_question_number_once"),
            models.CheckConstraint(
                condition=Q(depends_on__isnull=True, depends_answer="")
                | Q(depends_on__isnull=False) & ~Q(depends_answer=""),
                name="survey_question_depends_on_an_answer",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.text}"

    @property
    def is_counted(self) -> bool:
        return self.kind in ("single", "multiple", "yes_no", "scale", "grade", "number", "date")

    @property
    def field(self) -> str:
        return f"question-{self.number}"


class Sheet(models.Model):
    """The answer to one question until closing: by name, or in an envelope of its own when the survey is anonymous."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="sheets")
    elector = models.ForeignKey(Elector, models.CASCADE, related_name="sheets")
    answer = models.CharField(max_length=2000, blank=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "elector"], name="sheet_once"),
            models.CheckConstraint(condition=Q(answer="") | Q(sealed__isnull=True), name="sheet_named_or_sealed"),
        ]

    def __str__(self):
        return f"{self.pk}"


class SurveyLink(models.Model):
    """A link for somebody without an account. Only its fingerprint is kept; used once it opens nothing again."""

    elector = models.OneToOneField(Elector, models.CASCADE, related_name="link")
    token_hash = models.CharField(max_length=64, unique=True)

    def __str__(self):
        return f"{self.elector_id}"
