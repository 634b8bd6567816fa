"""Refusals around subgroups that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class UmbrellaFull(Refusal):
    message = _("There are already 50 active groups. Archive a group first, then there is room for a new one.")


class GroupImportIsFinal(Refusal):
    message = _("This file was taken over or undone already.")


class SubgroupFull(Refusal):
    message = _("This group is full (at most 1,024 members). You can wait for a place.")


class SubgroupArchived(Refusal):
    message = _("This group is archived. You can read back, but not join or post.")


class NotOpenToJoin(Refusal):
    message = _("You cannot join this group by yourself. Ask one of its managers.")


class LastManager(Refusal):
    message = _("You are the only manager. Name a successor first, then you can leave.")


class NotAMember(Refusal):
    message = _("This person is not a member of the group.")


class Banned(Refusal):
    message = _("You cannot join this group for now. Ask one of its managers until when.")


class AlreadyIn(Refusal):
    message = _("This person is in the group already.")


class AlreadyAsked(Refusal):
    message = _("You have asked already. A manager will look at it.")


class AlreadyDecided(Refusal):
    message = _("Somebody else has decided on this already.")


class AlreadyInvited(Refusal):
    message = _("This person has an open invitation already.")


class AlreadyOffered(Refusal):
    message = _("This role has been offered already and waits for an answer.")


class NotToBeAsked(Refusal):
    message = _("This member does not want to be invited to groups by you.")


class NewcomersOnly(Refusal):
    message = _("You are a member already. This link is for new members.")


class NotForNewcomers(Refusal):
    message = _("Only a community manager can let new people into the association.")


class TooManyInvitations(Refusal):
    message = _("That were many invitations for one day. Go on tomorrow, or make one link for everybody.")


class InvitationGone(Refusal):
    message = _("This invitation no longer works. Ask for a new one.")


class OfferGone(Refusal):
    message = _("This place has gone to the next in the queue.")


class NotYours(Refusal):
    message = _("This was not meant for you, or you have answered already.")


class RightIsFixed(Refusal):
    message = _("This cannot be switched per group.")


class NeedsSuccessor(Refusal):
    message = _("Something still hangs on this role. Choose who takes it over.")


class NameTaken(Refusal):
    message = _("There is a group with this name, or there was one. Choose another name.")


class PlacesTaken(Refusal):
    message = _("There are more members in the group than that. Choose a higher number.")


class MergedTooLarge(Refusal):
    message = _("Together these groups have more than 1,024 members. That does not fit in one group.")


class ReplyTooLate(Refusal):
    message = _("You can no longer reply to this.")


class ClearingUnderWay(Refusal):
    message = _("This group is already going to be emptied or deleted. Call that off first.")


class NothingToCallOff(Refusal):
    message = _("There is nothing to call off: somebody was first, or it has been done.")


class ClearingBegun(Refusal):
    message = _("It has begun and cannot be stopped any more.")


class UnderHold(Refusal):
    message = _("Everything in this group is being kept for a legal matter. The privacy officer can tell you more.")


class StillInTheWay(Refusal):
    def __init__(self, sentences):
        super().__init__(" ".join(str(sentence) for sentence in sentences))
