"""Who is asked for how much, and what came in for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import Entry
from finance.money import MAX_CENTS
from finance.pots.models.pots import Pot


class Party(models.Model):
    """A payer in the books. Outlives the account, so that sums stay when a member leaves."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="party"
    )
    display_name = models.CharField(_("name"), max_length=160)
    anonymised_at = models.DateTimeField(null=True, blank=True)
    retain_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("payer"), _("payers")

    def __str__(self):
        return self.display_name


class RequestQuerySet(models.QuerySet):
    def live(self):
        return self.filter(waived_at__isnull=True, cancelled_at__isnull=True)

    def open(self):
        return self.live().filter(paid_cents__lt=F("amount_cents"))

    def paid(self):
        return self.filter(paid_cents__gte=F("amount_cents"))


class PaymentRequest(models.Model):
    """One payer asked for one amount, under a reference of its own.

    `paid_cents` is the sum of its allocations, changed in the same transaction; there is no “paid” flag to forget.
    """

    class Nature(models.TextChoices):
        FIXED = "fixed", _("a fixed amount")
        FREE = "free", _("what the payer chooses")
        PLEDGE = "pledge", _("a pledge")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="requests")
    nature = models.CharField(max_length=6, choices=Nature, default=Nature.FIXED)
    party = models.ForeignKey(Party, models.PROTECT, related_name="requests")
    round = models.PositiveIntegerField(default=1)
    reference = models.CharField(max_length=25, unique=True)
    amount_cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField(default=0)
    due_on = models.DateField()
    extensions = models.PositiveSmallIntegerField(default=0)  # how often the pot was given more time
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by_label = models.CharField(max_length=160, blank=True)
    waived_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("payment request"), _("payment requests")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], name="request_by_due_day"),
            # The treasurer's list of what is open: its first page without sorting them all.
            models.Index(
                fields=["due_on", "id"],
                condition=Q(waived_at=None, cancelled_at=None, paid_cents__lt=F("amount_cents")),
                name="request_open_by_due_day",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["pot", "party", "round"], name="request_once_per_round"),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="request_asks_something"),
            models.CheckConstraint(
                condition=Q(paid_cents__gte=0, paid_cents__lte=F("amount_cents")), name="request_paid_within_amount"
            ),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True) | Q(cancelled_at__isnull=True), name="request_ends_once"
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.party}"

    def get_absolute_url(self):
        return reverse("payment", args=[self.reference])

    @property
    def notice_key(self) -> str:
        """What notices about this request are bundled under; the same for all payers of one round."""
        return f"payment:{self.pot_id}:{self.round}"

    @property
    def open_cents(self) -> int:
        return 0 if self.is_ended else self.amount_cents - self.paid_cents

    @property
    def takes_cents(self) -> int:
        """How much may still come in: whatever a payer chooses to give when the amount is free."""
        if self.is_ended:
            return 0
        return MAX_CENTS - self.paid_cents if self.nature == self.Nature.FREE else self.open_cents

    @property
    def is_ended(self) -> bool:
        return bool(self.waived_at or self.cancelled_at)

    @property
    def is_paid(self) -> bool:
        return self.paid_cents >= self.amount_cents

    @property
    def is_late(self) -> bool:
        return self.open_cents > 0 and self.due_on < timezone.localdate()

    @property
    def grouped_reference(self) -> str:
        return " ".join(self.reference[at : at + 4] for at in range(0, len(self.reference), 4))


class RequestEvent(models.Model):
    """What happened to a request, only ever added."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("asked")
        WAIVED = "waived", _("waived")
        CANCELLED = "cancelled", _("cancelled")
        REOPENED = "reopened", _("opened again")
        ANSWERED = "answered", _("answered")
        DISPUTED = "disputed", _("disputed")
        PLANNED = "planned", _("planned in parts")
        PLEDGED = "pledged", _("pledged")
        RETURNED = "returned", _("paid back")

    class Answer(models.TextChoices):
        """What a payer can say in private; only who looks after the pot reads it."""

        ELSEWHERE = "elsewhere", _("I have already paid")
        LATER = "later", _("I will pay later")
        PARTS = "parts", _("I would like to pay in parts")
        NOT_JOINING = "not_joining", _("I am not taking part")
        CANNOT = "cannot", _("I cannot pay now")

    request = models.ForeignKey(PaymentRequest, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by_label = models.CharField(max_length=160, blank=True)
    text = models.CharField(max_length=500, blank=True)
    answer = models.CharField(max_length=12, choices=Answer, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("event of a request"), _("events of requests")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.request}: {self.kind}"


class Allocation(models.Model):
    """Money counted for a request, by one entry in the books; taken back by a second row that undoes it."""

    class Way(models.TextChoices):
        BANK = "bank", _("bank transfer")
        CASH = "cash", _("cash")
        ONLINE = "online", _("online")

    request = models.ForeignKey(PaymentRequest, models.PROTECT, related_name="allocations")
    cents = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    iban_mark = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_label = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("allocation"), _("allocations")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["iban_mark"], condition=~Q(iban_mark=""), name="allocation_by_payer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(undoes__isnull=True, cents__gt=0) | Q(undoes__isnull=False, cents__lt=0),
                name="allocation_negative_only_when_undoing",
            ),
            models.UniqueConstraint(
                fields=["request", "entry"], condition=Q(undoes__isnull=True), name="allocation_once"
            ),
        ]

    def __str__(self):
        return f"{self.request}: {self.cents}"
