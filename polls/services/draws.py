"""A tie is settled by a lot: a separate, witnessed act that anyone can check."""

from django.db import transaction

from groups.people.audit import record
from polls.counting import Election, Result
from polls.counting.sortition import drawn_order
from polls.counting.standings import highest
from polls.errors import NoTie
from polls.kinds import kind_of
from polls.models import Draw, Kind, Poll, Tally
from polls.services.counting import shape_of
from polls.services.locks import hold_poll


@transaction.atomic
def draw_lots(*, poll: Poll, by, seed: str, witnesses: str) -> Draw:
    """Draw between the tied options of an election, from a seed that was thrown or drawn in sight of witnesses.

    The tally stays as it was counted; `settled_result` reads it together with the draws. Raises NoTie.
    """
    poll = hold_poll(poll.pk)
    tied = tie_of(poll)
    if not tied:
        raise NoTie
    names = {option.text: option.number for option in poll.options.filter(number__in=tied)}
    order = [names[name] for name in drawn_order(seed.strip(), names)]
    draw = poll.draws.create(tied=tied, order=order, seed=seed.strip(), witnesses=witnesses.strip(), drawn_by=by)
    record(by=by, act="poll.lots_drawn", about=poll, details={"tied": tied, "order": order, "seed": seed.strip()})
    return draw


def tie_of(poll: Poll) -> list[int]:
    """The options that a lot must now decide between; empty when nothing is tied."""
    if poll.kind != Kind.ELECTION or poll.state not in (Poll.State.COUNTED, Poll.State.PUBLISHED):
        return []
    result = settled_result(poll, Tally.objects.get(poll=poll, is_final=True))
    tie = result["tie"] or (admitted(poll).tie if poll.rules.method == "absolute_majority" else None)
    return [option for group in tie or [] for option in group]


def admitted(poll: Poll) -> Result:
    """Who goes to the second ballot of an election by absolute majority, with the lots that were drawn.

    `elected` holds those who are admitted for certain, `tie` those between whom a lot must decide; nobody when no
    second ballot is needed.
    """
    result = settled_result(poll, Tally.objects.get(poll=poll, is_final=True))
    left = min(poll.rules.seats, poll.options.count()) - len(result["elected"])
    votes = {int(option): number for option, number in result["rounds"][0]["votes"].items()}
    standing = {option: number for option, number in votes.items() if option not in result["elected"]}
    lots = tuple(tuple(draw.order) for draw in poll.draws.order_by("pk"))
    return highest(standing, Election(tuple(votes), {}, lots=lots), [], seats=2 * left)


def settled_result(poll: Poll, tally: Tally) -> dict:
    """The result of the final tally with the lots that were drawn since."""
    if poll.kind != Kind.ELECTION:
        return tally.result
    orders = [draw.order for draw in sorted(poll.draws.all(), key=lambda draw: draw.pk)]
    return kind_of(poll).result(tally.profile, shape_of(poll), orders) if orders else tally.result
