"""Where an announcement stands: pinned on top, and with a discussion of its own in a group."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.pages.models.announcements import MAX_PINS, AnnouncementPage
from groups.conversations.models import Conversation
from groups.subgroups.models import Subgroup


class Pin(models.Model):
    """An announcement on top of one place, a group or (without one) the association, up to and including a day.

    A place has slots 1 to 3 and the database holds each once, so a fourth pin cannot be, however many press at once.
    """

    announcement = models.ForeignKey(AnnouncementPage, models.CASCADE, related_name="pins")
    subgroup = models.ForeignKey(Subgroup, models.CASCADE, null=True, blank=True, related_name="+")
    slot = models.PositiveSmallIntegerField()
    until = models.DateField()

    class Meta:
        verbose_name, verbose_name_plural = _("pin"), _("pins")
        constraints = [
            models.UniqueConstraint(fields=["subgroup", "slot"], name="pin_slot_once_per_group"),
            models.UniqueConstraint(fields=["slot"], condition=Q(subgroup__isnull=True), name="pin_slot_once_for_all"),
            models.UniqueConstraint(fields=["announcement", "subgroup"], name="pin_once_per_group"),
            models.UniqueConstraint(
                fields=["announcement"], condition=Q(subgroup__isnull=True), name="pin_once_for_all"
            ),
            models.CheckConstraint(condition=Q(slot__gte=1, slot__lte=MAX_PINS), name="pin_at_most_three"),
        ]

    def __str__(self):
        return f"{self.announcement_id} · {self.subgroup_id or '-'} · {self.slot}"


class LinkedThread(models.Model):
    """The discussion about an announcement in one of its groups, started when it was published."""

    announcement = models.ForeignKey(AnnouncementPage, models.CASCADE, related_name="threads")
    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("linked discussion"), _("linked discussions")

    def __str__(self):
        return f"{self.announcement_id} · {self.conversation_id}"
