from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class ExportUnderWay(Refusal):
    message = _("Your data is already being collected. You hear from us when it is ready.")


class ErasureUnderWay(Refusal):
    message = _("Your account is already going to be erased. You can still withdraw that.")


class NothingToWithdraw(Refusal):
    message = _("There is nothing to withdraw: the account is not going to be erased.")


class LastManagerLeaves(Refusal):
    message = _("You are the only community manager. Give somebody else that role first.")


class SecondPersonNeeded(Refusal):
    message = _("Somebody else has to confirm this: two people decide on a legal hold.")


class AnswerNeeded(Refusal):
    message = _("Write what was answered before you close the request.")


class MoneyUnderWay(Refusal):
    message = _("Money of this member is still under way. They are erased as soon as it has arrived.")


class UnderLegalHold(Refusal):
    message = _("Data is being kept for a legal matter at the moment. Ask the privacy officer when it can go.")


class BreachClosed(Refusal):
    message = _("This breach has been closed. Enter a new one when there is more to tell.")


class ReportOrReason(Refusal):
    message = _("Before you close it: fill in when it was reported to the authority, or why it is not reported.")
