"""Methods that give points for places."""

from fractions import Fraction

from polls.counting.elections import Election, Result
from polls.counting.standings import highest


def borda(election: Election) -> Result:
    """One point for each option ranked below, half a point for each other one ranked equally.

    Options left out rank equally below all others, so every ballot hands out the same number of points.
    """
    points = dict.fromkeys(election.options, Fraction(0))
    for ranking, number in election.profile.items():
        for group, below in _places(election, ranking):
            worth = number * (below + Fraction(len(group) - 1, 2))
            for option in group:
                points[option] += worth
    return highest(points, election, [{"points": points}])


def score(election: Election) -> Result:
    """The first group scores as many points as there are options, each next group one less; left out scores 0."""
    top = len(election.options)
    points = dict.fromkeys(election.options, 0)
    for ranking, number in election.profile.items():
        for place, group in enumerate(ranking):
            for option in group:
                points[option] += number * (top - place)
    return highest(points, election, [{"points": points}])


def _places(election: Election, ranking):
    """Each group of the ballot, the left-out options last, with the number of options below it."""
    named = {option for group in ranking for option in group}
    left_out = tuple(option for option in election.options if option not in named)
    below = len(election.options)
    for group in (*ranking, left_out):
        below -= len(group)
        yield group, below
