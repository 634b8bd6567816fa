"""What a member may hear when something with a topic cannot be done."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal
from theme.templatetags.theme import long_day as day


class TopicOver(Refusal):
    message = _("This is closed. You can still read it and reply.")


class NotOwnSuggestion(Refusal):
    message = _("You made this suggestion yourself; others can support it.")


class NotOwnAsk(Refusal):
    message = _("This is your own. Others can say that they can help.")


class ReasonNeeded(Refusal):
    message = _("Say why not, so that who suggested it knows.")


class EnoughFeedback(Refusal):
    """`again` is the first day on which the member may ask again."""

    def __init__(self, again):
        words = _("You asked for feedback twice this month. You can ask again from %(day)s.")
        super().__init__(words % {"day": day(again)})


class StateUnknown(Refusal):
    message = _("That is not a state this can be in.")


class EnoughArguments(Refusal):
    message = _("There are many arguments on this side already. Back the one that says it best.")
