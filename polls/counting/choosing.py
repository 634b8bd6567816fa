"""Methods on what a voter chose: plurality, approval, absolute majority and its second ballot."""

from collections import Counter
from itertools import combinations, islice
from math import comb

from polls.counting.elections import Election, Result, first_choices
from polls.counting.standings import highest

# More ways than this to admit tied options to a second ballot are not tried one by one: it is a tie.
WAYS = 2000


def plurality(election: Election) -> Result:
    """Most votes; a ballot votes for the option or options it puts first."""
    votes = _first_votes(election, election.options)
    return highest(votes, election, [{"votes": votes}])


def approval(election: Election) -> Result:
    """Most approvals; a ballot approves of every option it names, in whatever group."""
    votes = dict.fromkeys(election.options, 0)
    for ranking, number in election.profile.items():
        for option in {option for group in ranking for option in group}:
            votes[option] += number
    return highest(votes, election, [{"votes": votes}])


def absolute_majority(election: Election) -> Result:
    """More than half of the ballots that choose anything; without it nobody is elected, which is not a tie."""
    votes = _first_votes(election, election.options)
    cast = sum(number for ranking, number in election.profile.items() if ranking)
    with_majority = {option: votes[option] for option in votes if 2 * votes[option] > cast}
    return highest(with_majority, election, [{"votes": votes, "cast": cast, "more_than": f"{cast}/2"}])


def two_round(election: Election) -> Result:
    """Absolute majority; for seats left open a second ballot between twice as many of the highest options."""
    first = absolute_majority(election)
    if first.tie or len(first.elected) == min(election.seats, len(election.options)):
        return first
    left = election.seats - len(first.elected)
    votes = {option: n for option, n in first.rounds[0]["votes"].items() if option not in first.elected}
    admitted = highest(votes, election, [], seats=2 * left)
    if not admitted.tie:
        return _second_ballot(election, first, admitted.elected, left)
    return _whoever_is_admitted(election, first, admitted, left)


def _second_ballot(election: Election, first: Result, finalists, left: int) -> Result:
    votes = _first_votes(election, finalists)
    rounds = [*first.rounds, {"votes": votes, "between": sorted(finalists)}]
    second = highest(votes, election, rounds, seats=left)
    return Result(first.elected + second.elected, second.tie, second.rounds)


def _whoever_is_admitted(election: Election, first: Result, admitted: Result, left: int) -> Result:
    """Options tie for the second ballot: harmless when each way to admit them ends the same, else a tie."""
    (level,) = admitted.tie
    places = 2 * left - len(admitted.elected)
    ways = islice(combinations(level, places), WAYS)
    outcomes = [_second_ballot(election, first, admitted.elected + way, left) for way in ways]
    certain = set.intersection(*(set(outcome.elected) for outcome in outcomes))
    tried_all = comb(len(level), places) <= WAYS
    if tried_all and all(set(outcome.elected) == certain and not outcome.tie for outcome in outcomes):
        return outcomes[0]
    kept = tuple(option for option in outcomes[0].elected if option in certain) if tried_all else first.elected
    return Result(kept, (level,), [*first.rounds, {"tied_for_second_ballot": level}])


def _first_votes(election: Election, continuing) -> dict[int, int]:
    votes = Counter(dict.fromkeys(sorted(continuing), 0))
    for ranking, number in election.profile.items():
        for option in first_choices(ranking, votes):
            votes[option] += number
    return dict(votes)
