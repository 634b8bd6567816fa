"""Refusals around bank files and matching."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class FileRefused(Refusal):
    """The file cannot be read or booked right; the message is the reader's own sentence."""


class UnknownAccount(Refusal):
    message = _("This file is of account %(account)s, which is not one of the association's accounts here.")


class WrongCurrency(Refusal):
    message = _("This file is in %(currency)s. Only euro accounts can be booked.")


class NothingInFile(Refusal):
    message = _("This file names no day and no line, so there is nothing to book.")


class AnotherFormat(Refusal):
    message = _(
        "The days in this file were imported as %(format)s before. Use one kind of file, or lines would count twice."
    )


class NotOpen(Refusal):
    message = _("This line has been matched by somebody else meanwhile.")


class NoOtherAccount(Refusal):
    message = _("The association has one account here. First add the savings account that the money went to.")


class AccountKnown(Refusal):
    message = _("This account is here already.")


class NoMainAccount(Refusal):
    message = _("First fill in the account that members pay to.")


class NothingToMatch(Refusal):
    message = _("Choose a request that is still open.")


class RefundPaid(Refusal):
    message = _("This money has been paid back already.")


class NotMatched(Refusal):
    message = _("There is nothing to undo on this line.")
