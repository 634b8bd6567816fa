"""Refusals of the books."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class BalanceTooLow(Refusal):
    message = _("There is not enough money in this pot for that.")


class AlreadyReversed(Refusal):
    message = _("This booking has been undone already.")


class RingsDiffer(Refusal):
    message = _("Money of one pot can never pay for another pot.")
