"""Was a proposal adopted? Thresholds, what they are measured against, blank votes and quorum.

Dutch statutes differ on each of these, so each is a value of `MajorityRules`. Everything is whole numbers.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Tie(StrEnum):
    """What becomes of a proposal with as many votes in favour as against."""

    REJECTED = "rejected"
    POSTPONED = "postponed"


class Base(StrEnum):
    """What the votes in favour are a share of."""

    VOTES = "votes"
    PRESENT = "present"
    ENTITLED = "entitled"


class Verdict(StrEnum):
    ADOPTED = "adopted"
    REJECTED = "rejected"
    NO_DECISION = "no_decision"
    TIED = "tied"


@dataclass(frozen=True)
class Figures:
    """Votes of one proposal, weights included. `present` counts whoever is present or represented by a proxy."""

    in_favour: int = 0
    against: int = 0
    blank: int = 0
    abstained: int = 0
    invalid: int = 0
    present: int = 0
    entitled: int = 0


@dataclass(frozen=True)
class MajorityRules:
    """`share` of `base` is needed, or more than that when `strict`; `share` None asks for more votes than against.

    `counted` names the kinds besides in favour and against that are part of the votes (base VOTES);
    `counted_for_quorum` the kinds that count as taking part. Kinds are "blank", "abstained" and "invalid".
    """

    share: Fraction | None = Fraction(1, 2)
    strict: bool = True
    base: Base = Base.VOTES
    counted: frozenset[str] = frozenset()
    quorum: Fraction | None = None
    counted_for_quorum: frozenset[str] = frozenset({"blank", "abstained"})
    tie: Tie = Tie.REJECTED


@dataclass(frozen=True)
class Outcome:
    """The verdict with the numbers it rests on: `needed` votes in favour, out of `denominator`."""

    verdict: Verdict
    in_favour: int
    denominator: int
    needed: int
    took_part: int
    quorum_needed: int


def judge(figures: Figures, rules: MajorityRules) -> Outcome:
    """Adopted, rejected, or no decision when the quorum is missed. An equal vote is a rejection, unless the rules
    have it come back: then it is tied, and nothing is decided."""
    denominator = _denominator(figures, rules)
    needed = _needed(figures, rules, denominator)
    took_part = _took_part(figures, rules)
    quorum_needed = _rounded_up(rules.quorum * figures.entitled) if rules.quorum else 0
    if took_part < quorum_needed:
        verdict = Verdict.NO_DECISION
    elif figures.in_favour >= needed:
        verdict = Verdict.ADOPTED
    else:
        verdict = Verdict.TIED if _is_tied(figures, rules) else Verdict.REJECTED
    return Outcome(verdict, figures.in_favour, denominator, needed, took_part, quorum_needed)


def _denominator(figures: Figures, rules: MajorityRules) -> int:
    if rules.base == Base.PRESENT:
        return figures.present
    if rules.base == Base.ENTITLED:
        return figures.entitled
    return figures.in_favour + figures.against + _of(figures, rules.counted)


def _needed(figures: Figures, rules: MajorityRules, denominator: int) -> int:
    """The least number of votes in favour that is enough; at least one, for nothing is adopted by nobody."""
    if rules.share is None:
        return figures.against + 1
    wanted = rules.share * denominator
    needed = wanted.__floor__() + 1 if rules.strict else _rounded_up(wanted)
    return max(needed, 1)


def _is_tied(figures: Figures, rules: MajorityRules) -> bool:
    """Only where one vote more in favour would have been enough; who needs two thirds is not tied at a half."""
    needs_most = rules.share is None or (rules.share == Fraction(1, 2) and rules.base == Base.VOTES)
    is_equal = figures.in_favour == figures.against > 0
    return rules.tie == Tie.POSTPONED and needs_most and is_equal


def _took_part(figures: Figures, rules: MajorityRules) -> int:
    """Who counts for the quorum: whoever is present or represented when that is recorded, else whoever voted."""
    voted = figures.in_favour + figures.against + _of(figures, rules.counted_for_quorum)
    return max(voted, figures.present)


def _of(figures: Figures, kinds: frozenset[str]) -> int:
    return sum(getattr(figures, kind) for kind in kinds)


def _rounded_up(number: Fraction) -> int:
    return number.__ceil__()
