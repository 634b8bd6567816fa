"""Refusals around polls that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class PollClosed(Refusal):
    message = _("Voting has closed. Your vote could not be recorded any more.")


class NotYetOpen(Refusal):
    message = _("This poll is not open yet.")


class NotEntitled(Refusal):
    message = _("You cannot vote here: you were not on the list when this poll opened.")


class Barred(Refusal):
    message = _("You may not vote in this poll any more. Ask the board why.")


class NotOnTheList(Refusal):
    message = _("This member is not on the list of voters of this poll.")


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


class TooManyOptions(Refusal):
    message = _("A poll has at most 100 options. Choose one that is there.")


class ClosesTooSoon(Refusal):
    message = _("Choose a closing time in the future.")


class OverBudget(InvalidAnswer):
    message = _("You divided more points than there are. Take some away and send it again.")


class RankNothing(InvalidAnswer):
    message = _("Give at least one option a place: 1 for what you like best.")


class MarkNothing(InvalidAnswer):
    message = _("Give at least one option a mark from 0 to 10.")


class AlwaysOpen(Refusal):
    message = _("This kind of poll always shows names: people arrange something together.")


class TooFewForSecret(Refusal):
    message = _("A secret poll needs at least three voters: with fewer, the result gives the choices away.")


class WeightsTellTales(Refusal):
    message = _("In a secret poll each weight needs at least ten voters: else a weight gives the voter away.")


class SecretShowsLater(Refusal):
    message = _("The result of a secret poll can only be seen after closing.")


class ReceiptsNotPossible(Refusal):
    message = _("Codes to check the count go with a secret poll in which everybody has one vote and nothing is ranked.")


class TellersNotReady(Refusal):
    message = _("A secret election needs three tellers who have each chosen a passphrase. Then it can open.")


class TellerIsCandidate(Refusal):
    message = _("A candidate cannot be a teller of the same election.")


class PassphraseTooShort(Refusal):
    message = _("Choose a passphrase of at least 16 characters, for example four words that do not belong together.")


class WrongPassphrases(Refusal):
    message = _("These passphrases do not open enough shares. Nothing has changed; try again.")


class EnvelopeUnreadable(Refusal):
    message = _("An envelope cannot be opened: it is damaged, or was put in another row. The count has stopped.")


class KeyLost(Refusal):
    message = _("The server part of this poll's key is missing. The poll cannot be counted and must be held again.")


class NoTie(Refusal):
    message = _("There is no tie between these options to draw lots for.")


class NotYetCounted(Refusal):
    message = _("This poll has not been counted yet.")


class StatutesUnanswered(Refusal):
    message = _("Answer first what your statutes say: the rules of a meeting follow from them.")


class CalledTooLate(Refusal):
    message = _("It is too late to call this meeting for that day.")


class NoGroundForDigital(Refusal):
    message = _("Your statutes page gives no ground for a wholly digital meeting.")


class MeetingNotRunning(Refusal):
    message = _("This meeting is not open.")


class NoInstructions(Refusal):
    message = _("The rules of this meeting know no proxies with an instruction. Leave it empty, or talk it over.")


class NoProxies(Refusal):
    message = _("Your statutes do not allow proxies.")


class ProxyTooLate(Refusal):
    message = _("It is too late to give or withdraw a proxy for this meeting.")


class HolderIsFull(Refusal):
    message = _("This member already votes for as many others as your statutes allow. Ask somebody else.")


class NoProxyChains(Refusal):
    message = _("Who holds a proxy cannot give one away, and who has given one cannot hold one.")


class NoRightToVote(Refusal):
    message = _("Both giver and holder of a proxy must have the right to vote.")


class NotPresent(Refusal):
    message = _("Vote once you are present: check in at the meeting first.")


class ProxyStands(Refusal):
    message = _("You gave a proxy for this meeting, and your statutes let the holder vote for you.")


class AlreadyDecided(Refusal):
    message = _("This decision has been recorded. A decision never changes; a new vote makes a new one.")


class MinutesAdopted(Refusal):
    message = _("These minutes have been adopted and no longer change.")


class AnswerMissing(InvalidAnswer):
    message = _("Answer the questions that are marked as needed.")


class SurveyEmpty(Refusal):
    message = _("Add at least one question first.")


class DependsOnLater(Refusal):
    message = _("A question can only depend on an earlier one.")


class NoMomentFound(Refusal):
    message = _("Nobody can come at that moment, so there is nothing to plan.")


class AlreadyPlanned(Refusal):
    message = _("This moment is in the agenda already.")


class NoSecondBallot(Refusal):
    message = _("This election needs no second ballot, or has one already.")


class TieForSecondBallot(Refusal):
    message = _("Candidates are tied for the last place in the second ballot. Draw lots between them first.")


class QuorumNotMissed(Refusal):
    message = _("There is no vote here that missed its quorum and was not taken again.")


class SecondMeetingTooLate(Refusal):
    message = _("That is too late for the second meeting.")


class AgendaFrozen(Refusal):
    message = _("The meeting has been called with this agenda: it can only be added to.")


class QuestionsClosed(Refusal):
    message = _("Questions can be asked from the call until the meeting closes.")


class OthersDepend(Refusal):
    message = _("Another question is asked only after this one. Take that one out first.")
