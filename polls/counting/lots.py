"""Counts that go in steps, where a step may need a lot.

A tie on the way matters only when the ways to break it end with different people elected. So each way is
followed: when all end the same the count goes on, otherwise it stops there and names the tied options.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from polls.counting.elections import Election, Result

# Beyond this many steps the ways are not followed further and the tie is reported as it stands.
STEPS = 5000


@dataclass(frozen=True)
class Finished:
    elected: tuple[int, ...]
    entry: dict


@dataclass(frozen=True)
class Onward:
    state: Hashable
    entry: dict


@dataclass(frozen=True)
class Lot:
    """The options in `tied` are equal in every way the method looks at; `chosen(option)` goes on with one of them.

    `picks_last` says that the lot picks who is excluded: the unluckiest of a recorded draw.
    """

    tied: tuple[int, ...]
    chosen: Callable[[int], Onward]
    elected: tuple[int, ...]
    picks_last: bool
    entry: dict


class _TooManyWays(Exception):
    pass


def follow(election: Election, state: Hashable, advance: Callable) -> Result:
    """Run `advance` from `state` to the end, or to the first lot that decides who is elected."""
    rounds: list[dict] = []
    while not isinstance(step := advance(state), Finished):
        if isinstance(step, Lot):
            outcomes = _outcomes(step, election, advance)
            if outcomes is None or len(outcomes) > 1:
                return _stopped(step, outcomes, rounds)
            step = step.chosen(_picked(step, election) or step.tied[0])
        rounds.append(step.entry)
        state = step.state
    return Result(step.elected, None, [*rounds, step.entry])


def _stopped(step: Lot, outcomes, rounds) -> Result:
    certain = set(step.elected) if outcomes is None else set.intersection(*map(set, outcomes))
    late = sorted(certain - set(step.elected))
    return Result((*step.elected, *late), (step.tied,), [*rounds, {**step.entry, "tied": step.tied}])


def _picked(step: Lot, election: Election) -> int | None:
    order = election.lot_for(step.tied)
    return order[-1 if step.picks_last else 0] if order else None


def _outcomes(step: Lot, election: Election, advance) -> set[frozenset[int]] | None:
    """All sets of options that can end up elected from this lot on; None when there are too many ways to tell."""
    known: dict[Hashable, set[frozenset[int]]] = {}
    steps = 0

    def from_state(state) -> set[frozenset[int]]:
        nonlocal steps
        passed = []
        while state not in known:
            steps += 1
            if steps > STEPS:
                raise _TooManyWays
            passed.append(state)
            following = advance(state)
            if isinstance(following, Finished):
                known[state] = {frozenset(following.elected)}
            elif isinstance(following, Lot):
                known[state] = from_lot(following)
            else:
                state = following.state
        for earlier in passed:
            known[earlier] = known[state]
        return known[state]

    def from_lot(lot: Lot) -> set[frozenset[int]]:
        picked = _picked(lot, election)
        ways = [picked] if picked else lot.tied
        return set().union(*(from_state(lot.chosen(option).state) for option in ways))

    try:
        return from_lot(step)
    except (_TooManyWays, RecursionError):
        return None
