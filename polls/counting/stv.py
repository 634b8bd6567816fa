"""Single transferable vote by the Scottish rules.

Source: The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52: Droop quota,
weighted inclusive Gregory transfers with values cut off after five decimals, ties by the most recent stage at which
the candidates differed. Where the order then says "by lot" this count reports a tie.
Votes are whole numbers of 1/100,000 vote.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from polls.counting.elections import Election, Result
from polls.counting.lots import Finished, Lot, Onward, follow

ONE = 100_000

Paper = tuple[tuple[int, ...], int]
"""A ballot paper in somebody's pile: the preferences still to come, and its present value."""

Pile = tuple[tuple[Paper, int], ...]
"""Papers with how many there are of each, sorted, so that equal piles are equal."""


@dataclass(frozen=True)
class Stage:
    """Where the count stands after a stage. `votes` and `piles` are in the order of the election's options."""

    votes: tuple[int, ...]
    piles: tuple[Pile, ...]
    continuing: frozenset[int]
    elected: tuple[int, ...] = ()
    surplus_to_transfer: frozenset[int] = frozenset()
    earlier: tuple[tuple[int, ...], ...] = ()


def stv_scottish(election: Election) -> Result:
    """Seats by the Scottish rules. A paper counts up to the first place where it ranks options equally."""
    papers = _papers(election)
    quota = (sum(papers.values()) // (election.seats + 1) + 1) * ONE
    spot = {option: index for index, option in enumerate(election.options)}

    def advance(stage: Stage):
        return _Count(election, quota, spot).advance(stage)

    return follow(election, _first_stage(election, papers), advance)


def _papers(election: Election) -> Counter:
    """Valid papers: the preferences before the first equal ranking; a paper without a first preference is void."""
    papers: Counter = Counter()
    for ranking, number in election.profile.items():
        preferences = []
        for group in ranking:
            if len(group) != 1:
                break
            preferences.append(group[0])
        if preferences and number:
            papers[tuple(preferences)] += number
    return papers


def _first_stage(election: Election, papers: Counter) -> Stage:
    piles = {option: Counter() for option in election.options}
    for preferences, number in papers.items():
        piles[preferences[0]][preferences[1:], ONE] += number
    return Stage(
        votes=tuple(piles[option].total() * ONE for option in election.options),
        piles=tuple(_pile(piles[option]) for option in election.options),
        continuing=frozenset(election.options),
    )


def _pile(papers: Counter) -> Pile:
    return tuple(sorted(papers.items()))


@dataclass(frozen=True)
class _Count:
    election: Election
    quota: int
    spot: dict[int, int]

    def advance(self, stage: Stage):
        """One stage further: deem elected (47, 52), else transfer a surplus (48, 49), else exclude (50, 51)."""
        stage = self._deem_elected(stage)
        vacancies = self.election.seats - len(stage.elected)
        if vacancies <= 0 or len(stage.continuing) <= vacancies:
            last = self._by_votes(stage, stage.continuing) if vacancies > 0 else []
            return Finished((*stage.elected, *last), self._entry(stage, elected=(*stage.elected, *last)))
        if stage.surplus_to_transfer:
            return self._transfer_a_surplus(stage)
        return self._exclude(stage, vacancies)

    def _deem_elected(self, stage: Stage) -> Stage:
        votes = self._votes(stage)
        reached = self._by_votes(stage, (c for c in stage.continuing if votes[c] >= self.quota))
        return replace(
            stage,
            continuing=stage.continuing - set(reached),
            elected=(*stage.elected, *reached),
            surplus_to_transfer=stage.surplus_to_transfer | {c for c in reached if votes[c] > self.quota},
        )

    def _transfer_a_surplus(self, stage: Stage):
        votes = self._votes(stage)
        most = max(votes[c] for c in stage.surplus_to_transfer)
        tied = self._by_history(stage, (c for c in stage.surplus_to_transfer if votes[c] == most), max)

        def transfer(option: int) -> Onward:
            surplus = votes[option] - self.quota
            # Rule 48(3): surplus times the paper's value, divided by the votes, any remainder ignored.
            after = self._moved(stage, (option,), lambda value: surplus * value // votes[option], kept=self.quota)
            after = replace(after, surplus_to_transfer=stage.surplus_to_transfer - {option})
            return Onward(after, self._entry(stage, surplus_of=option))

        return self._one_of(tied, transfer, stage, picks_last=False)

    def _exclude(self, stage: Stage, vacancies: int):
        votes = self._votes(stage)
        fewest = min(votes[c] for c in stage.continuing)
        level = [c for c in stage.continuing if votes[c] == fewest]

        def exclude(*options: int) -> Onward:
            after = self._moved(stage, options, lambda value: value, kept=0)
            after = replace(after, continuing=stage.continuing - set(options))
            return Onward(after, self._entry(stage, excluded=options))

        # Candidates without a single paper can go together: excluding one moves no vote.
        if not any(stage.piles[self.spot[c]] for c in level) and len(stage.continuing) - len(level) >= vacancies:
            return exclude(*sorted(level))
        tied = self._by_history(stage, level, min)
        return self._one_of(tied, exclude, stage, picks_last=True)

    def _one_of(self, tied: tuple[int, ...], chosen, stage: Stage, *, picks_last: bool):
        if len(tied) == 1:
            return chosen(tied[0])
        return Lot(tied, chosen, stage.elected, picks_last, self._entry(stage))

    def _by_history(self, stage: Stage, options: Iterable[int], pick) -> tuple[int, ...]:
        """Rules 49(2) and 51(2): whom the most recent stage with a difference points at; several when none does."""
        tied = sorted(options)
        for votes in reversed(stage.earlier):
            wanted = pick(votes[self.spot[c]] for c in tied)
            tied = [c for c in tied if votes[self.spot[c]] == wanted]
            if len(tied) == 1:
                break
        return tuple(tied)

    def _moved(self, stage: Stage, givers: tuple[int, ...], new_value, kept: int) -> Stage:
        """Each paper of `givers` goes, at its new value, to the next preference that is still continuing."""
        continuing = stage.continuing - set(givers)
        votes, piles = list(stage.votes), {}
        for giver in givers:
            for (preferences, value), number in stage.piles[self.spot[giver]]:
                onward = _next(preferences, continuing)
                if onward:
                    receiver, worth = onward[0], new_value(value)
                    votes[self.spot[receiver]] += number * worth
                    piles.setdefault(receiver, Counter())[onward[1:], worth] += number
            votes[self.spot[giver]] = kept
        return replace(
            stage, votes=tuple(votes), piles=self._piled(stage, givers, piles), earlier=(*stage.earlier, stage.votes)
        )

    def _piled(self, stage: Stage, givers, received) -> tuple[Pile, ...]:
        piles = list(stage.piles)
        for giver in givers:
            piles[self.spot[giver]] = ()
        for receiver, papers in received.items():
            piles[self.spot[receiver]] = _pile(Counter(dict(piles[self.spot[receiver]])) + papers)
        return tuple(piles)

    def _votes(self, stage: Stage) -> dict[int, int]:
        return dict(zip(self.election.options, stage.votes, strict=True))

    def _by_votes(self, stage: Stage, options: Iterable[int]) -> list[int]:
        votes = self._votes(stage)
        return sorted(options, key=lambda c: (-votes[c], c))

    def _entry(self, stage: Stage, **what) -> dict:
        votes = {option: decimal(number) for option, number in self._votes(stage).items()}
        return {"quota": self.quota // ONE, "votes": votes, "elected": stage.elected, **what}


def _next(preferences: tuple[int, ...], continuing) -> tuple[int, ...]:
    """The preferences from the next continuing candidate on; empty when the paper is non-transferable."""
    for index, option in enumerate(preferences):
        if option in continuing:
            return preferences[index:]
    return ()


def decimal(units: int) -> int | str:
    """Votes as people write them: 12, or "12.34567"."""
    whole, rest = divmod(units, ONE)
    return f"{whole}.{rest:05}" if rest else whole
