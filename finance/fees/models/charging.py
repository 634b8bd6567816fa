"""Runs, and the charges that they book. A charge is reversed and booked anew, never edited."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.fees import calculation
from finance.fees.models.payers import Payer
from finance.fees.models.plans import FeePlan, FeeTier
from finance.ledger.models import Entry
from groups.people.models import Enrolment


class FeeRun(models.Model):
    """Charging everybody for the periods that start within some days: looked at first, then done, and to be repeated.

    `cursor` is the last payer that was handled; it is saved in the transaction of the portion, so that a run that was
    killed goes on where it was.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", _("being prepared")
        READY = "ready", _("ready to look at")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    name = models.CharField(_("name"), max_length=80)
    first_on = models.DateField(_("periods that start from"))
    last_on = models.DateField(_("up to and including"))
    due_on = models.DateField(_("last day to pay"))
    tells = models.BooleanField(_("send members a message with their invoice"), default=True)
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    cursor = models.BigIntegerField(default=0)
    payers_total = models.PositiveIntegerField(default=0)
    payers_done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    added_cents = models.BigIntegerField(default=0)
    reversed = models.PositiveIntegerField(default=0)
    reversed_cents = models.BigIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    kept_cents = models.BigIntegerField(default=0)
    figures = models.JSONField(default=dict)
    told_until = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by_label = models.CharField(max_length=160, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    started_by_label = models.CharField(max_length=160, blank=True)
    started_by_id = models.BigIntegerField(null=True, blank=True)  # plain: runs outlive accounts
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("fee run"), _("fee runs")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="fee_run_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "done"]) | Q(started_at__isnull=False), name="fee_run_was_started"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def percent(self) -> int:
        return min(100, 100 * self.payers_done // self.payers_total) if self.payers_total else 0

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.PREPARING, self.State.RUNNING)

    @property
    def standing(self) -> int:
        """How many charges there are in these periods with this run, however often it was started."""
        return self.added + self.kept

    @property
    def standing_cents(self) -> int:
        return self.added_cents + self.kept_cents


class RunNote(models.Model):
    """Something in a run that the treasurer should look at before starting it."""

    class Code(models.TextChoices):
        NO_PLAN = "no_plan", _("no fee plan for this kind of membership")
        NO_TIER = "no_tier", _("no amount for this age or day")
        AGE_UNKNOWN = "age_unknown", _("day of birth unknown, and the fee depends on age")
        EXEMPT = "exempt", _("pays nothing, by exemption")
        DISCOUNT = "discount", _("has a discount")
        ROLLED = "rolled", _("joined near the end: pays from the next period")
        NOTHING = "nothing", _("nothing to pay")
        REVERSED = "reversed", _("booked before, and now taken back")

    run = models.ForeignKey(FeeRun, models.CASCADE, related_name="notes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, choices=Code)
    period_starts_on = models.DateField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("note of a run"), _("notes of runs")
        ordering = ["code", "pk"]
        indexes = [models.Index(fields=["run", "code"], name="fee_note_by_code")]

    def __str__(self):
        return f"{self.member}: {self.get_code_display()}"


class ChargeQuerySet(models.QuerySet):
    def live(self):
        return self.filter(reversal__isnull=True)


class Charge(models.Model):
    """What one enrolment owes for one period: booked by `entry`, taken back by `reversal`."""

    class Sort(models.TextChoices):
        FEE = calculation.FEE, _("membership fee")
        ENTRANCE = calculation.ENTRANCE, _("entrance fee")
        OTHER = "other", _("other")

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="charges")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="fee_charges"
    )
    member_label = models.CharField(max_length=160)
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, blank=True, related_name="charges")
    plan = models.ForeignKey(FeePlan, models.PROTECT, null=True, blank=True, related_name="charges")
    tier = models.ForeignKey(FeeTier, models.PROTECT, null=True, blank=True, related_name="charges")
    run = models.ForeignKey(FeeRun, models.PROTECT, null=True, blank=True, related_name="charges")
    sort = models.CharField(max_length=8, choices=Sort)
    label = models.CharField(max_length=200, blank=True)
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    covers_from = models.DateField()
    covers_until = models.DateField()
    cents = models.BigIntegerField()
    full_cents = models.BigIntegerField()
    percent_off = models.PositiveSmallIntegerField(default=0)
    access_until = models.DateField(null=True, blank=True)  # the end of the period, with the days of grace
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="fee_charge")
    reversal = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="reversed_fee_charge")

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("charge"), _("charges")
        ordering = ["period_starts_on", "pk"]
        indexes = [models.Index(fields=["period_starts_on"], name="fee_charge_by_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "sort", "period_starts_on"],
                condition=Q(reversal__isnull=True, enrolment__isnull=False),
                name="fee_charge_once_per_period",
            ),
            models.CheckConstraint(condition=Q(cents__gt=0), name="fee_charge_is_positive"),
            models.CheckConstraint(
                condition=Q(period_ends_on__gte=F("period_starts_on"), covers_until__gte=F("covers_from")),
                name="fee_charge_days_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.member_label} {self.period_starts_on}: {self.cents}"

    @property
    def is_part(self) -> bool:
        return (self.covers_from, self.covers_until) != (self.period_starts_on, self.period_ends_on)
