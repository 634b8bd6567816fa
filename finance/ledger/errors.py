"""Refusals of the books."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class BalanceTooLow(Refusal):
    message = _("There is not enough money in this pot for that.")


class AlreadyReversed(Refusal):
    message = _("This booking has been undone already.")


class RingsDiffer(Refusal):
    message = _("Money of one pot can never pay for another pot.")


class PeriodSigned(Refusal):
    message = _("The auditors have signed the books of that day. Nothing can be booked there any more.")


class NothingToSign(Refusal):
    message = _("Choose a day in the past that has not been signed yet.")
