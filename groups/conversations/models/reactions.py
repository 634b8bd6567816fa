from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.models.talk import Message


class ReactionQuerySet(models.QuerySet):
    def seen_by(self, member):
        """Those the member may know of: public ones, their own, and private ones on what they wrote."""
        return self.filter(Q(is_private=False) | Q(member=member) | Q(message__author=member))


class Reaction(models.Model):
    """One member's short answer to a message; a private one is for its author only."""

    class Kind(models.TextChoices):
        THUMB = "thumb", _("Good")
        HEART = "heart", _("Thank you")
        SMILE = "smile", _("Funny")
        QUESTION = "question", _("I have a question")
        COMPLIMENT = "compliment", _("Compliment")
        HELP = "help", _("I can help")

    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=10, choices=Kind)
    is_private = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("reaction"), _("reactions")
        constraints = [
            models.UniqueConstraint(fields=["message", "member", "kind"], name="reaction_once_per_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=["thumb", "heart", "smile", "question", "compliment", "help"]),
                name="reaction_of_a_known_kind",
            ),
        ]

    def __str__(self):
        return f"{self.kind} · {self.message_id}"
