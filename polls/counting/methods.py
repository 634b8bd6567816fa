"""The methods by name."""

from polls.counting.choosing import absolute_majority, approval, plurality, two_round
from polls.counting.elections import Election, Malformed, Result
from polls.counting.pairwise import schulze
from polls.counting.points import borda, score
from polls.counting.runoff import irv
from polls.counting.stv import stv_scottish

METHODS = {
    method.__name__: method
    for method in (plurality, absolute_majority, two_round, approval, irv, schulze, borda, score, stv_scottish)
}


def count(method: str, election: Election) -> Result:
    """Count `election` by the named method. Raises Malformed for a name that is not in METHODS."""
    if method not in METHODS:
        raise Malformed(f"The method must be one of {', '.join(METHODS)}.")
    return METHODS[method](election)
