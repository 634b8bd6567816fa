"""What stands with a point of the agenda: documents, and questions members ask beforehand."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polls.models.meetings import AgendaItem, Meeting


class MeetingDocument(models.Model):
    """A document for a meeting, or for one point of its agenda. Handed out only to who may see the meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="documents")
    item = models.ForeignKey(AgendaItem, models.CASCADE, null=True, blank=True, related_name="documents")
    file = models.FileField(upload_to="meetings/")
    name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("document of a meeting"), _("documents of meetings")
        ordering = ["added_at", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("meeting-document", args=[self.meeting_id, self.pk])


class AgendaQuestion(models.Model):
    """A question about a point of the agenda, asked by a member with their name, and its answer."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("question"), max_length=1000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("question to a meeting"), _("questions to meetings")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="agenda_question_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="agenda_question_answered_has_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self.item_id} · {self.pk}"
