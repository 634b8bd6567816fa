"""Proposals and elections: what statutes recognise as a decision."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from polls.counting import Election, count
from polls.counting.majority import Figures, Verdict, judge
from polls.errors import InvalidAnswer, NothingChosen, RankNothing, TooManyChoices
from polls.kinds.base import ABSTAIN, BLANK, Bar, PollKind, numbers, percent, posted_numbers, typed_again
from polls.kinds.ordering import places_in, ranking_groups, ranking_text, ranking_words

FOR, AGAINST = "for", "against"
WORDS = {FOR: _("In favour"), AGAINST: _("Against"), BLANK: _("Blank"), ABSTAIN: _("Abstain")}
RANKED = ("irv", "stv_scottish")


class Motion(PollKind):
    """Answers are "for", "against", "blank" and, when the rules have it, "abstain"."""

    ballot = "polls/ballots/motion.html"
    icon = "scale"
    least_options = 0

    def answer(self, posted, shape):
        values = posted.getlist("choice")
        if not values:
            raise NothingChosen
        if len(values) > 1 or values[0] not in self._offered(shape.rules):
            raise InvalidAnswer
        return values[0]

    def chosen(self, answer):
        return {"choice": [answer] if answer else []}

    def posted_again(self, posted):
        return {"choice": posted.getlist("choice")[:4]}

    def extra(self, poll):
        return {"offered": [(code, WORDS[code]) for code in self._offered(poll.rules)]}

    def words(self, answer, shape):
        return str(WORDS[answer])

    def result(self, profile, shape):
        figures = Figures(
            in_favour=profile.get(FOR, 0),
            against=profile.get(AGAINST, 0),
            blank=profile.get(BLANK, 0),
            abstained=profile.get(ABSTAIN, 0),
            present=shape.present,
            entitled=shape.entitled,
        )
        outcome = judge(figures, shape.rules.majority.as_counted())
        return {
            "votes": {code: profile.get(code, 0) for code in self._offered(shape.rules)},
            "verdict": outcome.verdict,
            "denominator": outcome.denominator,
            "needed": outcome.needed,
            "took_part": outcome.took_part,
            "quorum_needed": outcome.quorum_needed,
        }

    def bars(self, result, shape):
        total = sum(result["votes"].values())
        return [
            Bar(number, str(WORDS[code]), votes, percent(votes, total))
            for number, (code, votes) in enumerate(result["votes"].items(), start=1)
        ]

    def sentence(self, result, shape):
        values = {**result, "in_favour": result["votes"][FOR]}
        if result["verdict"] == Verdict.NO_DECISION:
            return gettext("No decision: %(took_part)s took part and the quorum is %(quorum_needed)s.") % values
        if result["verdict"] == Verdict.TIED:
            return (
                gettext("A tie: %(in_favour)s in favour and as many against. It comes back at a later meeting.")
                % values
            )
        if result["verdict"] == Verdict.ADOPTED:
            return gettext("Adopted: %(in_favour)s in favour out of %(denominator)s; %(needed)s needed.") % values
        return gettext("Rejected: %(in_favour)s in favour out of %(denominator)s; %(needed)s needed.") % values

    def outcome(self, result, shape):
        words = {
            Verdict.ADOPTED: gettext("Adopted."),
            Verdict.REJECTED: gettext("Rejected."),
            Verdict.NO_DECISION: gettext("No decision: the quorum was missed."),
            Verdict.TIED: gettext("A tie: it comes back at a later meeting."),
        }
        return words[result["verdict"]]

    def _offered(self, rules):
        return [FOR, AGAINST, BLANK, *([ABSTAIN] if rules.abstain else [])]


class Vacancy(PollKind):
    """Verkiezing. With IRV and STV answers are rankings, else as many candidates as seats: "1,4"; or "blank"."""

    icon = "trophy"
    has_bars_in_percent = False
    ballot = "polls/ballots/election.html"

    def answer(self, posted, shape):
        if posted.get("choice") == BLANK:
            if len(posted.getlist("choice")) > 1:
                raise InvalidAnswer
            return BLANK
        if shape.rules.method in RANKED:
            return self._ranked(posted, shape)
        chosen = numbers(posted.getlist("choice"), shape.options)
        if not chosen:
            raise NothingChosen
        if len(chosen) > shape.rules.seats:
            raise TooManyChoices
        return ",".join(map(str, chosen))

    def _ranked(self, posted, shape):
        ranks = posted_numbers(posted, "rank", shape)
        if not ranks:
            raise RankNothing
        if len(set(ranks.values())) != len(ranks):
            raise InvalidAnswer(gettext("Give each candidate a place of its own."))
        return ranking_text(ranks)

    def chosen(self, answer):
        if not answer or answer == BLANK:
            return {"choice": [BLANK] if answer else [], "ranks": {}}
        if answer.replace(",", "").isdigit():
            choice = [int(number) for number in answer.split(",")]
            return {"choice": choice, "ranks": places_in(answer) if "," not in answer else {}}
        return {"choice": [], "ranks": places_in(answer)}

    def posted_again(self, posted):
        choice = [int(value) if value.isdigit() and len(value) < 6 else value for value in posted.getlist("choice")]
        ranks = {int(key): value for key, value in typed_again(posted, "rank").items() if key.isdigit()}
        return {"choice": choice[:200], "ranks": ranks}

    def extra(self, poll):
        return {"is_ranked": poll.rules.method in RANKED}

    def words(self, answer, shape):
        if answer == BLANK:
            return str(WORDS[BLANK])
        if shape.rules.method in RANKED:
            return ranking_words(answer, shape)
        return ", ".join(shape.options[int(number)] for number in answer.split(","))

    def result(self, profile, shape, lots=()):
        rules = shape.rules
        rankings = {self._groups(answer, rules): votes for answer, votes in profile.items()}
        election = Election(tuple(shape.options), rankings, rules.seats, tuple(map(tuple, lots)))
        counted = count(rules.method, election).as_json()
        return {**counted, "blank": profile.get(BLANK, 0), "ballots": sum(profile.values()), "seats": rules.seats}

    def _groups(self, answer, rules):
        if answer == BLANK:
            return ()
        if rules.method in RANKED:
            return ranking_groups(answer)
        return (tuple(int(number) for number in answer.split(",")),)

    def bars(self, result, shape):
        # A first round or a last one: the first shows what voters wrote, later rounds stand in the table of rounds.
        votes = result["rounds"][0].get("votes", {})
        valid = result["ballots"] - result["blank"]
        return [
            Bar(
                option,
                text,
                int(str(votes.get(str(option), 0)).split(".")[0]),
                percent(int(str(votes.get(str(option), 0)).split(".")[0]), valid),
                option in result["elected"],
                gettext("elected") if option in result["elected"] else "",
            )
            for option, text in shape.options.items()
        ]

    def sentence(self, result, shape):
        elected = ", ".join(shape.options[option] for option in result["elected"])
        tied = ", ".join(shape.options[option] for group in result["tie"] or [] for option in group)
        if tied and elected:
            return gettext("Elected: %(elected)s. A tie that only a lot can settle: %(tied)s.") % {
                "elected": elected,
                "tied": tied,
            }
        if tied:
            return gettext("A tie that only a lot can settle: %(tied)s.") % {"tied": tied}
        if not elected:
            return gettext("Nobody has more than half of the votes: a second ballot follows.")
        if len(result["elected"]) < min(result["seats"], len(shape.options)):
            return gettext("Elected: %(elected)s. For the other seats a second ballot follows.") % {"elected": elected}
        return gettext("Elected: %(elected)s.") % {"elected": elected}
