"""What was spent for a pot, and who approved it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.pots.models.pots import Pot
from finance.pots.models.requests import Allocation

# An expense above this needs a second person's approval.
SECOND_APPROVAL_CENTS = 250_00


def receipt_path(expense, filename: str) -> str:
    return f"receipts/{filename}"  # the name is random already (theme.uploads)


class ExpenseQuerySet(models.QuerySet):
    def waiting(self):
        """Not refused and not yet wholly paid."""
        return self.filter(refused_at__isnull=True, paid_cents__lt=F("cents"))


class Expense(models.Model):
    """What somebody spent for the pot, with its receipt. Approved by another than who claims it, then paid."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="expenses")
    reference = models.CharField(max_length=25, unique=True)
    purpose = models.CharField(_("what was it for?"), max_length=200)
    cents = models.BigIntegerField(_("amount"))
    spent_on = models.DateField(_("spent on"))
    receipt = models.FileField(_("receipt"), upload_to=receipt_path, blank=True)
    receipt_name = models.CharField(max_length=200, blank=True)
    receipt_type = models.CharField(max_length=100, blank=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    claimed_by_label = models.CharField(max_length=160)
    claimed_at = models.DateTimeField(default=timezone.now)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by_label = models.CharField(max_length=160, blank=True)
    refused_because = models.CharField(max_length=300, blank=True)
    paid_cents = models.BigIntegerField(default=0)
    way = models.CharField(max_length=8, choices=Allocation.Way, blank=True)
    paid_on = models.DateField(null=True, blank=True)

    objects = ExpenseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("expense"), _("expenses")
        ordering = ["-claimed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="expense_has_amount"),
            models.CheckConstraint(
                condition=Q(paid_cents__gte=0, paid_cents__lte=F("cents")), name="expense_paid_within_amount"
            ),
        ]

    def __str__(self):
        return f"{self.purpose}: {self.cents}"

    @property
    def needed(self) -> int:
        """How many people must approve: two above the limit."""
        return 2 if self.cents > SECOND_APPROVAL_CENTS else 1

    @property
    def is_approved(self) -> bool:
        return not self.refused_at and self.approvals.count() >= self.needed

    @property
    def is_paid(self) -> bool:
        return self.paid_cents >= self.cents


class Approval(models.Model):
    """One person's yes to an expense."""

    expense = models.ForeignKey(Expense, models.PROTECT, related_name="approvals")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    label = models.CharField(max_length=160)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("approval"), _("approvals")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["expense", "member"], name="approval_once_per_person")]

    def __str__(self):
        return f"{self.expense}: {self.label}"
