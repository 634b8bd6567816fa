"""What a voter is told before the options: who sees it, can it be changed, when is the result seen, what is needed."""

from django.utils.translation import gettext, ngettext

from polls.counting.majority import Base, Tie
from polls.entitlement import who_votes
from polls.models import Kind, Poll, Secrecy
from polls.rules import Audience, Shown
from polls.words import day_and_time


def promises(poll: Poll) -> list[str]:
    """The rules of the poll in plain sentences, in the language that is active."""
    lines = (who_sees(poll), may_change(poll), when_shown(poll), what_is_needed(poll), receipt(poll), who_votes(poll))
    return [line for line in lines if line]


def who_sees(poll: Poll) -> str:
    if poll.kind == Kind.SURVEY and poll.is_secret:
        return gettext(
            "Anonymous: your answers are sealed and counted per question. It can be seen that you took part. "
            "Do not write in a text who you are."
        )
    if poll.kind == Kind.SURVEY:
        return gettext("With names: whoever made this survey sees who answered what.")
    return {
        Secrecy.OPEN: gettext("Open: everybody in this poll can see who chose what."),
        Secrecy.CONFIDENTIAL: gettext(
            "Confidential: names are hidden on every page and in every download. The database can still tell."
        ),
        Secrecy.SECRET: gettext(
            "Secret: your choice is sealed and nobody can look it up. It can be seen that you voted, not what."
        ),
    }[poll.secrecy]


def receipt(poll: Poll) -> str:
    if not poll.rules.receipts:
        return ""
    return gettext("You get a code. After the count the list shows each choice beside its code, for you to check.")


def may_change(poll: Poll) -> str:
    closes = day_and_time(poll.closes_at)
    if poll.rules.may_change:
        return gettext("You can vote until %(closes)s, and change your vote until then.") % {"closes": closes}
    return gettext("You can vote until %(closes)s. Your vote is final: you cannot change it.") % {"closes": closes}


def when_shown(poll: Poll) -> str:
    seen_by_board = poll.rules.audience == Audience.BOARD
    if seen_by_board:
        return gettext("Only the board and who made this poll see the result.")
    return {
        Shown.LIVE: gettext("Everybody sees the result while voting goes on."),
        Shown.AFTER_VOTE: gettext("You see the result once you have voted."),
        Shown.AFTER_CLOSE: gettext("The result is shown when voting has closed."),
        Shown.AFTER_PUBLICATION: gettext("The result is shown once the tellers have published it."),
    }[poll.rules.shown]


def what_is_needed(poll: Poll) -> str:
    if poll.kind == Kind.MOTION:
        return _majority(poll.rules.majority)
    return " ".join(part for part in (_of_this_kind(poll), _quorum(poll.rules.quorum)) if part)


def _of_this_kind(poll: Poll) -> str:
    if poll.kind == Kind.ELECTION:
        return _method(poll.rules)
    most = poll.rules.most_choices
    if most > 1:
        return ngettext("Choose %(n)s option.", "Choose at most %(n)s options.", most) % {"n": most}
    return ""


def _majority(majority) -> str:
    base = {
        Base.VOTES: gettext("the votes cast, blank included")
        if "blank" in majority.counted
        else gettext("the votes in favour and against"),
        Base.PRESENT: gettext("everybody present or represented"),
        Base.ENTITLED: gettext("everybody entitled to vote"),
    }[majority.base]
    share = {
        "": gettext("more votes in favour than against"),
        "1/2": gettext("more than half of %(base)s"),
        "2/3": gettext("two thirds of %(base)s"),
        "3/4": gettext("three quarters of %(base)s"),
        "1": gettext("all of %(base)s"),
    }.get(majority.share, gettext("%(share)s of %(base)s"))
    needed = gettext("Needed: %(share)s.") % {"share": share % {"base": base, "share": majority.share}}
    tie = gettext("A tie decides nothing.") if majority.tie == Tie.POSTPONED else ""
    return " ".join(part for part in (needed, tie, _quorum(majority.quorum)) if part)


def _quorum(part: str) -> str:
    if not part:
        return ""
    return gettext("At least %(quorum)s of who may vote must take part, else there is no decision.") % {"quorum": part}


def _method(rules) -> str:
    words = {
        "absolute_majority": gettext("Elected is who has more than half of the votes; blank votes do not count."),
        "plurality": gettext("Elected is who has most votes."),
        "irv": gettext("The last candidate drops out each round, until one has more than half of the votes."),
        "stv_scottish": gettext("Seats are divided in proportion (Scottish STV)."),
    }
    seats = ngettext("%(n)s seat.", "%(n)s seats.", rules.seats) % {"n": rules.seats}
    return f"{words.get(rules.method, '')} {seats}".strip()
