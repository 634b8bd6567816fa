"""What the pages of a poll read."""

from dataclasses import dataclass

from notifications.budget import forecast
from polls.access import in_subgroups, visible_polls
from polls.counting.gauges import places_and_waiting
from polls.kinds import kind_of
from polls.kinds.base import Bar
from polls.models import Elector, Poll, Secrecy, Tally
from polls.quorum import quorum_words
from polls.reminding import reminder_moments
from polls.rules import Audience, Shown
from polls.services.counting import STEP, profile_of, shape_of, totals_move, turnout
from polls.services.draws import settled_result
from polls.services.electorate import electorate

# Of a secret poll with fewer votes than this only the outcome is shown, without figures.
FEW = 10


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A result as this reader may see it now."""

    sentence: str
    bars: list[Bar]
    voters: int
    entitled: int
    version: int
    is_final: bool
    quorum: str = ""  # whether the quorum was reached, with both numbers


def right_to_vote(poll: Poll, member) -> Elector | None:
    return Elector.objects.filter(poll=poll, member_id=member.pk).first()


def shown_result(poll: Poll, elector: Elector | None, *, sees_figures: bool) -> ShownResult | None:
    """The result, or None while it is not this reader's to see. Every page and download asks this one function."""
    if poll.rules.audience == Audience.BOARD and not sees_figures:
        return None
    if poll.is_running:
        return _running_result(poll, elector) if may_see_running(poll, elector) else None
    return final_result(poll)


def may_see_running(poll: Poll, elector: Elector | None) -> bool:
    if not totals_move(poll):
        return False
    return poll.rules.shown == Shown.LIVE or bool(elector and elector.voted)


def final_result(poll: Poll) -> ShownResult | None:
    """The count that stands, once it may be seen."""
    tally = final_tally(poll)
    return _from_tally(poll, tally) if tally else None


def final_tally(poll: Poll) -> Tally | None:
    if poll.rules.shown == Shown.AFTER_PUBLICATION and poll.state != Poll.State.PUBLISHED:
        return None
    return Tally.objects.filter(poll=poll, is_final=True).first()


def _running_result(poll: Poll, elector) -> ShownResult | None:
    tally = Tally.objects.filter(poll=poll, is_final=False).first()
    if poll.secrecy == Secrecy.CONFIDENTIAL:
        return _from_tally(poll, tally) if tally and tally.voters >= STEP else None
    # Counted afresh, so that who has just voted finds the own vote in it.
    shape = shape_of(poll)
    result = kind_of(poll).result(profile_of(poll), shape)
    return _shown(poll, result, *turnout(poll), version=tally.version if tally else 0, is_final=False, shape=shape)


def _from_tally(poll: Poll, tally: Tally) -> ShownResult:
    result = settled_result(poll, tally) if tally.is_final else tally.result
    if poll.is_secret and tally.voters < FEW and not poll.rules.figures_when_few:
        outcome = kind_of(poll).outcome(result, shape_of(poll))
        return ShownResult(outcome, [], tally.voters, tally.entitled, version=tally.version, is_final=True)
    return _shown(poll, result, tally.voters, tally.entitled, version=tally.version, is_final=tally.is_final)


def _shown(
    poll: Poll, result: dict, voters: int, entitled: int, *, version: int, is_final: bool, shape=None
) -> ShownResult:
    kind, shape = kind_of(poll), shape or shape_of(poll)
    return ShownResult(
        kind.sentence(result, shape),
        kind.bars(result, shape),
        voters,
        entitled,
        version=version,
        is_final=is_final,
        quorum=quorum_words(poll, result, voters, entitled),
    )


def named_choices(poll: Poll):
    """Who chose what, by name: only of an open poll, the caller has checked that its result may be seen."""
    if poll.secrecy != Secrecy.OPEN:
        return Elector.objects.none()
    voted = Elector.objects.filter(poll=poll, voted=True).select_related("member")
    return voted.order_by("member__last_name", "member__first_name", "pk")


@dataclass(frozen=True, slots=True)
class SignedUp:
    coming: list
    waiting: list


def signed_up(poll: Poll) -> SignedUp:
    """Who has a place and who waits, in the order of signing up."""
    placed = Elector.objects.filter(poll=poll, place__isnull=False).select_related("member").order_by("place")
    coming, waiting = places_and_waiting(((elector, True) for elector in placed), poll.rules.places)
    return SignedUp([elector.member for elector in coming], [elector.member for elector in waiting])


@dataclass(frozen=True, slots=True)
class PollRow:
    """One line of a list of polls."""

    poll: Poll
    is_to_vote: bool
    has_voted: bool
    sentence: str


def poll_rows(polls, member) -> list[PollRow]:
    """Rows for a page of polls, with a fixed number of queries."""
    polls = list(polls.select_related("subgroup").prefetch_related("options", "tallies", "draws"))
    mine = dict(Elector.objects.filter(poll__in=polls, member_id=member.pk).values_list("poll_id", "voted"))
    return [
        PollRow(
            poll,
            is_to_vote=poll.is_running and mine.get(poll.pk) is False,
            has_voted=bool(mine.get(poll.pk)),
            sentence=_row_sentence(poll),
        )
        for poll in polls
    ]


def _row_sentence(poll: Poll) -> str:
    hidden = poll.rules.audience == Audience.BOARD
    unpublished = poll.rules.shown == Shown.AFTER_PUBLICATION and poll.state != Poll.State.PUBLISHED
    tally = next((tally for tally in poll.tallies.all() if tally.is_final), None)
    if tally is None or hidden or unpublished:
        return ""
    return _from_tally(poll, tally).sentence


def before_opening(poll: Poll) -> dict:
    """What who is about to open it should know: how often it reminds, and how full the week of the voters is."""
    if poll.is_frozen:
        return {}
    reminders = len(reminder_moments(poll))
    return {"reminders": reminders, "forecast": forecast(electorate(poll), "poll.reminder")}


def polls_of(member, subgroup=None):
    """What a list shows: still open first, the nearest closing on top, then what has closed, the latest on top."""
    polls = visible_polls(member)
    return polls.filter(in_subgroups([subgroup])) if subgroup else polls
