"""Pots: money collected for one purpose, kept apart; who is asked for how much, and what came in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import Entry
from groups.subgroups.models import Subgroup

# An expense above this needs a second person's approval.
SECOND_APPROVAL_CENTS = 250_00


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


class Pot(models.Model):
    """Money for one purpose, in a ring of its own: it can pay for nothing else."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        PAUSED = "paused", _("Paused")
        CLOSING = "closing", _("Closing")
        CLOSED = "closed", _("Closed")

    class Visibility(models.TextChoices):
        TOTALS = "totals", _("Only totals")
        NAMES = "names", _("Who has paid, by name")
        NOTHING = "nothing", _("Nobody sees who paid, nor how many")

    class Surplus(models.TextChoices):
        REFUND = "refund", _("Back to who paid, in proportion")
        ASSOCIATION = "association", _("To the association")

    subgroup = models.ForeignKey(Subgroup, models.PROTECT, related_name="pots", verbose_name=_("group"))
    name = models.CharField(_("name"), max_length=80)
    purpose = models.TextField(_("what is it for?"), max_length=1000)
    goal_cents = models.BigIntegerField(_("goal"), null=True, blank=True)
    deadline = models.DateField(_("until"), null=True, blank=True)
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.OPEN)
    visibility = models.CharField(
        _("who sees who has paid"), max_length=8, choices=Visibility, default=Visibility.TOTALS
    )
    hidden_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("a surprise for"),
    )
    remind_days = models.JSONField(_("reminder days"), default=list)
    remind_hour = models.PositiveSmallIntegerField(_("reminder hour"), default=10)
    template = models.CharField(max_length=10, blank=True, editable=False)
    surplus = models.CharField(_("what happens with what is left"), max_length=12, choices=Surplus, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by_label = models.CharField(max_length=160, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("pot"), _("pots")
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["subgroup", "status"], name="pot_by_subgroup")]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(name=""), name="pot_has_purpose"),
            models.CheckConstraint(
                condition=Q(goal_cents__isnull=True) | Q(goal_cents__gt=0), name="pot_goal_positive"
            ),
            models.CheckConstraint(condition=Q(remind_hour__gte=9, remind_hour__lte=20), name="pot_reminds_by_day"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="pot_closed_has_moment",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("pot", args=[self.pk])

    @property
    def ring(self) -> str:
        return f"pot:{self.pk}"

    @property
    def takes_money(self) -> bool:
        return self.status in (self.Status.OPEN, self.Status.PAUSED)

    @property
    def days_left(self) -> int | None:
        return (self.deadline - timezone.localdate()).days if self.deadline else None


class Handover(models.Model):
    """The Geldchef offers the pot to a successor, who accepts its balance and its open requests."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="handovers")
    from_label = models.CharField(max_length=160)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    to_label = models.CharField(max_length=160)
    bank_cents = models.BigIntegerField()
    cash_cents = models.BigIntegerField()
    open_cents = models.BigIntegerField()
    offered_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("hand-over"), _("hand-overs")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pot"],
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True),
                name="handover_one_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.pot}: {self.from_label} → {self.to_label}"


class PotRole(models.Model):
    """Who looks after a pot, from when to when."""

    class Role(models.TextChoices):
        CHEF = "chef", _("pot treasurer")
        CO_CHEF = "co_chef", _("deputy pot treasurer")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="roles")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="pot_roles")
    label = models.CharField(max_length=160)
    role = models.CharField(max_length=8, choices=Role)
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by_label = models.CharField(max_length=160, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("role in a pot"), _("roles in pots")
        constraints = [
            models.UniqueConstraint(
                fields=["pot"], condition=Q(role="chef", ended_at__isnull=True), name="pot_has_one_chef"
            ),
            models.UniqueConstraint(
                fields=["pot", "member"], condition=Q(ended_at__isnull=True), name="pot_role_once_per_member"
            ),
        ]

    def __str__(self):
        return f"{self.label} · {self.get_role_display()}"


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

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="requests")
    party = models.ForeignKey(Party, models.PROTECT, related_name="requests")
    round = models.PositiveIntegerField(default=1)
    reference = models.CharField(max_length=25, unique=True)
    amount_cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField(default=0)
    due_on = models.DateField()
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by_label = models.CharField(max_length=160, blank=True)
    waived_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("payment request"), _("payment requests")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], name="request_by_due_day")]
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


def receipt_path(expense, filename: str) -> str:
    return f"receipts/{filename}"  # the name is random already (theme.uploads)


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
