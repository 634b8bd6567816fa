"""The key of a secret poll, the tellers who hold a part of it, and draws by lot."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polls.models.polls import Poll


class PollKey(models.Model):
    """The public half of a secret poll's key, and where the server part of the private half lies.

    `needed` tellers must come together to count; 0 is a poll that the server counts by itself.
    """

    poll = models.OneToOneField(Poll, models.CASCADE, related_name="key")
    public = models.BinaryField()
    reference = models.CharField(max_length=32, unique=True)
    needed = models.PositiveSmallIntegerField(default=0)
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.poll_id}"


class Teller(models.Model):
    """Who counts a secret poll. A passphrase locks the teller's own key; the share is sealed for that key."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="tellers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    public = models.BinaryField(null=True)
    locked = models.BinaryField(null=True)
    share = models.BinaryField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("teller"), _("tellers")
        constraints = [
            models.UniqueConstraint(fields=["poll", "member"], name="teller_once_per_poll"),
            models.CheckConstraint(
                condition=Q(public__isnull=True, locked__isnull=True) | Q(public__isnull=False, locked__isnull=False),
                name="teller_key_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.poll_id} · {self.member_id}"

    @property
    def is_ready(self) -> bool:
        return self.locked is not None


class Draw(models.Model):
    """A lot that was drawn between tied options: an act of people, written down with its witnesses. Never changed."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="draws")
    tied = models.JSONField()
    order = models.JSONField()  # the tied options, luckiest first
    seed = models.CharField(_("what was thrown or drawn"), max_length=200)
    witnesses = models.CharField(_("witnesses"), max_length=200)
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("draw"), _("draws")
        constraints = [models.CheckConstraint(condition=~Q(witnesses="") & ~Q(seed=""), name="draw_is_witnessed")]

    def __str__(self):
        return f"{self.poll_id} · {self.drawn_at:%Y-%m-%d}"
