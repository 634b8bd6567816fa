"""Refusals around turns of duty that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class TurnsOverlap(Refusal):
    message = _("Somebody is on duty in these hours already. Choose others, or let them hand over their turn.")


class TurnOver(Refusal):
    message = _("This turn is over. You can plan a new one.")


class NotInTheGroup(Refusal):
    message = _("This person is not in the group any more. Choose somebody else.")


class AlreadyAsked(Refusal):
    message = _("You have asked somebody already. Wait for the answer, or take your question back.")


class HandoverGone(Refusal):
    message = _("This question was answered or taken back already.")
