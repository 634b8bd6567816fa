"""Stelling: five steps from disagree to agree, or no opinion; the result is a distribution and a median, no mean."""

from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from polls.counting.gauges import median_step
from polls.errors import InvalidAnswer, NothingChosen
from polls.kinds.base import Bar, PollKind, percent

STEPS = {
    5: _("Agree fully"),
    4: _("Agree"),
    3: _("In between"),
    2: _("Disagree"),
    1: _("Disagree fully"),
}
NO_OPINION = "none"


class Statement(PollKind):
    """Answers are "1" to "5", or "none"."""

    ballot = "polls/ballots/steps.html"
    least_options = 0

    def answer(self, posted, shape):
        values = posted.getlist("choice")
        if not values:
            raise NothingChosen
        if len(values) > 1 or values[0] not in (*map(str, STEPS), NO_OPINION):
            raise InvalidAnswer
        return values[0]

    def chosen(self, answer):
        return {"choice": [answer] if answer else []}

    def posted_again(self, posted):
        return {"choice": posted.getlist("choice")[:5]}

    def extra(self, poll):
        return {"steps": [*((str(step), text) for step, text in STEPS.items()), (NO_OPINION, gettext("No opinion"))]}

    def words(self, answer, shape):
        return gettext("No opinion") if answer == NO_OPINION else str(STEPS[int(answer)])

    def result(self, profile, shape):
        steps = {step: profile.get(str(step), 0) for step in STEPS}
        median = median_step(steps)
        return {
            "steps": {str(step): votes for step, votes in steps.items()},
            "none": profile.get(NO_OPINION, 0),
            "median": None if median is None else str(median),
        }

    def bars(self, result, shape):
        total = sum(result["steps"].values()) + result["none"]
        bars = [
            Bar(step, str(text), result["steps"][str(step)], percent(result["steps"][str(step)], total))
            for step, text in STEPS.items()
        ]
        return [*bars, Bar(0, gettext("No opinion"), result["none"], percent(result["none"], total))]

    def sentence(self, result, shape):
        if result["median"] is None:
            return gettext("Nobody has given an opinion.")
        median = Fraction(result["median"])
        if median.denominator == 1:
            return gettext("The middle answer is “%(step)s”.") % {"step": STEPS[int(median)]}
        between = {"low": STEPS[int(median)], "high": STEPS[int(median) + 1]}
        return gettext("The middle lies between “%(low)s” and “%(high)s”.") % between
