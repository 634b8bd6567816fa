"""Events, who comes, and the private calendar feeds."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import Surprising
from groups.subgroups.models import Subgroup


class Series(models.Model):
    """A rhythm that was planned at once. Each occurrence is an event of its own, so that one can move or be skipped.

    It belongs to the group and not to its maker: it goes on when the maker leaves.
    """

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        FORTNIGHTLY = "fortnightly", _("Every two weeks")
        MONTHLY = "monthly", _("Every month, on the same day of the week")

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, null=True, blank=True, related_name="event_series")
    rhythm = models.CharField(max_length=12, choices=Rhythm)
    until = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("series of events"), _("series of events")

    def __str__(self):
        return f"{self.get_rhythm_display()} · {self.until}"


class Event(Surprising):
    """Something at a time and a place. Without a subgroup it is for the whole association.

    An all-day event runs from midnight to midnight in Amsterdam, the end not included.
    """

    class GuestList(models.TextChoices):
        NAMES = "names", _("Everybody sees who comes")
        COUNT = "count", _("Everybody sees how many come")
        ORGANISERS = "organisers", _("Only the organisers see who comes")

    class Reminders(models.IntegerChoices):
        NEVER = 0, _("not at all")
        TWO_HOURS = 2, _("two hours before")
        DAY = 24, _("a day before")
        TWO_DAYS = 48, _("two days before")
        WEEK = 168, _("a week before")

    subgroup = models.ForeignKey(
        Subgroup, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("group")
    )
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="events")
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    access_facts = models.CharField(_("accessibility"), max_length=300, blank=True)
    is_all_day = models.BooleanField(_("whole days"), default=False)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    answer_by = models.DateTimeField(_("answer before"), null=True, blank=True)
    remind_hours = models.PositiveSmallIntegerField(
        _("remind"), choices=Reminders, default=Reminders.DAY, help_text=_("Who said yes or maybe is reminded.")
    )
    guest_list = models.CharField(_("list of who comes"), max_length=10, choices=GuestList, default=GuestList.NAMES)
    code = models.CharField(max_length=6, help_text="Typed by who is there, to note attendance")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0, help_text="Grows with each change; calendar programs look at it")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("event"), _("events")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="event_by_start")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="event_has_places"),
            models.CheckConstraint(
                condition=Q(answer_by__isnull=True) | Q(answer_by__lte=F("ends_at")), name="event_answers_before_end"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("event", args=[self.pk])

    @property
    def key(self) -> str:
        """What notices about it carry."""
        return f"event:{self.pk}"

    @property
    def first_day(self):
        return timezone.localdate(self.starts_at)

    @property
    def last_day(self):
        """The last day on which it is still going on; midnight belongs to the day before."""
        return timezone.localdate(self.ends_at - timedelta(microseconds=1))

    @property
    def is_several_days(self) -> bool:
        return self.last_day > self.first_day

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def shows_number(self) -> bool:
        """Whether everybody who sees the event may know how many come."""
        return self.guest_list != self.GuestList.ORGANISERS

    @property
    def takes_answers(self) -> bool:
        if self.subgroup_id and self.subgroup.archived_at:
            return False  # an archived group is there to read back
        closes = self.answer_by or self.ends_at
        if self.subgroup_id and self.subgroup.archived_at:
            return False
        return self.cancelled_at is None and timezone.now() <= closes


class Answer(models.Model):
    """What one member said. A yes beyond the capacity waits in line, oldest first."""

    class Choice(models.TextChoices):
        YES = "yes", _("I am coming")
        MAYBE = "maybe", _("Maybe")
        NO = "no", _("I am not coming")

    event = models.ForeignKey(Event, models.CASCADE, related_name="answers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="event_answers")
    choice = models.CharField(max_length=5, choices=Choice)
    remark = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    waiting_since = models.DateTimeField(null=True, blank=True)
    attended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("answer"), _("answers")
        constraints = [
            models.UniqueConstraint(fields=["event", "member"], name="answer_once_per_event"),
            models.CheckConstraint(
                condition=Q(waiting_since__isnull=True) | Q(choice="yes"), name="answer_waits_only_with_yes"
            ),
        ]
        indexes = [
            models.Index(
                fields=["event", "waiting_since"], condition=Q(waiting_since__isnull=False), name="answer_waiting_line"
            )
        ]

    def __str__(self):
        return f"{self.event_id} · {self.member_id} · {self.choice}"

    @property
    def is_waiting(self) -> bool:
        return self.waiting_since is not None


class CalendarFeed(models.Model):
    """A secret address for a calendar program. Only its fingerprint is kept; making a new one ends the old."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    fingerprint = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("calendar feed"), _("calendar feeds")

    def __str__(self):
        return f"{self.member_id} · {self.created_at:%Y-%m-%d}"
