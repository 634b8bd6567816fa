"""Counts as slow and direct as can be, written apart from polls.counting, to compare with."""

from fractions import Fraction
from itertools import combinations, pairwise, permutations


def papers(election):
    return [ranking for ranking, number in election.profile.items() for _ in range(number)]


def rank(ranking, option):
    for place, group in enumerate(ranking):
        if option in group:
            return place
    return len(ranking)


def best_of(ranking, continuing):
    named = [option for group in ranking for option in group if option in continuing]
    return [option for option in named if rank(ranking, option) == min(rank(ranking, other) for other in named)]


def seat_sets(points, seats):
    """All sets of options that fill the seats such that nobody outside has more points than somebody inside."""
    seats = min(seats, len(points))
    return {
        frozenset(chosen)
        for chosen in combinations(points, seats)
        if all(points[inside] >= points[other] for inside in chosen for other in set(points) - set(chosen))
    }


def first_votes(election, continuing):
    votes = dict.fromkeys(continuing, 0)
    for ranking in papers(election):
        for option in best_of(ranking, continuing):
            votes[option] += 1
    return votes


def plurality(election):
    return seat_sets(first_votes(election, election.options), election.seats)


def approval(election):
    points = {option: sum(option in sum(paper, ()) for paper in papers(election)) for option in election.options}
    return seat_sets(points, election.seats)


def absolute_majority(election):
    votes = first_votes(election, election.options)
    cast = len([paper for paper in papers(election) if paper])
    over_half = {option: n for option, n in votes.items() if Fraction(n) > Fraction(cast, 2)}
    return seat_sets(over_half, election.seats)


def two_round(election):
    endings = set()
    for first in absolute_majority(election):
        left = min(election.seats, len(election.options)) - len(first)
        if not left:
            endings.add(first)
            continue
        votes = first_votes(election, election.options)
        others = {option: n for option, n in votes.items() if option not in first}
        for finalists in seat_sets(others, 2 * (election.seats - len(first))):
            for second in seat_sets(first_votes(election, sorted(finalists)), election.seats - len(first)):
                endings.add(first | second)
    return endings


def borda(election):
    points = dict.fromkeys(election.options, Fraction(0))
    for paper in papers(election):
        for option in election.options:
            for other in election.options:
                if rank(paper, option) < rank(paper, other):
                    points[option] += 1
                elif other != option and rank(paper, option) == rank(paper, other):
                    points[option] += Fraction(1, 2)
    return seat_sets(points, election.seats)


def score(election):
    points = dict.fromkeys(election.options, 0)
    for paper in papers(election):
        for option in election.options:
            if rank(paper, option) < len(paper):
                points[option] += len(election.options) - rank(paper, option)
    return seat_sets(points, election.seats)


def irv(election):
    def endings(continuing):
        if len(continuing) <= election.seats:
            return {continuing}
        votes = dict.fromkeys(continuing, Fraction(0))
        for paper in papers(election):
            for option in (best := best_of(paper, continuing)):
                votes[option] += Fraction(1, len(best))
        lowest = [option for option in continuing if votes[option] == min(votes.values())]
        return set().union(*(endings(continuing - {option}) for option in lowest))

    return endings(frozenset(election.options))


def schulze(election):
    """Strongest paths by trying every path; then every order that agrees with the victories."""
    options = election.options
    d = {(a, b): sum(rank(p, a) < rank(p, b) for p in papers(election)) for a in options for b in options}

    def strength(path):
        links = list(pairwise(path))
        return min(d[link] if d[link] > d[link[::-1]] else 0 for link in links)

    def strongest(a, b):
        between = [option for option in options if option not in (a, b)]
        paths = [(a, *middle, b) for n in range(len(between) + 1) for middle in permutations(between, n)]
        return max(strength(path) for path in paths)

    p = {(a, b): strongest(a, b) for a in options for b in options if a != b}
    orders = [o for o in permutations(options) if not any(p[b, a] > p[a, b] for a, b in combinations(o, 2))]
    return {frozenset(order[: election.seats]) for order in orders}


def stv_scottish(election):
    """Each ballot paper by itself, with its own value in 1/100,000 vote."""
    one = 100_000
    valid = []
    for paper in papers(election):
        preferences = []
        for group in paper:
            if len(group) > 1:
                break
            preferences += group
        if preferences:
            valid.append(preferences)
    quota = (len(valid) // (election.seats + 1) + 1) * one

    def endings(continuing, elected, pending, holders, values, history):
        votes = dict(history[-1])
        new = {c for c in continuing if votes[c] >= quota}
        continuing, elected = continuing - new, elected | new
        pending = pending | {c for c in new if votes[c] > quota}
        left = election.seats - len(elected)
        if left <= 0 or len(continuing) <= left:
            return {elected | (continuing if left > 0 else frozenset())}
        giving = pending or continuing
        pick = max if pending else min
        tied = sorted(giving)
        for stage in reversed(history):
            wanted = pick(stage[c] for c in tied)
            tied = [c for c in tied if stage[c] == wanted]
        found = set()
        for giver in tied:
            staying = continuing - {giver}
            after, moved, worth = dict(votes), list(holders), list(values)
            for n, preferences in enumerate(valid):
                if holders[n] == giver:
                    at = preferences.index(giver)
                    moved[n] = next((c for c in preferences[at + 1 :] if c in staying), None)
                    if pending:
                        worth[n] = (votes[giver] - quota) * values[n] // votes[giver]
                    if moved[n]:
                        after[moved[n]] += worth[n]
            after[giver] = quota if pending else 0
            found |= endings(staying, elected, pending - {giver}, moved, worth, [*history, after])
        return found

    start = dict.fromkeys(election.options, 0)
    for preferences in valid:
        start[preferences[0]] += one
    holders = [preferences[0] for preferences in valid]
    return endings(frozenset(election.options), frozenset(), frozenset(), holders, [one] * len(valid), [start])
