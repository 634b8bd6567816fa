"""Refusals around online payments."""

from django.utils.translation import gettext_lazy as _

from finance.providers.interface import ProviderAway, ProviderRefused
from theme.errors import Refusal

__all__ = ["MoreThanPaid", "NoProvider", "NothingHeld", "OwnRefund", "ProviderAway", "ProviderRefused", "RefundNotOpen"]


class NoProvider(Refusal):
    message = _("Paying online is not possible here. Pay by bank transfer.")


class MoreThanPaid(Refusal):
    message = _("That is more than can still be paid back of this payment.")


class OwnRefund(Refusal):
    message = _("Somebody else has to approve what you asked for yourself.")


class RefundNotOpen(Refusal):
    message = _("This refund has been settled already.")


class NothingHeld(Refusal):
    message = _("This payment needs no decision any more.")
