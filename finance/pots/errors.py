"""Refusals around pots and payment requests."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class NotAllowed(Refusal):
    message = _("Only the pot treasurer and the deputy can do this.")


class ChefNotInGroup(Refusal):
    message = _("The pot treasurer must be a member of the group.")


class PotTakesNoMoney(Refusal):
    message = _("This pot is closed. No more money can come in.")


class NobodyToAsk(Refusal):
    message = _("Choose at least one member to ask.")


class RequestNotOpen(Refusal):
    message = _("This request is not open any more.")


class MoreThanAsked(Refusal):
    message = _("That is more than is still open on this request.")


class DeadlinePassed(Refusal):
    message = _("Choose a day from today on.")


class GoalTooSmall(Refusal):
    message = _("There are more people than cents to share.")
