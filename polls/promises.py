"""What a voter is told before the options: who sees it, can it be changed, when is the result seen, what is needed."""

from django.utils.translation import gettext, ngettext

from polls.models import Kind, Poll, Secrecy
from polls.rules import Audience, Shown
from polls.words import day_and_time


def promises(poll: Poll) -> list[str]:
    """The rules of the poll in plain sentences, in the language that is active."""
    return [line for line in (who_sees(poll), may_change(poll), when_shown(poll), what_is_needed(poll)) if line]


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
    most = poll.rules.most_choices
    if most > 1:
        return ngettext("Choose %(n)s option.", "Choose at most %(n)s options.", most) % {"n": most}
    return ""
