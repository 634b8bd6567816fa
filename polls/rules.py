"""The rules of one poll, frozen when it opens and shown on the ballot before the options."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from fractions import Fraction

from polls.counting.majority import Base, MajorityRules, Tie


class Shown(StrEnum):
    """When the result is seen."""

    LIVE = "live"
    AFTER_VOTE = "after_vote"
    AFTER_CLOSE = "after_close"
    AFTER_PUBLICATION = "after_publication"


class Audience(StrEnum):
    """Who sees the result."""

    EVERYBODY = "everybody"
    BOARD = "board"


@dataclass(frozen=True)
class Majority:
    """What a proposal needs, as the statutes have it. `share` is "2/3", or empty for more votes for than against."""

    share: str = "1/2"
    strict: bool = True
    base: str = Base.VOTES
    counted: tuple[str, ...] = ()
    quorum: str = ""
    counted_for_quorum: tuple[str, ...] = ("blank", "abstained")
    tie: str = Tie.REJECTED

    def as_counted(self) -> MajorityRules:
        return MajorityRules(
            share=Fraction(self.share) if self.share else None,
            strict=self.strict,
            base=Base(self.base),
            counted=frozenset(self.counted),
            quorum=Fraction(self.quorum) if self.quorum else None,
            counted_for_quorum=frozenset(self.counted_for_quorum),
            tie=Tie(self.tie),
        )


@dataclass(frozen=True)
class Rules:
    """Only the rules of the poll's own kind are looked at; the rest keeps its default."""

    shown: str = Shown.AFTER_CLOSE
    audience: str = Audience.EVERYBODY
    may_change: bool = True
    most_choices: int = 1
    blank: bool = False
    abstain: bool = False
    shuffle: bool = False
    method: str = ""
    seats: int = 1
    budget: int = 10
    places: int | None = None
    majority: Majority = field(default_factory=Majority)
    proxies_per_holder: int = 0
    weights: dict[str, int] = field(default_factory=dict)  # {id of a kind of membership: votes}; others have one
    kinds: list[int] = field(default_factory=list)  # kinds of membership that may vote; empty is all
    from_age: int = 0  # in years on the record date, or at opening; 0 is at every age
    record_on: str = ""  # ISO date: who was a member on that day
    quorum: str = ""  # of the electors, for every kind but a motion, whose majority has its own
    figures_when_few: bool = False
    links: int = 0
    receipts: bool = False  # a secret poll that publishes each choice beside a code that only its voter knows
    # Days before closing on which who has not voted is reminded; None is by the length of the poll, [] is never.
    remind_days: list[int] | None = None
    remind_hour: int | None = None  # on the clock in Amsterdam; None is the hour of closing
    plans_event: bool = False
    event_minutes: int = 120

    @classmethod
    def from_json(cls, stored: dict) -> "Rules":
        values = dict(stored)
        majority = values.pop("majority", {})
        lists = {key: tuple(value) if isinstance(value, list) else value for key, value in majority.items()}
        return cls(**values, majority=Majority(**lists))

    @property
    def least_part(self) -> str:
        """The quorum, wherever this kind of poll keeps it."""
        return self.quorum or self.majority.quorum

    def as_json(self) -> dict:
        return json.loads(json.dumps(asdict(self)))


def rules_hash(*parts) -> str:
    """A fingerprint of everything a voter was shown before voting."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
