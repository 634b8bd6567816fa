"""Aanmelden: yes or no; with places, in the order of signing up, and a waiting list."""

from django.utils.translation import gettext, ngettext

from polls.errors import InvalidAnswer, NothingChosen
from polls.kinds.base import Bar, PollKind, percent

YES, NO = "yes", "no"


class Signup(PollKind):
    """Answers are "yes" and "no"; the order is kept in the elector's place."""

    ballot = "polls/ballots/signup.html"
    icon = "user-plus"
    least_options = 0
    only_open = True

    def answer(self, posted, shape):
        values = posted.getlist("choice")
        if not values:
            raise NothingChosen
        if values not in ([YES], [NO]):
            raise InvalidAnswer
        return values[0]

    def chosen(self, answer):
        return {"choice": [answer] if answer else []}

    def posted_again(self, posted):
        return {"choice": posted.getlist("choice")[:2]}

    def words(self, answer, shape):
        return gettext("comes") if answer == YES else gettext("does not come")

    def result(self, profile, shape):
        return {"yes": profile.get(YES, 0), "no": profile.get(NO, 0), "places": shape.rules.places}

    def bars(self, result, shape):
        total = result["yes"] + result["no"]
        return [
            Bar(1, gettext("Comes"), result["yes"], percent(result["yes"], total)),
            Bar(2, gettext("Does not come"), result["no"], percent(result["no"], total)),
        ]

    def sentence(self, result, shape):
        coming, places = result["yes"], result["places"]
        if places is None:
            return ngettext("%(n)s person comes.", "%(n)s people come.", coming) % {"n": coming}
        if coming <= places:
            return gettext("%(n)s of %(places)s places are taken.") % {"n": coming, "places": places}
        waiting = {"places": places, "waiting": coming - places}
        return gettext("All %(places)s places are taken, %(waiting)s on the waiting list.") % waiting
