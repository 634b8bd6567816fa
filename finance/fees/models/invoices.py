"""Invoices and credit notes, numbered without gaps; what is asked per part, and what came in for it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.bank.models import Refund
from finance.fees.models.charging import Charge, FeeRun
from finance.fees.models.payers import Payer
from finance.ledger.models import Entry


class InvoiceCounter(models.Model):
    """The last invoice number of a book year; whoever issues holds its lock, so that no number is left out."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("invoice counter"), _("invoice counters")

    def __str__(self):
        return f"{self.year}: {self.last}"


class Invoice(models.Model):
    """What a payer is asked for, or, with a negative total, is no longer asked for. Never changed once issued."""

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="invoices")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    issued_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField()
    total_cents = models.BigIntegerField()
    name = models.CharField(max_length=160)
    address = models.TextField(blank=True)
    credits = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="credit_notes")
    run = models.ForeignKey(FeeRun, models.PROTECT, null=True, blank=True, related_name="invoices")
    settled_cents = models.BigIntegerField(default=0)
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, blank=True, related_name="fee_credit_note")

    class Meta:
        verbose_name, verbose_name_plural = _("invoice"), _("invoices")
        ordering = ["-year", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["year", "sequence"], name="fee_invoice_number_once"),
            models.CheckConstraint(
                condition=Q(credits__isnull=True, total_cents__gt=0) | Q(credits__isnull=False, total_cents__lt=0),
                name="fee_invoice_credit_is_negative",
            ),
            models.CheckConstraint(
                condition=Q(total_cents__gt=0, settled_cents__gte=0, settled_cents__lte=F("total_cents"))
                | Q(total_cents__lt=0, settled_cents__lte=0, settled_cents__gte=F("total_cents")),
                name="fee_invoice_settled_within_total",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("fee-invoice", args=[self.year, self.sequence])

    @property
    def number(self) -> str:
        return f"{self.year}-{self.sequence:06d}"

    @property
    def is_credit_note(self) -> bool:
        return self.total_cents < 0

    @property
    def open_cents(self) -> int:
        """Still to be paid; for a credit note, negative, what it can still be set against or paid back."""
        return self.total_cents - self.settled_cents

    @property
    def credit_cents(self) -> int:
        """What is left of a credit note; 0 for an invoice."""
        return max(0, -self.open_cents)


class InvoiceLine(models.Model):
    """A charge on an invoice, or, negative, on the credit note that takes it back."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="invoice_lines")
    cents = models.BigIntegerField()

    class Meta:
        verbose_name, verbose_name_plural = _("invoice line"), _("invoice lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(cents=0), name="fee_line_has_amount"),
            models.UniqueConstraint(fields=["charge"], condition=Q(cents__gt=0), name="fee_charge_invoiced_once"),
            models.UniqueConstraint(fields=["charge"], condition=Q(cents__lt=0), name="fee_charge_credited_once"),
        ]

    def __str__(self):
        return f"{self.invoice}: {self.cents}"


class InvoicePaper(models.Model):
    """The PDF as it was first given out; from then on always this one."""

    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="paper")
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("invoice on paper"), _("invoices on paper")

    def __str__(self):
        return f"{self.invoice} {self.digest[:12]}"


class PartQuerySet(models.QuerySet):
    def open(self):
        return self.filter(paid_cents__lt=F("cents"), dropped_at__isnull=True)


class Part(models.Model):
    """What is asked by one day under one reference: the whole invoice, or one of the parts a member pays it in.

    `paid_cents` is the sum of its allocations, changed in the same transaction; there is no “paid” flag to forget.
    """

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField(default=1)
    reference = models.CharField(max_length=25, unique=True)
    cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField(default=0)
    due_on = models.DateField()
    dropped_at = models.DateTimeField(null=True, blank=True)  # shared out anew, in other parts

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("part to pay"), _("parts to pay")
        ordering = ["due_on", "number", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(dropped_at__isnull=True), name="fee_part_by_due_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "number"], condition=Q(dropped_at__isnull=True), name="fee_part_number_once"
            ),
            models.CheckConstraint(condition=Q(cents__gt=0), name="fee_part_asks_something"),
            models.CheckConstraint(
                condition=Q(paid_cents__gte=0, paid_cents__lte=F("cents")), name="fee_part_paid_within_amount"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(paid_cents=0), name="fee_part_dropped_is_unpaid"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.reference}: {self.cents}"

    @property
    def open_cents(self) -> int:
        return 0 if self.dropped_at else self.cents - self.paid_cents

    @property
    def is_late(self) -> bool:
        return self.open_cents > 0 and self.due_on < timezone.localdate()

    @property
    def grouped_reference(self) -> str:
        return " ".join(self.reference[at : at + 4] for at in range(0, len(self.reference), 4))


class Allocation(models.Model):
    """What counted for a part, by an entry in the books or out of a credit note; undone by a second row."""

    class Way(models.TextChoices):
        BANK = "bank", _("bank transfer")
        ONLINE = "online", _("online")
        CASH = "cash", _("cash")
        DEBIT = "debit", _("direct debit")
        CREDIT = "credit", _("set against a credit note")
        WRITTEN_OFF = "off", _("written off")

    part = models.ForeignKey(Part, models.PROTECT, related_name="allocations")
    cents = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="+")
    credit_note = models.ForeignKey(Invoice, models.PROTECT, null=True, blank=True, related_name="used_for")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    iban_mark = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("payment of a fee"), _("payments of fees")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["iban_mark"], condition=~Q(iban_mark=""), name="fee_payment_by_payer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(undoes__isnull=True, cents__gt=0) | Q(undoes__isnull=False, cents__lt=0),
                name="fee_payment_negative_only_when_undoing",
            ),
            models.CheckConstraint(
                condition=Q(way="credit", credit_note__isnull=False) | (~Q(way="credit") & Q(entry__isnull=False)),
                name="fee_payment_has_its_proof",
            ),
            models.UniqueConstraint(
                fields=["part", "entry"], condition=Q(undoes__isnull=True, entry__isnull=False), name="fee_payment_once"
            ),
        ]

    def __str__(self):
        return f"{self.part}: {self.cents}"

    @property
    def paid_on(self):
        """The day in the books: when the bank booked it, not when the file was read."""
        return self.entry.value_date if self.entry else timezone.localdate(self.at)
