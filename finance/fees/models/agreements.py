"""What is agreed about a fee outside the ordinary: stopping, another way of paying, writing off, a formal letter."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.fees.models.invoices import Invoice
from finance.ledger.models import Entry
from groups.people.models import Enrolment, MembershipKind
from groups.subgroups.models import Subgroup


class Stop(models.Model):
    """A member gave notice: the enrolment ends on `ends_on`. Until then it can be taken back, and the row stays."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="stops")
    ends_on = models.DateField(_("member up to and including"))
    reason = models.CharField(_("why"), max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by_label = models.CharField(max_length=160)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("notice of leaving"), _("notices of leaving")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(undone_at__isnull=True), name="fee_stop_once_per_enrolment"
            )
        ]

    def __str__(self):
        return f"{self.enrolment}: {self.ends_on}"


class Arrangement(models.Model):
    """A member asks in private for another way of paying; only who manages fees reads it, and answers."""

    class Wish(models.TextChoices):
        LATER = "later", _("pay later")
        PARTS = "parts", _("pay in more parts")
        LESS = "less", _("I cannot pay this")
        WRONG = "wrong", _("this is not right")

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="arrangements")
    wish = models.CharField(_("what would help?"), max_length=8, choices=Wish)
    text = models.CharField(_("in your own words"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    is_granted = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("arrangement"), _("arrangements")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(answered_at__isnull=True), name="fee_arrangement_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_granted__isnull=True)
                | Q(answered_at__isnull=False, is_granted__isnull=False),
                name="fee_arrangement_answered_with_outcome",
            ),
        ]

    def __str__(self):
        return f"{self.invoice}: {self.get_wish_display()}"


class FormalLetter(models.Model):
    """The letter that asks for the last time, with a term that starts the day after it was received."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="letters")
    sent_on = models.DateField(default=timezone.localdate)
    pay_by = models.DateField()
    cents = models.BigIntegerField()
    sent_by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name, verbose_name_plural = _("formal letter"), _("formal letters")
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "sent_on"], name="fee_letter_once_a_day"),
            models.CheckConstraint(condition=Q(pay_by__gt=F("sent_on")), name="fee_letter_gives_time"),
        ]

    def __str__(self):
        return f"{self.invoice}: {self.sent_on}"


class WriteOff(models.Model):
    """Giving up what is open on an invoice: one proposes, somebody else decides."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="write_offs")
    cents = models.BigIntegerField()
    reason = models.CharField(_("why"), max_length=300)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by_id = models.BigIntegerField()  # plain: the books outlive accounts
    proposed_by_label = models.CharField(max_length=160)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)
    decided_by_label = models.CharField(max_length=160, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="fee_write_off")

    class Meta:
        verbose_name, verbose_name_plural = _("write-off"), _("write-offs")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="fee_write_off_has_amount"),
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("proposed_by_id")),
                name="fee_write_off_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True) | Q(decided_by_id__isnull=False, decided_at__isnull=False),
                name="fee_write_off_booked_when_decided",
            ),
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(decided_at__isnull=True), name="fee_write_off_one_open"
            ),
        ]

    def __str__(self):
        return f"{self.invoice}: {self.cents}"


class Condition(models.Model):
    """A group that is only for members of some kinds, or for who has paid the fee; never for its votes."""

    subgroup = models.OneToOneField(Subgroup, models.CASCADE, related_name="fee_condition", verbose_name=_("group"))
    needs_paid_fee = models.BooleanField(_("only for who has paid the fee"), default=False)
    kinds = models.ManyToManyField(
        MembershipKind, blank=True, related_name="+", verbose_name=_("only for these kinds of membership")
    )
    set_at = models.DateTimeField(default=timezone.now)
    set_by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("condition of a group"), _("conditions of groups")

    def __str__(self):
        return str(self.subgroup)
