"""What the association asks permission for. Changing the words means a new version; old answers keep the old words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.privacy.models import ConsentAnswer
from groups.subgroups.services.arrivals import NAME_WORDS, show_name

AMBASSADOR = "ambassador"


@dataclass(frozen=True, slots=True)
class ConsentPurpose:
    """`apply(member, yes)` makes the answer work at once; `is_given(member)` overrides the newest answer.

    `concerns(member)` leaves the purpose out for whom there is nothing to decide.
    """

    code: str
    label: str | Promise
    words: str | Promise
    version: int
    apply: Callable[[object, bool], None]
    is_given: Callable[[object], bool] | None = None
    concerns: Callable[[object], bool] | None = None


@dataclass(frozen=True, slots=True)
class ConsentState:
    purpose: ConsentPurpose
    is_given: bool
    history: list[ConsentAnswer]


def _nothing_else(member, yes: bool) -> None:
    """The answer itself is what others look at."""


def _show_to_ambassador(member, yes: bool) -> None:
    show_name(member=member, is_named=yes)


def _came_through_an_ambassador(member) -> bool:
    return member.arrivals.exists()


PURPOSES = [
    ConsentPurpose(
        "photos",
        _("Photos of me"),
        _("Photos and videos on which I can be recognised may be shown to members inside Paraplu."),
        1,
        _nothing_else,
    ),
    ConsentPurpose(
        "publication",
        _("My name and photo outside Paraplu"),
        _("My name and photos on which I can be recognised may stand on pages that everybody can read."),
        1,
        _nothing_else,
    ),
    ConsentPurpose(
        AMBASSADOR,
        _("My name for the ambassador"),
        NAME_WORDS,
        1,
        _show_to_ambassador,
        concerns=_came_through_an_ambassador,
    ),
]


def consent_purpose(code: str) -> ConsentPurpose:
    return {purpose.code: purpose for purpose in PURPOSES}[code]


def consent_states(member) -> list[ConsentState]:
    """Where the member stands on every purpose, with all answers so far, newest first."""
    answers = list(ConsentAnswer.objects.filter(member=member))
    return [
        _state(purpose, member, [answer for answer in answers if answer.purpose == purpose.code])
        for purpose in purposes_for(member)
    ]


def purposes_for(member) -> list[ConsentPurpose]:
    return [purpose for purpose in PURPOSES if purpose.concerns is None or purpose.concerns(member)]


def _state(purpose: ConsentPurpose, member, history: list[ConsentAnswer]) -> ConsentState:
    given = purpose.is_given(member) if purpose.is_given else bool(history and history[0].is_given)
    return ConsentState(purpose, given, history)
