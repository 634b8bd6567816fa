"""Schulze's method: the strongest paths between options over pairwise victories."""

from itertools import product

from polls.counting.elections import Election, Result


def schulze(election: Election) -> Result:
    """Whoever no other option beats over the strongest path; path strength is the winning votes of its weakest link."""
    preferred = preferences(election)
    paths = _strongest_paths(election.options, preferred)
    beaten_by = {
        option: {other for other in election.options if paths[other, option] > paths[option, other]}
        for option in election.options
    }
    rounds = [{"pairwise": _table(election, preferred)}, {"strongest_paths": _table(election, paths)}]
    return _seats(election, beaten_by, rounds)


def preferences(election: Election) -> dict[tuple[int, int], int]:
    """For each ordered pair of options the number of votes that rank the first strictly above the second."""
    preferred = dict.fromkeys(product(election.options, repeat=2), 0)
    for ranking, number in election.profile.items():
        not_yet = set(election.options)
        for group in ranking:
            not_yet -= set(group)
            for pair in product(group, not_yet):
                preferred[pair] += number
    return preferred


def _strongest_paths(options, preferred):
    paths = {(a, b): n if n > preferred[b, a] else 0 for (a, b), n in preferred.items()}
    for through in options:
        for start in options:
            for end in options:
                if start != end:
                    detour = min(paths[start, through], paths[through, end])
                    paths[start, end] = max(paths[start, end], detour)
    return paths


def _seats(election: Election, beaten_by, rounds) -> Result:
    """Elected is who has a seat in every order that agrees with the victories; shut out is who never has one."""
    beats = {a: {b for b in election.options if a in beaten_by[b]} for a in election.options}
    number = len(election.options)
    certain = [a for a in election.options if number - len(beats[a]) <= election.seats]
    open_to = [a for a in election.options if a not in certain and len(beaten_by[a]) < election.seats]
    certain.sort(key=lambda option: (len(beaten_by[option]), option))
    left = min(election.seats, number) - len(certain)
    if not left:
        return Result(tuple(certain), None, rounds)
    if lot := election.lot_for(open_to):
        drawn = _first_that_fit(lot, beaten_by, certain, left)
        return Result(tuple(certain + drawn), None, [*rounds, {"lot": lot}])
    return Result(tuple(certain), (tuple(open_to),), rounds)


def _first_that_fit(lot, beaten_by, certain, left) -> list[int]:
    """Fill the seats in the order of the lot, never passing over an option that beats the one drawn."""
    drawn: list[int] = []
    while len(drawn) < left:
        taken = {*certain, *drawn}
        drawn.append(next(option for option in lot if option not in taken and beaten_by[option] <= taken))
    return drawn


def _table(election: Election, pairs):
    return {a: {b: pairs[a, b] for b in election.options if b != a} for a in election.options}
