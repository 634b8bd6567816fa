"""What a member may hear when a message cannot be posted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from theme.errors import Refusal


class NothingToPost(Refusal):
    message = _("Write something first.")


class TextTooLong(Refusal):
    message = _("This message is too long: 5,000 characters is the limit. Split it, or add it as a file.")


class ConversationClosed(Refusal):
    message = _("This discussion is closed. You can read it, and start a new one.")


class NotAnAnswer(Refusal):
    message = _("Only a reply that stands in this discussion can be its answer.")


class NothingToMove(Refusal):
    message = _("Choose messages that still stand here, and another discussion of this group.")


class OneAnswerPerMoment(Refusal):
    message = _("There is an answer for this moment already. Remove that one first.")


class PostingTooFast(Refusal):
    """`seconds` is how long to wait."""

    def __init__(self, seconds: int):
        self.seconds = seconds
        words = ngettext(
            "You are posting very fast. Wait %(seconds)d second and try again; your text is kept.",
            "You are posting very fast. Wait %(seconds)d seconds and try again; your text is kept.",
            seconds,
        )
        super().__init__(words % {"seconds": seconds})


class EnoughForToday(Refusal):
    message = _("You have posted a great deal today. Tomorrow you can go on; your text is kept.")


class MayNotChange(Refusal):
    message = _("Only the person who wrote this can change it.")


class TooManyFiles(Refusal):
    message = _("At most ten files go with one message.")


class MayNotWriteTo(Refusal):
    """`other` does not want messages, or not from this member; which of the two is nobody's business."""

    def __init__(self, other=None):
        name = other.first_name if other else ""
        super().__init__(_("You cannot send %(name)s a message. Reach them in a group you share.") % {"name": name})


class MinorsAmongStrangers(Refusal):
    message = _("Young members are only in a conversation with adults who share a group with them, or their parents.")


class TooManyPeople(Refusal):
    message = _("Choose one to seven people. For more people, start a discussion in a group.")
