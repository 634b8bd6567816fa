"""Direct debit: mandates, and the batches in which fees are collected."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.bank.fields import EncryptedField, masked
from finance.bank.models import BankAccount
from finance.fees.models.invoices import Part
from finance.fees.models.payers import Payer
from finance.ledger.models import Entry
from finance.providers.models import PaymentAttempt


class DebitSettings(models.Model):
    """What the bank gave the association for collecting, and how long before a collection members are told."""

    creditor_id = models.CharField(
        _("creditor identifier (incassant-ID)"), max_length=35, help_text=_("For example NL69ZZZ123456780000")
    )
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+", verbose_name=_("account"))
    notice_days = models.PositiveSmallIntegerField(
        _("days between the message and the collection"), default=14, help_text=_("Shorter only if your terms say so.")
    )
    format = models.CharField(
        _("format of the file"),
        max_length=16,
        choices=[("pain.008.001.08", "pain.008.001.08"), ("pain.008.001.02", "pain.008.001.02")],
        default="pain.008.001.08",
    )

    class Meta:
        verbose_name, verbose_name_plural = _("settings of direct debit"), _("settings of direct debit")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="fee_debit_settings_once")]

    def __str__(self):
        return self.creditor_id


class Mandate(models.Model):
    """A payer's leave to collect from an account. A new account is a new mandate; nothing but its state changes."""

    class Way(models.TextChoices):
        PAPER = "paper", _("on paper")
        ONLINE = "online", _("online")
        IMPORT = "import", _("taken over from the register")
        PROVIDER = "provider", _("by a first online payment")

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="mandates")
    reference = models.CharField(_("mandate reference"), max_length=35, unique=True)
    holder = models.CharField(_("account holder"), max_length=70)
    iban = EncryptedField(_("account number (IBAN)"))
    iban_mark = models.CharField(max_length=32)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    signed_on = models.DateField(_("signed on"))
    way = models.CharField(_("given"), max_length=8, choices=Way)
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    because = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    last_used_on = models.DateField(null=True, blank=True)
    used_before_on = models.DateField(null=True, blank=True)  # last collected with elsewhere, when it was taken over
    kept_by_label = models.CharField(max_length=160, blank=True)
    # A mandate that the provider of online payments keeps: it collects, and no file of ours does.
    provider = models.CharField(max_length=12, blank=True)
    customer_id = models.CharField(max_length=60, blank=True)
    provider_mandate_id = models.CharField(max_length=60, blank=True)
    account_shown = models.CharField(max_length=30, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)  # the provider knows that it ended

    class Meta:
        verbose_name, verbose_name_plural = _("mandate"), _("mandates")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payer"], condition=Q(state__in=["active", "paused"]), name="fee_mandate_one_per_payer"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="fee_mandate_has_reference"),
            models.CheckConstraint(
                condition=Q(way="provider") & ~Q(provider="") & ~Q(customer_id="") & ~Q(provider_mandate_id="")
                | ~Q(way="provider") & Q(provider="", customer_id="", provider_mandate_id=""),
                name="fee_mandate_kept_here_or_at_the_provider",
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_mandate_id"],
                condition=~Q(provider=""),
                name="fee_mandate_once_per_provider_id",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.holder}"

    @property
    def was_used_before(self) -> bool:
        """Taken over from a register that collected with it: the bank knows it, so that nothing is a first any more."""
        return self.used_before_on is not None

    @property
    def masked_iban(self) -> str:
        return masked(self.iban) or self.account_shown or self.get_way_display()


class CollectionBatch(models.Model):
    """Parts collected on one day with one file. Made by one person, approved by another, then always the same file."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        TOLD = "told", _("members are told")
        APPROVED = "approved", _("approved")
        EXPORTED = "exported", _("file given to the bank")
        CANCELLED = "cancelled", _("cancelled")

    name = models.CharField(_("name"), max_length=80)
    reference = models.CharField(max_length=25, unique=True)
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="collections")
    creditor_id = models.CharField(_("creditor identifier"), max_length=35)
    collect_on = models.DateField(_("collected on"))
    format = models.CharField(_("format"), max_length=16)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_id = models.BigIntegerField()  # plain: the books outlive accounts
    made_by_label = models.CharField(max_length=160)
    told_at = models.DateTimeField(null=True, blank=True)
    told_until = models.BigIntegerField(default=0)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_id = models.BigIntegerField(null=True, blank=True)
    approved_by_label = models.CharField(max_length=160, blank=True)
    exported_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("collection"), _("collections")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True) | ~Q(approved_by_id=F("made_by_id")),
                name="fee_batch_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "exported"]) | Q(approved_by_id__isnull=False),
                name="fee_batch_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="exported") | (Q(content__isnull=False) & ~Q(digest="")),
                name="fee_batch_keeps_its_file",
            ),
        ]

    def __str__(self):
        return self.name


class CollectionItem(models.Model):
    """One part collected from one mandate, known to the bank by `end_to_end`."""

    class Sequence(models.TextChoices):
        FIRST = "FRST", _("first")
        RECURRING = "RCUR", _("recurring")

    batch = models.ForeignKey(CollectionBatch, models.PROTECT, related_name="items")
    part = models.ForeignKey(Part, models.PROTECT, related_name="collections")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="items")
    cents = models.BigIntegerField()
    end_to_end = models.CharField(max_length=25, unique=True)
    sequence = models.CharField(max_length=4, choices=Sequence)
    dropped_at = models.DateTimeField(null=True, blank=True)  # left out before the file was made
    attempt = models.OneToOneField(PaymentAttempt, models.PROTECT, null=True, blank=True, related_name="fee_item")
    collected_on = models.DateField(null=True, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="+")
    returned_on = models.DateField(null=True, blank=True)
    return_code = models.CharField(max_length=12, blank=True)
    return_entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("item of a collection"), _("items of collections")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="fee_item_has_amount"),
            models.UniqueConstraint(
                fields=["part"],
                condition=Q(dropped_at__isnull=True, collected_on__isnull=True, returned_on__isnull=True),
                name="fee_item_one_underway_per_part",
            ),
        ]

    def __str__(self):
        return f"{self.end_to_end}: {self.cents}"
