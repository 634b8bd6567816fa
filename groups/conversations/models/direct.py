"""Talking outside a subgroup: who takes part, who may write to whom, and what of reading is shown."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.models.talk import Conversation

MAX_PARTICIPANTS = 8


class ParticipantQuerySet(models.QuerySet):
    def active(self):
        return self.filter(left_at__isnull=True)


class Participant(models.Model):
    """A member's place in a direct conversation."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="direct_places")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("participant"), _("participants")
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="participant_once")]
        indexes = [models.Index(fields=["member"], condition=Q(left_at__isnull=True), name="participant_mine")]

    def __str__(self):
        return f"{self.member} · {self.conversation_id}"


class TalkChoices(models.Model):
    """A member's own choices about being written to and being seen. Without a row the defaults hold."""

    class Writers(models.TextChoices):
        EVERYBODY = "everybody", _("Every member of the association")
        GROUPS = "groups", _("Members of my groups")
        MANAGERS = "managers", _("Only managers and the board")
        NOBODY = "nobody", _("Nobody")

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="talk_choices")
    who_may_write = models.CharField(
        _("Who may send you messages?"), max_length=10, choices=Writers, default=Writers.EVERYBODY
    )
    # Since when; switching off and on again shows nothing from in between.
    shares_reading_since = models.DateTimeField(null=True, blank=True, default=timezone.now)
    shares_last_seen = models.BooleanField(default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("choices about messages"), _("choices about messages")

    def __str__(self):
        return str(self.member)


class StatusText(models.Model):
    """What a member lets others know for a while: “on holiday”. Past its end nobody sees it any more."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="status_text")
    text = models.CharField(_("what others read beside your name"), max_length=80)
    ends_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name, verbose_name_plural = _("status text"), _("status texts")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="status_has_text")]

    def __str__(self):
        return self.text

    @property
    def is_current(self) -> bool:
        return self.ends_at > timezone.now()


class Presence(models.Model):
    """When the member's app was last open: what was sent before then has been delivered."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presence")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("presence"), _("presences")

    def __str__(self):
        return str(self.member)


class Barrier(models.Model):
    """A member wants less of another: muted is not told of them, blocked cannot write to or mention them."""

    class Kind(models.TextChoices):
        MUTE = "mute", _("muted")
        BLOCK = "block", _("blocked")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="barriers")
    against = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("barrier"), _("barriers")
        constraints = [
            models.UniqueConstraint(fields=["member", "against"], name="barrier_once"),
            models.CheckConstraint(condition=~Q(member=F("against")), name="barrier_against_somebody_else"),
        ]

    def __str__(self):
        return f"{self.member_id} · {self.against_id}"
