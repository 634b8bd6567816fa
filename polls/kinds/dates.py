"""Datumprikker: yes, if need be or no for each moment. Moments are wall time in Amsterdam, whatever the clock does."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, ngettext

from polls.counting.gauges import IF_NEED_BE, NO, YES, rank_dates
from polls.errors import InvalidAnswer, NothingChosen
from polls.kinds.base import Bar, PollKind, percent, posted_numbers, typed_again
from polls.words import wall_time


class Dates(PollKind):
    """Options are texts like "2026-12-04T20:00"; answers like "1:2,2:1,3:0"."""

    ballot = "polls/ballots/dates.html"
    icon = "calendar-days"
    only_open = True

    def answer(self, posted, shape):
        given = posted_numbers(posted, "date", shape)
        if not given:
            raise NothingChosen
        if any(value not in (YES, IF_NEED_BE, NO) for value in given.values()):
            raise InvalidAnswer
        return ",".join(f"{option}:{given.get(option, NO)}" for option in sorted(shape.options))

    def chosen(self, answer):
        return {"dates": {option: str(value) for option, value in dates_in(answer)} if answer else {}}

    def posted_again(self, posted):
        return {"dates": {int(key): value for key, value in typed_again(posted, "date").items() if key.isdigit()}}

    def label(self, text):
        return wall_time(datetime.fromisoformat(text))

    def extra(self, poll):
        return {"zone": settings.TIME_ZONE.replace("_", " ")}

    def words(self, answer, shape):
        meant = {YES: gettext("yes"), IF_NEED_BE: gettext("if need be")}
        given = [(option, meant[value]) for option, value in dates_in(answer) if value in meant]
        return "; ".join(f"{self.label(shape.options[option])}: {word}" for option, word in given) or gettext("none")

    def result(self, profile, shape):
        in_time = sorted(shape.options, key=lambda option: shape.options[option])
        standings = rank_dates({dates_in(answer): votes for answer, votes in profile.items()}, in_time)
        return {
            "voters": sum(profile.values()),
            "dates": [[each.option, each.yes, each.if_need_be, each.no] for each in standings],
        }

    def bars(self, result, shape):
        return [
            Bar(
                option,
                self.label(shape.options[option]),
                yes,
                percent(yes, result["voters"]),
                is_winner=at == 0 and yes > 0,
                note=ngettext("%(n)s if need be", "%(n)s if need be", maybe) % {"n": maybe},
            )
            for at, (option, yes, maybe, _no) in enumerate(result["dates"])
        ]

    def sentence(self, result, shape):
        option, yes, maybe, _no = result["dates"][0]
        if not yes and not maybe:
            return gettext("Nobody can come at any of these moments.")
        values = {"moment": self.label(shape.options[option]), "yes": yes, "maybe": maybe, "voters": result["voters"]}
        return gettext("%(moment)s suits best: %(yes)s of %(voters)s can come, %(maybe)s more if need be.") % values


def dates_in(answer: str) -> tuple[tuple[int, int], ...]:
    """(option, YES, IF_NEED_BE or NO) for each moment of an answer."""
    pairs = (part.split(":") for part in answer.split(","))
    return tuple((int(option), int(value)) for option, value in pairs)
