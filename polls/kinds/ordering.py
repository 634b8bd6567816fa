"""Prioriteren: put options in order, equal places allowed; or divide points."""

from django.utils.translation import gettext

from polls.counting import Election, count
from polls.counting.gauges import sum_points
from polls.errors import OverBudget, RankNothing
from polls.kinds.base import ABSTAIN, BLANK, Bar, PollKind, abstains, percent, posted_numbers, typed_again


def ranking_text(ranks: dict[int, int]) -> str:
    """{option: place} as "2>1=5>3"."""
    places = sorted(set(ranks.values()))
    groups = (sorted(option for option, place in ranks.items() if place == wanted) for wanted in places)
    return ">".join("=".join(map(str, group)) for group in groups)


def ranking_groups(answer: str) -> tuple[tuple[int, ...], ...]:
    if answer in ("", BLANK, ABSTAIN):
        return ()
    return tuple(tuple(int(option) for option in group.split("=")) for group in answer.split(">"))


def places_in(answer: str | None) -> dict[int, str]:
    groups = ranking_groups(answer or "")
    return {option: str(place) for place, group in enumerate(groups, start=1) for option in group}


def ranking_words(answer: str, shape) -> str:
    groups = ranking_groups(answer)
    return ", ".join(
        f"{place}. " + " = ".join(shape.options[option] for option in group)
        for place, group in enumerate(groups, start=1)
    )


class Ranking(PollKind):
    """Answers are "2>1=5": 2 first, then 1 and 5 alike; options left out rank below all others."""

    ballot = "polls/ballots/ranking.html"
    icon = "layout-list"
    has_bars_in_percent = False

    def answer(self, posted, shape):
        if abstains(posted, shape):
            return ABSTAIN
        ranks = posted_numbers(posted, "rank", shape)
        if not ranks:
            raise RankNothing
        return ranking_text(ranks)

    def chosen(self, answer):
        return {"ranks": places_in(answer), "choice": [ABSTAIN] if answer == ABSTAIN else []}

    def posted_again(self, posted):
        ranks = {int(key): value for key, value in typed_again(posted, "rank").items() if key.isdigit()}
        return {"ranks": ranks, "choice": posted.getlist("choice")[:1]}

    def words(self, answer, shape):
        return gettext("Abstains") if answer == ABSTAIN else ranking_words(answer, shape)

    def result(self, profile, shape):
        rankings = {ranking_groups(answer): votes for answer, votes in profile.items() if answer != ABSTAIN}
        rest, order = list(shape.options), []
        counted = count("schulze", Election(tuple(rest), rankings, seats=1))
        pairwise = counted.as_json()["rounds"][0]["pairwise"]
        # Place after place: who is unbeaten, then who is unbeaten among the rest; equals share a place.
        while rest:
            best = count("schulze", Election(tuple(rest), _only(rankings, rest), seats=1))
            group = list(best.elected) or sorted(best.tie[0])
            order.append(group)
            rest = [option for option in rest if option not in group]
        numbers = {"ballots": sum(rankings.values()), "abstained": profile.get(ABSTAIN, 0)}
        return {"order": order, "pairwise": pairwise, **numbers}

    def bars(self, result, shape):
        number = len(shape.options)
        bars, place = [], 1
        for group in result["order"]:
            for option in group:
                wins = sum(
                    result["pairwise"][str(option)][str(other)] > result["pairwise"][str(other)][str(option)]
                    for other in shape.options
                    if other != option
                )
                note = gettext("place %(place)s") % {"place": place}
                bars.append(Bar(option, shape.options[option], wins, percent(wins, number - 1), place == 1, note))
            place += len(group)
        return [*bars, *self.abstained_bar(result, shape)]

    def sentence(self, result, shape):
        if not result["ballots"]:
            return gettext("Nobody has put anything in order.")
        first = [shape.options[option] for option in result["order"][0]]
        if len(first) > 1:
            return gettext("A tie for the first place: %(options)s.") % {"options": ", ".join(first)}
        return gettext("%(option)s comes first.") % {"option": first[0]}


def _only(rankings, options):
    kept = {}
    for ranking, votes in rankings.items():
        groups = (tuple(option for option in group if option in options) for group in ranking)
        short = tuple(group for group in groups if group)
        kept[short] = kept.get(short, 0) + votes
    return kept


class Points(PollKind):
    """Answers are "1:5,2:2"; the sum is at most the budget."""

    ballot = "polls/ballots/points.html"
    icon = "star"

    def answer(self, posted, shape):
        if abstains(posted, shape):
            return ABSTAIN
        points = {option: given for option, given in posted_numbers(posted, "points", shape).items() if given}
        if not points:
            raise RankNothing(gettext("Give at least one option a point."))
        if sum(points.values()) > shape.rules.budget:
            raise OverBudget
        return ",".join(f"{option}:{points[option]}" for option in sorted(points))

    def chosen(self, answer):
        if answer == ABSTAIN:
            return {"points": {}, "choice": [ABSTAIN]}
        return {"points": {option: str(given) for option, given in pairs(answer)} if answer else {}}

    def posted_again(self, posted):
        points = {int(key): value for key, value in typed_again(posted, "points").items() if key.isdigit()}
        return {"points": points, "choice": posted.getlist("choice")[:1]}

    def words(self, answer, shape):
        if answer == ABSTAIN:
            return gettext("Abstains")
        return ", ".join(f"{shape.options[option]}: {given}" for option, given in pairs(answer))

    def result(self, profile, shape):
        given = {pairs(answer): votes for answer, votes in profile.items() if answer != ABSTAIN}
        points = sum_points(given, shape.options)
        return {
            "points": {str(option): total for option, total in points.items()},
            "ballots": sum(given.values()),
            "abstained": profile.get(ABSTAIN, 0),
        }

    def bars(self, result, shape):
        total, most = sum(result["points"].values()), max(result["points"].values(), default=0)
        bars = [
            Bar(option, text, votes := result["points"].get(str(option), 0), percent(votes, total), 0 < votes == most)
            for option, text in shape.options.items()
        ]
        return [*bars, *self.abstained_bar(result, shape)]

    def sentence(self, result, shape):
        best = [bar for bar in self.bars(result, shape) if bar.is_winner]
        if not best:
            return gettext("Nobody has given any points.")
        values = {"options": ", ".join(bar.label for bar in best), "points": best[0].votes}
        if len(best) > 1:
            return gettext("A tie: %(options)s have %(points)s points each.") % values
        return gettext("%(options)s has the most points: %(points)s.") % values

    def outcome(self, result, shape):
        best = ", ".join(bar.label for bar in self.bars(result, shape) if bar.is_winner)
        return gettext("Most points: %(options)s.") % {"options": best} if best else self.sentence(result, shape)


def pairs(answer: str) -> tuple[tuple[int, int], ...]:
    """(option, number) from "1:5,2:2"."""
    return tuple(tuple(map(int, part.split(":"))) for part in answer.split(","))
