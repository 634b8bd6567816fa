"""Counts that gauge rather than elect: statements, dates, points, sign-ups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

YES, IF_NEED_BE, NO = 2, 1, 0


@dataclass(frozen=True)
class DateStanding:
    """How one date does: who can come, who can if need be."""

    option: int
    yes: int
    if_need_be: int
    no: int


def rank_dates(profile: Mapping[tuple[tuple[int, int], ...], int], dates: Iterable[int]) -> list[DateStanding]:
    """Dates best first: most yes, then most if-need-be, then the earliest; `dates` come in order of time.

    An answer is pairs of date and YES, IF_NEED_BE or NO; a date left out is a no.
    """
    dates = list(dates)
    tallies = {date: {YES: 0, IF_NEED_BE: 0, NO: 0} for date in dates}
    for answer, number in profile.items():
        given = dict(answer)
        for date in dates:
            tallies[date][given.get(date, NO)] += number
    standings = [DateStanding(date, tally[YES], tally[IF_NEED_BE], tally[NO]) for date, tally in tallies.items()]
    return sorted(standings, key=lambda standing: (-standing.yes, -standing.if_need_be, dates.index(standing.option)))


def sum_points(profile: Mapping[tuple[tuple[int, int], ...], int], options: Iterable[int]) -> dict[int, int]:
    """Points per option; an answer is pairs of option and points."""
    points = dict.fromkeys(options, 0)
    for answer, number in profile.items():
        for option, given in answer:
            points[option] += number * given
    return points


def median_step(steps: Mapping[int, int]) -> Fraction | None:
    """The middle answer on an ordered scale, halfway when the two middle ones differ; None without answers."""
    total = sum(steps.values())
    if not total:
        return None
    return Fraction(_step_at(steps, (total - 1) // 2) + _step_at(steps, total // 2), 2)


def _step_at(steps: Mapping[int, int], place: int) -> int:
    for step in sorted(steps):
        place -= steps[step]
        if place < 0:
            return step
    raise IndexError(place)


def places_and_waiting(answers: Iterable[tuple[int, bool]], places: int | None) -> tuple[list[int], list[int]]:
    """Who has a place and who waits, in the order of signing up; `places` None is room for all."""
    coming = [who for who, comes in answers if comes]
    return (coming, []) if places is None else (coming[:places], coming[places:])
