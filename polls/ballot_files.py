"""The ballots of a counted poll as a file that anyone can count again."""

from polls.kinds.base import BLANK
from polls.kinds.ordering import ranking_groups
from polls.models import Kind, Poll, Secrecy, Tally

COUNTED_AS = {Kind.GAUGE: "approval", Kind.RANKING: "schulze"}


def ballot_file(poll: Poll, tally: Tally | None) -> dict | None:
    """JSON for `manage.py count`, or None for a kind it does not count, or rankings that would mark a voter.

    In a poll that is not open a long ranking can be a signature, so rankings are given out of open polls only.
    """
    method = poll.rules.method if poll.kind == Kind.ELECTION else COUNTED_AS.get(poll.kind)
    is_ranked = method in ("schulze", "irv", "stv_scottish")
    if tally is None or not method or (is_ranked and poll.secrecy != Secrecy.OPEN):
        return None
    return {
        "method": method,
        "seats": poll.rules.seats,
        "options": [option.text for option in poll.options.order_by("number")],
        "ballots": [[votes, _groups(answer, is_ranked)] for answer, votes in sorted(tally.profile.items())],
        "lots": [draw.order for draw in poll.draws.order_by("pk")],
    }


def _groups(answer: str, is_ranked: bool) -> list[list[int]]:
    if answer == BLANK:
        return []
    if is_ranked:
        return [list(group) for group in ranking_groups(answer)]
    return [[int(number) for number in answer.split(",")]]
