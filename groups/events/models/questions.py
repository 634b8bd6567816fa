"""What the organiser asks who signs up."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.events.models.events import Answer, Event

MAX_QUESTIONS = 6


class Question(models.Model):
    """A question to who comes. The replies to a sensitive one (health, diet) are wiped a month after the event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=160)
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_sensitive = models.BooleanField(_("private: wiped a month after the event"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("question"), _("questions")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="event_question_asks_something")]

    def __str__(self):
        return self.text


class Reply(models.Model):
    """What one member filled in. Only the organisers and the member read it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="replies")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="replies")
    text = models.CharField(max_length=500)

    class Meta:
        verbose_name, verbose_name_plural = _("reply to a question"), _("replies to questions")
        constraints = [models.UniqueConstraint(fields=["question", "answer"], name="event_reply_once")]

    def __str__(self):
        return f"{self.question_id} · {self.answer_id}"
