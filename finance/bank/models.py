"""The association's bank accounts, the statements imported from them, and what each line was for."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.bank.fields import EncryptedField
from finance.ledger.models import Entry


class BankAccount(models.Model):
    """An account of the association itself: money never stands on an account of the platform.

    An account that was left for another stays known, so that its last files can still be read. Members pay to the
    current account; a savings account only gives and gets from it.
    """

    class Sort(models.TextChoices):
        CURRENT = "current", _("current account")
        SAVINGS = "savings", _("savings account")

    sort = models.CharField(max_length=8, choices=Sort, default=Sort.CURRENT, editable=False)
    holder = models.CharField(_("account holder"), max_length=70, help_text=_("Exactly as the bank knows it"))
    iban = models.CharField(_("account number (IBAN)"), max_length=34, unique=True)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("bank account"), _("bank accounts")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.holder} {self.iban}"

    @property
    def is_paid_to(self) -> bool:
        return self.left_at is None and self.sort == self.Sort.CURRENT

    @property
    def grouped_iban(self) -> str:
        return " ".join(self.iban[at : at + 4] for at in range(0, len(self.iban), 4))


class StatementImport(models.Model):
    """One file's part about one account. A file that does not add up waits for a person before it is matched."""

    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="imports")
    filename = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    format = models.CharField(max_length=10)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    opening_cents = models.BigIntegerField(null=True)
    closing_cents = models.BigIntegerField(null=True)
    adds_up = models.BooleanField(null=True)
    flipped = models.BooleanField(default=False)
    lines_new = models.PositiveIntegerField(default=0)
    lines_known = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by_label = models.CharField(max_length=160, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("imported statement"), _("imported statements")
        ordering = ["-imported_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["bank_account", "digest"], name="statement_import_once")]

    def __str__(self):
        return f"{self.filename} ({self.first_on} – {self.last_on})"

    @property
    def may_match(self) -> bool:
        return self.adds_up is not False or self.accepted_at is not None


class BankLine(models.Model):
    """One movement on the account. What is not matched stands in suspense and is never guessed."""

    class State(models.TextChoices):
        NEW = "new", _("to match")
        MATCHED = "matched", _("matched")
        PARTIAL = "partial", _("partly matched")
        HELD = "held", _("needs a decision")
        OWN = "own", _("the association's own")
        BETWEEN = "between", _("between own accounts")
        REFUND = "refund", _("to be paid back")

    class Reason(models.TextChoices):
        DUPLICATE = "duplicate", _("Paid already")
        EXCESS = "excess", _("More than was asked")
        CLOSED = "closed", _("For a request that is closed")
        SEVERAL = "several", _("Several requests, and the amounts do not fit")
        SHORT = "short", _("The pot has not so much at the bank")

    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="lines")
    statement_import = models.ForeignKey(StatementImport, models.PROTECT, related_name="lines")
    booked_on = models.DateField()
    value_on = models.DateField(null=True)
    cents = models.BigIntegerField()
    name = models.CharField(max_length=200, blank=True)
    iban = EncryptedField(blank=True)
    iban_mark = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    reference = models.CharField(max_length=60, blank=True)
    end_to_end = models.CharField(max_length=60, blank=True)
    bank_reference = models.CharField(max_length=60, blank=True)
    return_code = models.CharField(max_length=8, blank=True)
    fingerprint = models.CharField(max_length=64)
    occurrence = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    open_cents = models.BigIntegerField(help_text="what still stands in suspense")

    class Meta:
        verbose_name, verbose_name_plural = _("bank line"), _("bank lines")
        ordering = ["booked_on", "pk"]
        indexes = [
            models.Index(fields=["state", "booked_on"], name="bank_line_by_state"),
            models.Index(fields=["iban_mark"], condition=~Q(iban_mark=""), name="bank_line_by_payer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["bank_account", "fingerprint", "occurrence"], name="bank_line_once"),
            models.CheckConstraint(
                condition=Q(cents__gte=0, open_cents__gte=0, open_cents__lte=models.F("cents"))
                | Q(cents__lt=0, open_cents__lte=0, open_cents__gte=models.F("cents")),
                name="bank_line_open_within_amount",
            ),
        ]

    def __str__(self):
        return f"{self.booked_on} {self.cents} {self.name}"

    @property
    def is_placed(self) -> bool:
        """Whether it was given a place, in whole or in part, that can be taken back."""
        return self.state not in (self.State.NEW, self.State.HELD)


class Match(models.Model):
    """A part of a line that was given its place. Undone by a reversing entry; the row stays."""

    class Rule(models.TextChoices):
        REFERENCE = "reference", _("by its reference")
        SEVERAL = "several", _("by several references")
        PERSON = "person", _("by hand")
        REFUND = "refund", _("to be paid back")
        OWN = "own", _("the association's own")
        BETWEEN = "between", _("between own accounts")
        PAYOUT = "payout", _("paid out by the payment service")

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="matches")
    kind = models.CharField(max_length=12, help_text="the source of payables: pot, fee; empty for own money")
    payable_id = models.BigIntegerField(null=True)
    cents = models.BigIntegerField()
    rule = models.CharField(max_length=10, choices=Rule)
    label = models.CharField(max_length=200, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="bank_match")
    matched_at = models.DateTimeField(default=timezone.now)
    matched_by_label = models.CharField(max_length=160, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_label = models.CharField(max_length=160, blank=True)
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("match"), _("matches")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(cents=0), name="match_has_amount"),
            models.UniqueConstraint(
                fields=["line", "kind", "payable_id"],
                condition=Q(undone_at__isnull=True, payable_id__isnull=False),
                name="match_once_per_payable",
            ),
        ]

    def __str__(self):
        return f"{self.line}: {self.label}"


class Refund(models.Model):
    """Money that is owed back: what was paid twice or too much, or a share of what a closed pot has left.

    It is paid by an ordinary transfer that carries the reference, and done when that line comes in with a bank file.
    """

    reference = models.CharField(max_length=25, unique=True)
    line = models.ForeignKey(BankLine, models.PROTECT, null=True, blank=True, related_name="refunds")
    ring = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=200)
    iban = EncryptedField(blank=True)
    cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField(default=0)
    because = models.CharField(max_length=200, blank=True)
    party_id = models.BigIntegerField(null=True, blank=True)  # plain: payers live in a higher app
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="bank_refund")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by_label = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("refund"), _("refunds")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="refund_has_amount"),
            models.CheckConstraint(
                condition=Q(paid_cents__gte=0, paid_cents__lte=models.F("cents")), name="refund_paid_within_amount"
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.cents}"

    @property
    def open_cents(self) -> int:
        return self.cents - self.paid_cents


class ReferenceCounter(models.Model):
    """The last number given out per kind of reference; taken under a lock, never given twice."""

    kind = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("reference counter"), _("reference counters")

    def __str__(self):
        return f"{self.kind}: {self.last}"
