"""Refusals of the fees."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class NotAllowed(Refusal):
    message = _("Only the treasurer can do that.")


class PlanInUse(Refusal):
    message = _("There are charges by this plan already. End it, and make a new plan from the day after.")


class PlanOverlaps(Refusal):
    message = _("This kind of membership has a plan in those days already. End that one first.")


class RunNotReady(Refusal):
    message = _("This run cannot be started now. Look at how far it is, and try again.")


class RunIsFinal(Refusal):
    message = _("This run has begun already and cannot be cancelled any more.")


class NothingOpen(Refusal):
    message = _("There is nothing left to pay here.")


class MoreThanOpen(Refusal):
    message = _("That is more than is still open.")


class TooManyParts(Refusal):
    message = _("This cannot be paid in so many parts. Ask the treasurer if you need another arrangement.")


class PartsHaveBegun(Refusal):
    message = _("A payment for this invoice came in already, so the parts stay as they are.")


class NotYetYourTurn(Refusal):
    message = _("Somebody else has to decide this: who proposes it does not approve it.")


class DecidedAlready(Refusal):
    message = _("This has been decided already.")


class AlreadyStopped(Refusal):
    message = _("This membership has an end already.")


class PaysElsewhere(Refusal):
    message = _("This member is in another household already. Take them out there first.")


class NothingToPayBack(Refusal):
    message = _("There is nothing to pay back on this credit note.")


class NotAnAccount(Refusal):
    message = _("This is not an account number (IBAN). Check it, for example NL91 ABNA 0417 1643 00.")


class MandateReferenceTaken(Refusal):
    message = _("There is a mandate with this reference already.")


class NoMandate(Refusal):
    message = _("A mandate needs its reference and the day it was signed.")


class MandateLapsed(Refusal):
    message = _("Signed more than 36 months ago: say in a column “last collection” when it was used since.")


class NoDebitSettings(Refusal):
    message = _("First fill in what your bank gave you for direct debit, under Settings.")


class TooSoonToCollect(Refusal):
    message = _("Members must hear of it %(days)s days before. Choose a later day.")


class NothingToCollect(Refusal):
    message = _("There is nothing to collect: nothing is due by then of payers with a mandate.")


class BatchNotReady(Refusal):
    message = _("This collection is not so far yet, or it is past that. Look at its state.")


class FileNotRead(Refusal):
    message = _("This file cannot be read. It needs a first line with lidnummer or e-mail, and iban or geboortedatum.")
