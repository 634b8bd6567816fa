"""Consent: a proposal goes on when nobody objects. Objections are talked through, not outvoted."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from polls.errors import InvalidAnswer, NothingChosen
from polls.kinds.base import ABSTAIN, Bar, PollKind, percent

AGREE, CONCERN, OBJECT = "agree", "concern", "object"
WORDS = {
    AGREE: _("I agree"),
    CONCERN: _("I agree, with a concern"),
    OBJECT: _("I object: this would harm us"),
    ABSTAIN: _("I stay out of this"),
}


class Consent(PollKind):
    """Answers are "agree", "concern", "object" and "abstain". Reasons belong in the discussion, by choice."""

    ballot = "polls/ballots/consent.html"
    icon = "handshake"
    least_options = 0

    def answer(self, posted, shape):
        values = posted.getlist("choice")
        if not values:
            raise NothingChosen
        if len(values) > 1 or values[0] not in WORDS:
            raise InvalidAnswer
        return values[0]

    def chosen(self, answer):
        return {"choice": [answer] if answer else []}

    def posted_again(self, posted):
        return {"choice": posted.getlist("choice")[:4]}

    def extra(self, poll):
        return {"answers": list(WORDS.items())}

    def words(self, answer, shape):
        return str(WORDS[answer])

    def result(self, profile, shape):
        return {"votes": {code: profile.get(code, 0) for code in WORDS}}

    def bars(self, result, shape):
        votes, total = result["votes"], sum(result["votes"].values())
        return [
            Bar(number, str(words), votes[code], percent(votes[code], total))
            for number, (code, words) in enumerate(WORDS.items(), start=1)
        ]

    def sentence(self, result, shape):
        votes = result["votes"]
        if votes[OBJECT]:
            words = ngettext(
                "No consent: %(n)s objection. Talk it through and come with a new proposal.",
                "No consent: %(n)s objections. Talk them through and come with a new proposal.",
                votes[OBJECT],
            )
            return words % {"n": votes[OBJECT]}
        if not votes[AGREE] + votes[CONCERN]:
            return gettext("No consent: nobody has agreed.")
        if votes[CONCERN]:
            words = ngettext(
                "Consent: nobody objects. There is %(n)s concern to keep in mind.",
                "Consent: nobody objects. There are %(n)s concerns to keep in mind.",
                votes[CONCERN],
            )
            return words % {"n": votes[CONCERN]}
        return gettext("Consent: nobody objects.")

    def outcome(self, result, shape):
        if result["votes"][OBJECT] or not result["votes"][AGREE] + result["votes"][CONCERN]:
            return gettext("No consent.")
        return gettext("Consent: nobody objects.")
