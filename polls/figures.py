"""Figures for the board: result, turnout, and a checksum that says whether a download was changed."""

import hashlib
import json
from dataclasses import dataclass

from django.db.models import Count, Q

from groups.people.models import Enrolment
from groups.subgroups.models import Membership
from polls.models import Elector, Poll, Secrecy, Tally
from polls.queries import ShownResult, final_result
from polls.services.counting import turnout

# Below this many electors a part of the turnout is not shown: it would tell who voted.
SMALLEST_CELL = 10


@dataclass(frozen=True, slots=True)
class TurnoutPart:
    """Turnout within one kind of membership or one group; figures are None when the part is too small to show."""

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
    groups: list[TurnoutPart]
    checksum: str

    @property
    def percent(self) -> int:
        """0-100, rounded down, so that 100 means everybody."""
        return 100 * self.voters // self.entitled if self.entitled else 0


def figures_of(poll: Poll) -> Figures:
    """What the board reads. The result is there once it may be seen; the turnout always, whole numbers only."""
    result = None if poll.is_running else final_result(poll)
    voters, entitled = (result.voters, result.entitled) if result else turnout(poll)
    checksum = checksum_of(poll) if result else ""
    return Figures(result, voters, entitled, turnout_by_kind(poll), turnout_by_group(poll), checksum)


def checksum_of(poll: Poll) -> str:
    """SHA-256 of the final count with everything it rests on, in one fixed spelling."""
    tally = Tally.objects.get(poll=poll, is_final=True)
    parts = [poll.pk, tally.fingerprint, tally.profile, tally.result, tally.voters, tally.entitled]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def turnout_by_kind(poll: Poll) -> list[TurnoutPart]:
    """Turnout per kind of membership that electors have today."""
    if not _may_tell_turnout(poll):
        return []
    held = Enrolment.objects.on().filter(member__in=_electors(poll).values("member"))
    return _without_small(_cells(poll, held, "kind__name"))


def turnout_by_group(poll: Poll) -> list[TurnoutPart]:
    """Turnout per subgroup, of a poll that asks more than one. Members of several groups count in each of them."""
    if not _may_tell_turnout(poll) or (poll.subgroup_id and not poll.also_in.exists()):
        return []
    places = Membership.objects.active().filter(member__in=_electors(poll).values("member"))
    if poll.subgroup_id:
        places = places.filter(Q(subgroup=poll.subgroup_id) | Q(subgroup__in=poll.also_in.values("pk")))
    total = _electors(poll).count()
    return [
        # Nearly everybody is in it: what is left of the total would be a cell under the limit.
        _part(*cell, is_hidden=cell[2] < SMALLEST_CELL or 0 < total - cell[2] < SMALLEST_CELL)
        for cell in _cells(poll, places, "subgroup__name")
    ]


def _may_tell_turnout(poll: Poll) -> bool:
    """Moving turnout of small parts gives voters away, except where names are shown anyway."""
    return poll.secrecy == Secrecy.OPEN or not poll.is_running


def _electors(poll: Poll):
    return Elector.objects.filter(poll=poll, member__isnull=False).entitled()


def _cells(poll: Poll, rows, name: str) -> list[tuple[str, int, int]]:
    """(name, voted, entitled) over rows that have a member; a member counts once in each cell."""
    voters = Elector.objects.filter(poll=poll, voted=True).values("member")
    counted = (
        rows.order_by()
        .values(name)
        .annotate(
            entitled=Count("member", distinct=True),
            voted=Count("member", distinct=True, filter=Q(member__in=voters)),
        )
    )
    return sorted((row[name], row["voted"], row["entitled"]) for row in counted)


def _without_small(cells) -> list[TurnoutPart]:
    """Parts with too few electors lose their figures, and the smallest of the others too.

    The totals are known: one hidden part could be computed, and so could small ones that just fit the rest.
    """
    small = {at for at, (_, _, entitled) in enumerate(cells) if entitled < SMALLEST_CELL}
    if small and len(small) < len(cells):
        rest = [at for at in range(len(cells)) if at not in small]
        small.add(min(rest, key=lambda at: cells[at][2]))
    return [_part(*cell, is_hidden=at in small) for at, cell in enumerate(cells)]


def _part(name: str, voted: int, entitled: int, *, is_hidden: bool) -> TurnoutPart:
    if is_hidden:
        return TurnoutPart(name, None, None, None)
    return TurnoutPart(name, voted, entitled, 100 * voted // entitled)
