"""From points per option to seats."""

from collections.abc import Mapping

from polls.counting.elections import Election, Result


def highest(points: Mapping[int, object], election: Election, rounds: list[dict], seats: int | None = None) -> Result:
    """The options with the most points fill the seats; equals across the last seat are a tie unless a lot was drawn."""
    seats = election.seats if seats is None else seats
    order = sorted(points, key=lambda option: (-points[option], option))
    if len(order) <= seats:
        return Result(tuple(order), None, rounds)
    edge = points[order[seats - 1]]
    certain = [option for option in order if points[option] > edge]
    level = [option for option in order if points[option] == edge]
    left = seats - len(certain)
    if len(level) <= left:
        return Result(tuple(certain + level), None, rounds)
    if lot := election.lot_for(level):
        return Result(tuple(certain + lot[:left]), None, [*rounds, {"lot": lot}])
    return Result(tuple(certain), (tuple(level),), rounds)
