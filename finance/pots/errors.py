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


class AskedMeanwhile(Refusal):
    message = _(
        "Members were asked a moment ago, maybe by you in another tab. Look at the pot first. "
        "Do you still want to ask? Then send this once more."
    )


class NotEnoughCash(Refusal):
    message = _("There is not so much cash in the pot. The treasurer can pay it from the bank.")


class PotsUnsettled(Refusal):
    message = _("There is still money in the pots of this group, or asked for them: %(pots)s. Close those pots first.")


class RequestNotOpen(Refusal):
    message = _("This request is not open any more.")


class MoreThanAsked(Refusal):
    message = _("That is more than is still open on this request.")


class DeadlinePassed(Refusal):
    message = _("Choose a day from today on.")


class GoalTooSmall(Refusal):
    message = _("There are more people than cents to share.")


class OwnExpense(Refusal):
    message = _("Somebody else has to approve your own expense.")


class ApprovedAlready(Refusal):
    message = _("You have approved this already. Somebody else has to look at it too.")


class NotEnoughInPot(Refusal):
    message = _("There is not enough in the pot for this.")


class ExpenseNotOpen(Refusal):
    message = _("This expense has been settled already.")


class NotApprovedYet(Refusal):
    message = _("This expense has not been approved yet.")


class HandoverPending(Refusal):
    message = _("This pot has been offered to somebody already. Wait for the answer.")


class NoHandover(Refusal):
    message = _("There is nothing to accept here any more.")


class PotNotEmpty(Refusal):
    message = _("First settle what is open: expenses that wait, and cash that is not with the association yet.")


class ChooseSurplus(Refusal):
    message = _("There is money left. Choose what happens with it.")


class PotClosedAlready(Refusal):
    message = _("This pot has been closed already.")


class PartsNotPossible(Refusal):
    message = _("This payment cannot be spread over so many parts.")


class AmountNotFree(Refusal):
    message = _("This is a fixed amount. Tell the pot treasurer when it does not suit you.")


class NoPledges(Refusal):
    message = _("This pot takes no pledges.")


class ChangePending(Refusal):
    message = _("The payers have been asked about another purpose already. Decide about that first.")


class NoChange(Refusal):
    message = _("This question has been settled already.")


class StillWaiting(Refusal):
    message = _("Not everybody has answered yet. Wait for the day you named.")


class NothingToGiveBack(Refusal):
    message = _("There is nothing to pay back here.")


class PaymentUnderway(Refusal):
    message = _("A payment is still on its way. Close the pot when it has come in.")


class OtherPotNeeded(Refusal):
    message = _("Choose another open pot of this group for what is left.")


class PlanTooLong(Refusal):
    message = _("A pot reminds at most three times. Choose three days or fewer.")
