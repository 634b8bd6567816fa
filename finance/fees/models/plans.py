"""What the association asks for each kind of membership, from when on."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.fees import calculation
from groups.people.models import Dated, MembershipKind


class FeePlan(Dated):
    """How one kind of membership is charged. Amounts stand in its tiers; a new rhythm is a new plan after this one."""

    class Rhythm(models.IntegerChoices):
        MONTH = 1, _("month")
        QUARTER = 3, _("quarter")
        HALF = 6, _("half year")
        YEAR = 12, _("year or season")

    class Proration(models.TextChoices):
        NONE = calculation.NONE, _("no: a part counts as a whole period")
        MONTH = calculation.MONTH, _("by month; a month that has begun counts whole")
        DAY = calculation.DAY, _("by day")

    kind = models.ForeignKey(MembershipKind, models.PROTECT, related_name="fee_plans", verbose_name=_("kind"))
    months = models.PositiveSmallIntegerField(_("paid per"), choices=Rhythm, default=Rhythm.YEAR)
    anchor = models.DateField(
        _("a period starts on"), help_text=_("For example 1 January, or 1 September for a season. Only day and month.")
    )
    proration = models.CharField(
        _("for part of a period"), max_length=5, choices=Proration, default=Proration.MONTH
    )  # fmt: skip
    prorates_leaving = models.BooleanField(
        _("who leaves gets the rest back"),
        default=False,
        help_text=_("By law the fee of the running period stays due, unless your articles say otherwise."),
    )
    roll_days = models.PositiveSmallIntegerField(
        _("free days before a new period"),
        default=0,
        help_text=_("Who joins in the last days of a period pays from the next one. 0 for no such days."),
    )
    entrance_cents = models.BigIntegerField(_("entrance fee"), default=0)
    household_percent = models.PositiveSmallIntegerField(
        _("discount from the second of a household, in percent"), default=0
    )
    pay_days = models.PositiveSmallIntegerField(_("days to pay"), default=30)
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"),
        default=30,
        help_text=_("So long after the last day to pay a member keeps access to what is only for who paid."),
    )
    notice_months = models.PositiveSmallIntegerField(
        _("notice term in months"), default=1, help_text=_("How long before a new period a member can still stop.")
    )
    renewal_days = models.PositiveSmallIntegerField(
        _("days before renewal to tell members"), default=45, help_text=_("With the amount and how to stop. 0: never.")
    )
    max_parts = models.PositiveSmallIntegerField(
        _("parts a member may pay in"), default=4, help_text=_("1 for no payment in parts.")
    )

    class Meta(Dated.Meta):
        verbose_name, verbose_name_plural = _("fee plan"), _("fee plans")
        ordering = ["kind__position", "kind__name", "-starts_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind"], condition=Q(ends_on__isnull=True), name="fee_plan_one_open_per_kind"
            ),
            models.CheckConstraint(condition=Q(months__in=[1, 3, 6, 12]), name="fee_plan_has_rhythm"),
            models.CheckConstraint(
                condition=Q(entrance_cents__gte=0, household_percent__lte=100), name="fee_plan_amounts_in_range"
            ),
            models.CheckConstraint(condition=Q(max_parts__gte=1, max_parts__lte=12), name="fee_plan_parts_in_range"),
        ]

    def __str__(self):
        return f"{self.kind} ({self.get_months_display()})"

    def terms(self) -> calculation.Plan:
        """As the calculation needs it."""
        return calculation.Plan(
            id=self.pk,
            kind_id=self.kind_id,
            anchor=self.anchor,
            months=self.months,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            proration=self.proration,
            prorates_leaving=self.prorates_leaving,
            roll_days=self.roll_days,
            entrance_cents=self.entrance_cents,
            household_percent=self.household_percent,
            tiers=tuple(tier.terms() for tier in self.tiers.all()),
        )


class FeeTier(models.Model):
    """An amount per period, from a day on, for an age. A raise is a new row; what was charged before stays."""

    plan = models.ForeignKey(FeePlan, models.CASCADE, related_name="tiers", verbose_name=_("fee plan"))
    valid_from = models.DateField(_("from"))
    cents = models.BigIntegerField(_("amount per period"))
    min_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("up to and including age"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("amount"), _("amounts")
        ordering = ["-valid_from", "min_age", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gte=0), name="fee_tier_not_negative"),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")),
                name="fee_tier_ages_in_order",
            ),
            models.UniqueConstraint(
                "plan", "valid_from", Coalesce("min_age", Value(0)), name="fee_tier_once_per_day_and_age"
            ),
        ]

    def __str__(self):
        return f"{self.plan}: {self.cents}"

    def terms(self) -> calculation.Tier:
        return calculation.Tier(self.pk, self.valid_from, self.cents, self.min_age, self.max_age)


class FeeGrant(Dated):
    """An exemption or discount of one member, with the reason and who gave it."""

    class Kind(models.TextChoices):
        EXEMPT = calculation.EXEMPT, _("pays nothing")
        PERCENT = calculation.PERCENT, _("percentage off")
        LESS = calculation.LESS, _("amount off per period")
        FIXED = calculation.FIXED, _("own amount per period")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="fee_grants")
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    value = models.BigIntegerField(_("percentage or cents"), default=0)
    reason = models.CharField(_("why"), max_length=200)
    granted_by_label = models.CharField(max_length=160, blank=True)
    granted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(Dated.Meta):
        verbose_name, verbose_name_plural = _("discount"), _("discounts")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="exempt", value=0) | Q(kind="percent", value__gte=1, value__lte=100)
                | Q(kind__in=["less", "fixed"], value__gte=0),
                name="fee_grant_value_in_range",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()}"

    def terms(self) -> calculation.Grant:
        return calculation.Grant(self.kind, self.value, self.starts_on, self.ends_on)


class FeeDetails(models.Model):
    """What fees need to know of a member beside the register: the day of birth, where a fee depends on age."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="fee_details")
    born_on = models.DateField(_("born on"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("fee details"), _("fee details")
        constraints = [
            models.CheckConstraint(
                condition=Q(born_on__isnull=True) | Q(born_on__gte=date(1900, 1, 1)), name="fee_details_likely_birth"
            )
        ]

    def __str__(self):
        return str(self.member)
