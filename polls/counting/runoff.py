"""Instant run-off: drop the option with the fewest first choices until the seats are filled."""

from fractions import Fraction

from polls.counting.elections import Election, Result, first_choices
from polls.counting.lots import Finished, Lot, Onward, follow


def irv(election: Election) -> Result:
    """Options are dropped one by one; a ballot whose first choices rank equally is shared out evenly over them.

    With one seat it ends as soon as an option has more than half of the votes still in play; with more seats when
    as many options are left as there are seats.
    """

    def advance(continuing: frozenset[int]):
        votes, exhausted = _tally(election, continuing)
        entry = {"votes": votes, "exhausted": exhausted}
        if winners := _winners(election, votes):
            return Finished(winners, {**entry, "elected": winners})
        return _drop_lowest(election, continuing, votes, entry)

    return follow(election, frozenset(election.options), advance)


def _tally(election: Election, continuing) -> tuple[dict[int, Fraction], int]:
    votes = dict.fromkeys(sorted(continuing), Fraction(0))
    exhausted = 0
    for ranking, number in election.profile.items():
        preferred = first_choices(ranking, continuing)
        if not preferred:
            exhausted += number
        for option in preferred:
            votes[option] += Fraction(number, len(preferred))
    return votes, exhausted


def _winners(election: Election, votes) -> tuple[int, ...]:
    order = sorted(votes, key=lambda option: (-votes[option], option))
    if len(order) <= election.seats:
        return tuple(order)
    if election.seats == 1 and 2 * votes[order[0]] > sum(votes.values()):
        return (order[0],)
    return ()


def _drop_lowest(election: Election, continuing, votes, entry):
    fewest = min(votes.values())
    lowest = tuple(option for option in votes if votes[option] == fewest)

    def without(*dropped) -> Onward:
        return Onward(continuing - set(dropped), {**entry, "excluded": dropped})

    # Options nobody has in first place can go together: dropping one moves no vote.
    together = fewest == 0 and len(continuing) - len(lowest) >= election.seats
    if len(lowest) == 1 or together:
        return without(*lowest)
    return Lot(lowest, without, elected=(), picks_last=True, entry=entry)
