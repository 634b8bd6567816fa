"""Work to be divided at an event, and swapping it with the consent of both."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.events.models.events import Event

MAX_SHIFTS = 40


class Shift(models.Model):
    """A task with a time at an event, for a number of people."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="shifts")
    title = models.CharField(_("what"), max_length=80)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    places = models.PositiveSmallIntegerField(_("people needed"), default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("shift"), _("shifts")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
            models.CheckConstraint(condition=Q(places__gte=1) & ~Q(title=""), name="shift_needs_people_for_something"),
        ]

    def __str__(self):
        return self.title


class ShiftPlace(models.Model):
    """One member does one shift. `number` counts from 1 to the places of the shift, and each is given once."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="taken")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shifts")
    number = models.PositiveSmallIntegerField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("place in a shift"), _("places in shifts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["shift", "member"], name="shift_once_per_member"),
            models.UniqueConstraint(fields=["shift", "number"], name="shift_place_once"),
        ]

    def __str__(self):
        return f"{self.shift_id} · {self.member_id}"


class ShiftSwap(models.Model):
    """Who has a place asks another to take it over, or to give the own one for it. It counts once both want it."""

    place = models.ForeignKey(ShiftPlace, models.CASCADE, related_name="swaps")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="swaps_asked")
    in_exchange = models.ForeignKey(ShiftPlace, models.CASCADE, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_accepted = models.BooleanField(default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("swap"), _("swaps")
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(answered_at__isnull=True), name="swap_one_open"),
            models.CheckConstraint(
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False), name="swap_accepted_at_a_moment"
            ),
        ]

    def __str__(self):
        return f"{self.place_id} → {self.asked_id}"
