"""Figures for the board: result, turnout, and a checksum that says whether a download was changed."""

import hashlib
import json
from dataclasses import dataclass

from django.db.models import Count, Q

from polls.models import Elector, Poll, Secrecy, Tally
from polls.queries import ShownResult, final_result
from polls.services.counting import turnout

# Below this many electors a part of the turnout is not shown: it would tell who voted.
SMALLEST_CELL = 10


@dataclass(frozen=True, slots=True)
class TurnoutPart:
    """Turnout within one kind of membership; figures are None when the part is too small to show."""

    label: str
    voted: int | None
    entitled: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    result: ShownResult | None
    voters: int
    entitled: int
    parts: list[TurnoutPart]
    checksum: str

    @property
    def percent(self) -> int:
        """0-100, rounded down, so that 100 means everybody."""
        return 100 * self.voters // self.entitled if self.entitled else 0


def figures_of(poll: Poll) -> Figures:
    """What the board reads. The result is there once it may be seen; the turnout always, whole numbers only."""
    result = None if poll.is_running else final_result(poll)
    voters, entitled = (result.voters, result.entitled) if result else turnout(poll)
    return Figures(result, voters, entitled, turnout_parts(poll), checksum_of(poll) if result else "")


def checksum_of(poll: Poll) -> str:
    """SHA-256 of the final count with everything it rests on, in one fixed spelling."""
    tally = Tally.objects.get(poll=poll, is_final=True)
    parts = [poll.pk, tally.fingerprint, tally.profile, tally.result, tally.voters, tally.entitled]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def turnout_parts(poll: Poll) -> list[TurnoutPart]:
    """Turnout per kind of membership, for polls where moving figures give nobody away."""
    if poll.secrecy != Secrecy.OPEN and poll.is_running:
        return []
    rows = (
        Elector.objects.filter(poll=poll, member__enrolments__ends_on__isnull=True)
        .values_list("member__enrolments__kind__name")
        .annotate(entitled=Count("pk"), voted=Count("pk", filter=Q(voted=True)))
        .order_by("member__enrolments__kind__name")
    )
    cells = [(name or "–", voted, entitled) for name, entitled, voted in rows]
    return _without_small(cells)


def _without_small(cells) -> list[TurnoutPart]:
    """Parts with too few electors lose their figures; one alone could be computed, so a second one goes too."""
    small = {at for at, (_, _, entitled) in enumerate(cells) if entitled < SMALLEST_CELL}
    if len(small) == 1 and len(cells) > 1:
        rest = [at for at in range(len(cells)) if at not in small]
        small.add(min(rest, key=lambda at: cells[at][2]))
    return [
        TurnoutPart(name, None, None, None)
        if at in small
        else TurnoutPart(name, voted, entitled, 100 * voted // entitled)
        for at, (name, voted, entitled) in enumerate(cells)
    ]
