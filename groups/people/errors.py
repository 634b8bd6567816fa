"""Refusals around people that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class ApplicationGone(Refusal):
    message = _("This link no longer works. Fill in the form again, then you get a new one.")


class ApplicationDecided(Refusal):
    message = _("Somebody else has decided on this application already.")


class AddressTaken(Refusal):
    message = _("Somebody else has this number or e-mail address already. Are the two one person? Then make them one.")


class NotToMerge(Refusal):
    message = _("These two cannot become one: choose two different people who are both still there.")


class MergeNotRecorded(Refusal):
    message = _("This merge was made before we kept what moved, so it cannot be undone. Make a new account instead.")


class MergeIsFinal(Refusal):
    message = _("This was more than 30 days ago, or it has been undone already.")


class ImportRefused(Refusal):
    message = _("This file cannot be read.")


class ImportIsFinal(Refusal):
    message = _("This import has been taken over or undone already.")


class CannotHelp(Refusal):
    message = _("This person cannot look along with you. Choose somebody else from the list.")


class SupportOver(Refusal):
    message = _("This leave is over. Ask the member to give it again.")


class AlreadySo(Refusal):
    message = _("It is so already: there is nothing to put back.")


class NoLongerAllowed(Refusal):
    message = _("This cannot be put back any more.")
