"""A tie is settled by a lot: a separate, witnessed act that anyone can check."""

from django.db import transaction

from groups.people.audit import record
from polls.counting.sortition import drawn_order
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
    return [option for group in result["tie"] or [] for option in group]


def settled_result(poll: Poll, tally: Tally) -> dict:
    """The result of the final tally with the lots that were drawn since."""
    orders = [draw.order for draw in poll.draws.order_by("pk")] if poll.kind == Kind.ELECTION else []
    return kind_of(poll).result(tally.profile, shape_of(poll), orders) if orders else tally.result
