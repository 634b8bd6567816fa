"""Refusals around polls that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class PollClosed(Refusal):
    message = _("Voting has closed. Your vote could not be recorded any more.")


class NotYetOpen(Refusal):
    message = _("This poll is not open yet.")


class NotEntitled(Refusal):
    message = _("You cannot vote here: you were not on the list when this poll opened.")


class AlreadyVoted(Refusal):
    message = _("You have voted already, and in this poll a vote is final.")


class InvalidAnswer(Refusal):
    message = _("Choose from the options on the ballot.")


class TooManyChoices(InvalidAnswer):
    message = _("You chose more options than this poll allows. Uncheck some and send it again.")


class NothingChosen(InvalidAnswer):
    message = _("Choose an option first.")


class Frozen(Refusal):
    message = _("This poll has opened: question, options and rules can no longer change. Make a new poll instead.")


class NobodyToAsk(Refusal):
    message = _("There is nobody who may vote in this poll yet.")


class NeedsOptions(Refusal):
    message = _("Write at least two different options, one per line.")


class ClosesTooSoon(Refusal):
    message = _("Choose a closing time in the future.")


class OverBudget(InvalidAnswer):
    message = _("You divided more points than there are. Take some away and send it again.")


class RankNothing(InvalidAnswer):
    message = _("Give at least one option a place: 1 for what you like best.")


class AlwaysOpen(Refusal):
    message = _("This kind of poll always shows names: people arrange something together.")
