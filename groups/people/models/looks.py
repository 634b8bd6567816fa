"""Who opened what a member shows to few."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models.profile import Audience


class Look(models.Model):
    """Somebody in a role opened the confidential part of a profile; once a day per person is enough to know."""

    viewed = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="looks")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience)  # as what the viewer stood towards the member
    day = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name, verbose_name_plural = _("look at a profile"), _("looks at profiles")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["viewed", "viewer", "audience", "day"], name="look_once_a_day"),
            models.CheckConstraint(condition=Q(audience__in=["managers", "board"]), name="look_in_a_role"),
        ]

    def __str__(self):
        return f"{self.audience} {self.day}"
