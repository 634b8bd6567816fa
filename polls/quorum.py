"""Was the quorum of a poll reached? Both numbers, always whole ones."""

import math
from fractions import Fraction

from django.utils.translation import gettext

from polls.models import Poll, Tally


def took_part_and_needed(poll: Poll, result: dict, voters: int, entitled: int) -> tuple[int, int]:
    """Who took part and how many had to; a motion's own count also looks at who was present."""
    if "quorum_needed" in result:
        return result["took_part"], result["quorum_needed"]
    return voters, math.ceil(Fraction(poll.rules.quorum or 0) * entitled)


def quorum_words(poll: Poll, result: dict, voters: int, entitled: int) -> str:
    """Reached or missed, with both numbers; nothing where the poll has no quorum."""
    if not poll.rules.least_part:
        return ""
    took_part, needed = took_part_and_needed(poll, result, voters, entitled)
    values = {"took_part": took_part, "needed": needed}
    if took_part >= needed:
        return gettext("Quorum reached: %(took_part)s took part, %(needed)s needed.") % values
    return gettext("Quorum missed: %(took_part)s took part, %(needed)s needed. This result decides nothing.") % values


def missed_quorum(poll: Poll) -> bool:
    """Whether a counted poll asked for a quorum and did not get it."""
    tally = Tally.objects.filter(poll=poll, is_final=True).first()
    if tally is None or not poll.rules.least_part:
        return False
    took_part, needed = took_part_and_needed(poll, tally.result, tally.voters, tally.entitled)
    return took_part < needed
