"""Who opened what few may see: the confidential part of a profile, the page in the register, the page of the fees."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models.profile import Audience


class Look(models.Model):
    """Somebody in a role opened a page about a member; once a day per person and page is enough to know."""

    class Where(models.TextChoices):
        PROFILE = "profile", _("what you show to few on your profile")
        RECORD = "record", _("your page in the register")
        FEES = "fees", _("your fees and account")
        SUPPORT = "support", _("the house as you see it")

    viewed = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="looks")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience)  # as what the viewer stood towards the member
    where = models.CharField(max_length=8, choices=Where, default=Where.PROFILE)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name, verbose_name_plural = _("look at a profile"), _("looks at profiles")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["viewed", "viewer", "audience", "where", "day"], name="look_once_a_day"),
            models.CheckConstraint(condition=Q(audience__in=["managers", "board"]), name="look_in_a_role"),
        ]

    def __str__(self):
        return f"{self.audience} {self.day}"

    @property
    def role(self):
        """As what they looked: at the fees the treasurer, at the register who keeps it."""
        offices = {self.Where.FEES: _("Treasurer or board"), self.Where.RECORD: _("Who keeps the register")}
        offices[self.Where.SUPPORT] = _("Who helped you, because you asked")
        return offices.get(self.where) or self.get_audience_display()
