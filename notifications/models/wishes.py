"""What a member wants to hear, over which channel, and when not."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.models.outbox import Channel

ZONES = [
    ("Europe/Amsterdam", _("The Netherlands")),
    ("Europe/London", _("United Kingdom, Portugal")),
    ("Europe/Helsinki", _("Finland, Greece")),
    ("America/Curacao", _("Aruba, Bonaire, Curaçao")),
    ("America/Paramaribo", _("Suriname")),
    ("America/New_York", _("New York")),
    ("America/Los_Angeles", _("Los Angeles")),
    ("Asia/Jakarta", _("Jakarta")),
    ("Australia/Sydney", _("Sydney")),
]


class Timing(models.TextChoices):
    NOW = "now", _("At once")
    DIGEST = "digest", _("In the summary")
    OFF = "off", _("Not")


def default_quiet_from() -> time:
    return time.fromisoformat(settings.QUIET_FROM)


def default_quiet_until() -> time:
    return time.fromisoformat(settings.QUIET_UNTIL)


class NoticeSettings(models.Model):
    """The hours of one member: when it is quiet, when the summary comes. Without a row the defaults hold."""

    class Digest(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")
        NEVER = "never", _("Never")

    class PushLevel(models.TextChoices):
        PLAIN = "plain", _("Only that there is something")
        GROUP = "group", _("Also which group")
        TEXT = "text", _("Also what it is about")

    WEEKDAYS = [
        (0, _("Monday")),
        (1, _("Tuesday")),
        (2, _("Wednesday")),
        (3, _("Thursday")),
        (4, _("Friday")),
        (5, _("Saturday")),
        (6, _("Sunday")),
    ]

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notice_settings"
    )
    quiet_from = models.TimeField(_("quiet from"), default=default_quiet_from)
    quiet_until = models.TimeField(
        _("until"), default=default_quiet_until, help_text=_("The same hour twice: no quiet hours.")
    )
    quiet_weekend = models.BooleanField(_("quiet all weekend"), default=False)
    zone = models.CharField(_("your time zone"), max_length=40, choices=ZONES, default="Europe/Amsterdam")
    digest = models.CharField(_("summary by mail"), max_length=6, choices=Digest, default=Digest.DAILY)
    digest_hour = models.PositiveSmallIntegerField(
        _("at"), choices=[(hour, f"{hour}:00") for hour in range(24)], default=8
    )
    digest_weekday = models.PositiveSmallIntegerField(_("on"), choices=WEEKDAYS, default=0)
    push_level = models.CharField(_("what a push shows"), max_length=5, choices=PushLevel, default=PushLevel.PLAIN)
    weekly_budget = models.PositiveSmallIntegerField(
        _("at most"), default=20, help_text=_("Mails and pushes a week; what comes on top waits for the summary.")
    )
    one_a_day = models.BooleanField(
        _("at most one mail a day with announcements"),
        default=True,
        help_text=_("What comes after it waits for the summary. What asks you to confirm and what is urgent comes."),
    )
    next_digest_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_digest_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("notice settings"), _("notice settings")
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="digest_hour_exists"),
            models.CheckConstraint(condition=Q(digest_weekday__lte=6), name="digest_weekday_exists"),
        ]
        indexes = [
            models.Index(
                fields=["next_digest_at"], condition=Q(next_digest_at__isnull=False), name="notice_settings_digest_due"
            )
        ]

    def __str__(self):
        return str(self.member_id)

    @property
    def spares_news(self) -> bool:
        """Whether a second mail with news in a day waits; without a summary there is nothing it could wait for."""
        return self.one_a_day and self.digest != self.Digest.NEVER


class ChannelChoice(models.Model):
    """A member's own choice for one kind of notice on one channel, everywhere or in one place.

    The most particular row holds: kind and place, then kind everywhere, then the default of the kind.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="channel_choices")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=4, choices=Channel)
    place = models.CharField(max_length=60, blank=True, help_text="Empty: everywhere")
    timing = models.CharField(max_length=6, choices=Timing, default=Timing.NOW)

    class Meta:
        verbose_name, verbose_name_plural = _("choice of channel"), _("choices of channel")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "channel", "place"], name="channel_choice_once"),
            models.CheckConstraint(
                condition=~Q(channel=Channel.PUSH, timing=Timing.DIGEST), name="channel_choice_no_digest_by_push"
            ),
        ]

    def __str__(self):
        return f"{self.kind} · {self.channel}"


class Mute(models.Model):
    """Silence from one place until a moment, or for always. It ends by itself."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    place = models.CharField(max_length=60)
    until = models.DateTimeField(null=True, blank=True, help_text="Empty: always")
    keeps_mentions = models.BooleanField(_("still tell me when somebody mentions me"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("muted group"), _("muted groups")
        constraints = [models.UniqueConstraint(fields=["member", "place"], name="mute_once_per_place")]

    def __str__(self):
        return f"{self.place} · {self.until}"
