"""Refusals around announcements that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class NotYourAudience(Refusal):
    message = _("You cannot write to these people. Choose groups in which you may post announcements.")


class NobodyThere(Refusal):
    message = _("This announcement would reach nobody. Choose a wider audience.")


class InThePast(Refusal):
    message = _("This moment has passed. Choose a later one, or send it now.")


class AlreadySent(Refusal):
    message = _("This announcement has been sent already. You can correct its text, but not call it back.")


class RepeatedAlready(Refusal):
    message = _("This announcement is repeated already. Stop that first.")


class NotOpenForProposals(Refusal):
    message = _("No changes can be proposed for this page. Write to its owner.")


class NothingChanged(Refusal):
    message = _("Nothing is different from the page. Change the text first.")


class DecidedAlready(Refusal):
    message = _("This proposal was decided already.")


class ChangedMeanwhile(Refusal):
    message = _("The page has changed since. Leave out the parts that no longer fit, or ask for a new proposal.")


class PutAway(Refusal):
    message = _("This page was put away. Show it again first, then take the proposal in.")


class NoPlainWords(Refusal):
    message = _("The page holds more than words by now. Make the change in the editor, or leave the proposal out.")


class RepeatNeedsApproval(Refusal):
    message = _("Announcements of this group are looked at first. Ask a community manager to let this one come back.")


class WaitsAlready(Refusal):
    message = _("This announcement waits for approval already.")


class NotOwnApproval(Refusal):
    message = _("Somebody else has to look at what you wrote.")


class NotMovable(Refusal):
    message = _("This has appeared already, so it cannot be moved.")


class NothingToConfirm(Refusal):
    message = _("Nobody asked to confirm this announcement.")


class TooManyPins(Refusal):
    message = _("Three announcements are pinned there already. Unpin one first.")


class NotPublished(Refusal):
    message = _("This announcement has not appeared yet. Send it first.")


class AlreadyOver(Refusal):
    message = _("This day has passed. Choose a later one.")


class ThreadsNeedGroups(Refusal):
    message = _("A discussion in each group needs groups. Choose groups, or one discussion for everybody.")


class NotYourReply(Refusal):
    message = _("Only who wrote it and the senders of the announcement can remove a reply.")


class NobodyLeftToNudge(Refusal):
    message = _("Everybody has confirmed. There is nobody left to remind.")


class NudgedLately(Refusal):
    message = _("A reminder went out less than a day ago, or three have been sent. Give people some time.")


class NoReplies(Refusal):
    message = _("You cannot reply to this announcement. Ask your question in a group, or write to the sender.")


class NobodyElse(Refusal):
    message = _("Nobody else may send this announcement, so nobody can agree. Ask the community manager.")


class SecondSenderNeeded(Refusal):
    message = _("Somebody else has to agree: two people decide what is urgent.")


class NothingAsked(Refusal):
    message = _("Nobody asks to send this as urgent any more.")


class ChangedSince(Refusal):
    message = _("The announcement was changed after it was called urgent. Read it again and ask anew.")
