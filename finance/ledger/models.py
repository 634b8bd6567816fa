"""The books: accounts, entries and their lines. Entries and lines are only ever added (finance/ledger/triggers.py)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.ledger.words import account_name, entry_name

ASSOCIATION = ""  # the ring of the association's own money


class Account(models.Model):
    """Where cents stand. `balance_cents` grows by debits for assets and expenses, by credits for the others.

    Accounts with one `ring` belong together: a pot is a ring, and no line joins two rings.
    """

    class Kind(models.TextChoices):
        ASSET = "asset", _("asset")
        EXPENSE = "expense", _("expense")
        LIABILITY = "liability", _("liability")
        INCOME = "income", _("income")
        FUND = "fund", _("fund")

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    ring = models.CharField(max_length=30, blank=True, default=ASSOCIATION)
    currency = models.CharField(max_length=3, default="EUR")
    floor_cents = models.BigIntegerField(null=True, blank=True)
    balance_cents = models.BigIntegerField(default=0)
    ring_name = ""  # how people call the ring, when the page has asked (finance/ledger/asking.py)

    class Meta:
        verbose_name, verbose_name_plural = _("account"), _("accounts")
        ordering = ["code"]
        indexes = [models.Index(fields=["ring"], name="account_by_ring")]
        constraints = [
            models.CheckConstraint(
                condition=Q(floor_cents__isnull=True) | Q(balance_cents__gte=F("floor_cents")),
                name="account_not_below_floor",
            )
        ]

    def __str__(self):
        return self.code

    @property
    def name(self) -> str:
        return account_name(self.code, self.ring, self.ring_name)

    @property
    def grows_by_debit(self) -> bool:
        return self.kind in (self.Kind.ASSET, self.Kind.EXPENSE)


class Entry(models.Model):
    """One fact in the books, under a key that the fact itself has, so that it is booked once."""

    RING_TRANSFER = "ring_transfer"

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30)
    value_date = models.DateField()
    booked_at = models.DateTimeField(default=timezone.now)
    actor_id = models.BigIntegerField(null=True, blank=True)  # plain: the books outlive accounts
    actor_label = models.CharField(max_length=160, blank=True)
    approver_one_id = models.BigIntegerField(null=True, blank=True)
    approver_two_id = models.BigIntegerField(null=True, blank=True)
    memo = models.CharField(max_length=300, blank=True)
    proof = ""  # the page that proves it, when the page has asked (finance/ledger/asking.py)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")

    class Meta:
        verbose_name, verbose_name_plural = _("entry"), _("entries")
        ordering = ["pk"]
        indexes = [models.Index(fields=["booked_at"], name="entry_by_booking")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="ring_transfer")
                | (
                    Q(approver_one_id__isnull=False, approver_two_id__isnull=False)
                    & ~Q(approver_one_id=F("approver_two_id"))
                ),
                name="entry_ring_transfer_has_two_approvers",
            )
        ]

    def __str__(self):
        return f"{self.key} ({self.value_date})"

    @property
    def name(self) -> str:
        return entry_name(self)


class Line(models.Model):
    """A transfer of cents: what one account is debited, the other is credited, so books always balance."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    debit = models.ForeignKey(Account, models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    cents = models.BigIntegerField()

    class Meta:
        verbose_name, verbose_name_plural = _("line"), _("lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="line_is_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="line_joins_two_accounts"),
        ]

    def __str__(self):
        return f"{self.debit} ← {self.credit}: {self.cents}"


class Seal(models.Model):
    """The fingerprint of all that was booked on one day, chained to the day before."""

    day = models.DateField(unique=True)
    entries = models.PositiveIntegerField()
    total_cents = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("seal"), _("seals")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day}: {self.digest[:12]}"


class SignOff(models.Model):
    """The auditors have seen the books up to and including a day; from then on nothing is booked before it."""

    until = models.DateField(_("up to and including"), unique=True)
    entries = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    remark = models.CharField(_("remark"), max_length=1000, blank=True)
    signed_by_id = models.BigIntegerField()  # plain: the books outlive accounts
    signed_by_label = models.CharField(max_length=160)
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("sign-off"), _("sign-offs")
        ordering = ["-until"]

    def __str__(self):
        return f"{self.until}: {self.signed_by_label}"
