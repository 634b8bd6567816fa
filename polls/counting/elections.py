"""What goes into a count and what comes out of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Ranking = tuple[tuple[int, ...], ...]
"""One ballot: groups of option numbers in order of preference; options in one group rank equally."""


class Malformed(ValueError):
    """Ballots that cannot be counted; the text is one sentence for the person who handed them in."""


@dataclass(frozen=True)
class Election:
    """Ballots of one question.

    `options` are numbered from 1. `profile` says how many votes (a whole number, weights included) each
    ranking has. `lots` are outcomes of draws that were held: each an order of tied options, luckiest first.
    """

    options: tuple[int, ...]
    profile: Mapping[Ranking, int]
    seats: int = 1
    lots: tuple[tuple[int, ...], ...] = ()

    def lot_for(self, tied: Iterable[int]) -> list[int] | None:
        """The tied options in the order of a recorded draw, or None when no draw covers them all."""
        tied = set(tied)
        for order in self.lots:
            if tied <= set(order):
                return [option for option in order if option in tied]
        return None


@dataclass(frozen=True)
class Result:
    """Who is certainly elected, between whom a lot must decide, and how the count went.

    `tie` is None, or groups of option numbers that compete for the seats `elected` leaves open. `elected` can
    also be short without a tie: nobody had the majority the method asks for.
    """

    elected: tuple[int, ...]
    tie: tuple[tuple[int, ...], ...] | None = None
    rounds: list[dict] = field(default_factory=list)

    def as_json(self) -> dict:
        tie = [list(group) for group in self.tie] if self.tie else None
        return {"elected": list(self.elected), "tie": tie, "rounds": [plain(entry) for entry in self.rounds]}


def plain(value):
    """`value` for JSON: a fraction becomes a whole number or a text such as "7/2", keys become texts."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return value


def merged(ballots: Iterable[tuple[int, Ranking]]) -> Counter:
    """Ballots with equal rankings put together; the order inside a group means nothing."""
    profile: Counter = Counter()
    for number, ranking in ballots:
        profile[tuple(tuple(sorted(group)) for group in ranking)] += number
    return profile


def first_choices(ranking: Ranking, continuing) -> tuple[int, ...]:
    """The options of `continuing` that this ballot now prefers above all others: none, one or several."""
    for group in ranking:
        standing = tuple(option for option in group if option in continuing)
        if standing:
            return standing
    return ()
