"""Cijfers geven: a mark from 0 to 10 for each option; the sum decides."""

from fractions import Fraction

from django.utils.translation import gettext

from polls.counting.gauges import sum_points
from polls.errors import InvalidAnswer, MarkNothing
from polls.kinds.base import ABSTAIN, Bar, PollKind, abstains, percent, posted_numbers, typed_again
from polls.kinds.ordering import pairs

HIGHEST = 10


class Marks(PollKind):
    """Answers are "1:8,2:0"; an option without a mark counts as 0, so that every ballot weighs the same."""

    ballot = "polls/ballots/marks.html"
    icon = "graduation-cap"

    def answer(self, posted, shape):
        if abstains(posted, shape):
            return ABSTAIN
        marks = posted_numbers(posted, "mark", shape)
        if not marks:
            raise MarkNothing
        if max(marks.values()) > HIGHEST:
            raise InvalidAnswer(gettext("A mark is a whole number from 0 to 10."))
        return ",".join(f"{option}:{marks[option]}" for option in sorted(marks))

    def chosen(self, answer):
        if answer == ABSTAIN:
            return {"marks": {}, "choice": [ABSTAIN]}
        return {"marks": {option: str(mark) for option, mark in pairs(answer)} if answer else {}}

    def posted_again(self, posted):
        marks = {int(key): value for key, value in typed_again(posted, "mark").items() if key.isdigit()}
        return {"marks": marks, "choice": posted.getlist("choice")[:1]}

    def words(self, answer, shape):
        if answer == ABSTAIN:
            return gettext("Abstains")
        return ", ".join(f"{shape.options[option]}: {mark}" for option, mark in pairs(answer))

    def result(self, profile, shape):
        marked = {pairs(answer): votes for answer, votes in profile.items() if answer != ABSTAIN}
        sums = sum_points(marked, shape.options)
        return {
            "marks": {str(option): total for option, total in sums.items()},
            "ballots": sum(marked.values()),
            "abstained": profile.get(ABSTAIN, 0),
        }

    def bars(self, result, shape):
        most = max(result["marks"].values(), default=0)
        bars = [
            Bar(
                option,
                text,
                total := result["marks"].get(str(option), 0),
                percent(total, HIGHEST * result["ballots"]),
                0 < total == most,
                gettext("on average %(mark)s") % {"mark": one_decimal(total, result["ballots"])},
            )
            for option, text in shape.options.items()
        ]
        return [*bars, *self.abstained_bar(result, shape)]

    def sentence(self, result, shape):
        best = [bar for bar in self.bars(result, shape) if bar.is_winner]
        if not best:
            return gettext("Nobody has given a mark.")
        values = {"options": ", ".join(bar.label for bar in best), "mark": best[0].note}
        if len(best) > 1:
            return gettext("A tie for the highest mark: %(options)s, %(mark)s.") % values
        return gettext("%(options)s has the highest mark, %(mark)s.") % values

    def outcome(self, result, shape):
        best = ", ".join(bar.label for bar in self.bars(result, shape) if bar.is_winner)
        return gettext("Highest mark: %(options)s.") % {"options": best} if best else self.sentence(result, shape)


def one_decimal(total: int, number: int) -> str:
    """A mean as people write a mark, "7.4" or in Dutch "7,4", rounded half up."""
    if not number:
        return "–"
    tenths = int(Fraction(10 * total, number) + Fraction(1, 2))
    return gettext("%(whole)s.%(tenth)s") % {"whole": tenths // 10, "tenth": tenths % 10}
