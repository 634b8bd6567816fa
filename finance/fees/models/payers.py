"""Who gets the invoice: a member, a household, or a body such as a firm or another association."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Payer(models.Model):
    """A payer of fees in the books. Outlives the account, so that sums and invoices stay when a member leaves."""

    class Kind(models.TextChoices):
        PERSON = "person", _("member")
        HOUSEHOLD = "household", _("household")
        BODY = "body", _("organisation")

    kind = models.CharField(_("what"), max_length=10, choices=Kind, default=Kind.PERSON)
    name = models.CharField(_("name on the invoice"), max_length=160)
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="fee_payer"
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who gets the post"),
    )
    address = models.TextField(_("address"), max_length=300, blank=True)
    registration = models.CharField(_("registration number (KvK)"), max_length=20, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("payer of fees"), _("payers of fees")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person") | Q(member__isnull=True), name="fee_payer_of_a_person_has_member"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def recipient_id(self) -> int | None:
        """The member who is told and who may pay in the payer's name."""
        return self.member_id or self.contact_id


class PayerPlace(models.Model):
    """A member whose fee goes to a household or a body instead of to themselves; the first one pays the full fee."""

    payer = models.ForeignKey(Payer, models.CASCADE, related_name="places")
    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="payer_place")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("place in a household"), _("places in households")
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.payer}: {self.member}"
