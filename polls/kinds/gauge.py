"""Peiling: choose one or several options; the result is shares."""

from django.utils.translation import gettext, ngettext

from polls.counting import Election
from polls.counting.choosing import approval
from polls.errors import InvalidAnswer, NothingChosen, TooManyChoices
from polls.kinds.base import ABSTAIN, BLANK, Bar, PollKind, Shape, abstains, is_number, numbers, percent


class Gauge(PollKind):
    """Answers are "3" or "1,4": the chosen numbers in order; "blank" when the ballot offers none of the above."""

    ballot = "polls/ballots/gauge.html"

    def answer(self, posted, shape: Shape) -> str:
        values = posted.getlist("choice")
        if abstains(posted, shape):
            return ABSTAIN
        if values == [BLANK] and shape.rules.blank:
            return BLANK
        chosen = numbers(values, shape.options)
        if not chosen:
            raise NothingChosen
        if len(chosen) > shape.rules.most_choices:
            raise TooManyChoices if shape.rules.most_choices > 1 else InvalidAnswer
        return ",".join(map(str, chosen))

    def chosen(self, answer):
        if not answer:
            return {"choice": []}
        return {"choice": [answer] if answer in (BLANK, ABSTAIN) else [int(number) for number in answer.split(",")]}

    def posted_again(self, posted):
        return {"choice": [int(value) if is_number(value) else value for value in posted.getlist("choice")[:200]]}

    def words(self, answer, shape):
        if answer == BLANK:
            return gettext("None of these")
        if answer == ABSTAIN:
            return gettext("Abstains")
        return ", ".join(shape.options[int(number)] for number in answer.split(","))

    def result(self, profile, shape):
        rankings = {
            () if answer == BLANK else (tuple(map(int, answer.split(","))),): votes
            for answer, votes in profile.items()
            if answer != ABSTAIN
        }
        count = approval(Election(tuple(shape.options), rankings))
        votes = count.rounds[0]["votes"]
        leaders = [*count.elected, *(number for group in count.tie or () for number in group)]
        return {
            "votes": {str(number): votes[number] for number in shape.options},
            "blank": profile.get(BLANK, 0),
            "ballots": sum(rankings.values()),
            "abstained": profile.get(ABSTAIN, 0),
            "leaders": leaders if any(votes.values()) else [],
        }

    def bars(self, result, shape):
        ballots = result["ballots"]
        bars = [
            Bar(
                number,
                text,
                votes := result["votes"].get(str(number), 0),
                percent(votes, ballots),
                number in result["leaders"],
            )
            for number, text in shape.options.items()
        ]
        if shape.rules.blank:
            bars.append(Bar(0, gettext("None of these"), result["blank"], percent(result["blank"], ballots)))
        return [*bars, *self.abstained_bar(result, shape)]

    def sentence(self, result, shape):
        leaders = [shape.options[number] for number in result["leaders"]]
        if not leaders:
            return gettext("Nobody has chosen anything.")
        votes = result["votes"][str(result["leaders"][0])]
        values = {"options": ", ".join(leaders), "votes": votes, "ballots": result["ballots"]}
        if len(leaders) > 1:
            return gettext("A tie: %(options)s have %(votes)s votes each, out of %(ballots)s.") % values
        return (
            ngettext(
                "%(options)s was chosen most: %(votes)s vote out of %(ballots)s.",
                "%(options)s was chosen most: %(votes)s votes out of %(ballots)s.",
                votes,
            )
            % values
        )

    def outcome(self, result, shape):
        leaders = [shape.options[number] for number in result["leaders"]]
        if len(leaders) > 1:
            return gettext("A tie: %(options)s.") % {"options": ", ".join(leaders)}
        return (
            gettext("%(options)s was chosen most.") % {"options": leaders[0]}
            if leaders
            else self.sentence(result, shape)
        )
