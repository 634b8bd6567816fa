"""The shape of a kind of poll."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from polls.errors import InvalidAnswer
from polls.rules import Rules

BLANK, ABSTAIN = "blank", "abstain"
ABSTAINED_BAR = 10_000  # a number that no option has: a poll holds at most 100


@dataclass(frozen=True)
class Bar:
    """One line of a result: a label, its votes, and its share of the largest or of the total, 0 to 100."""

    number: int
    label: str
    votes: int
    percent: int
    is_winner: bool = False
    note: str = ""


@dataclass(frozen=True)
class Shape:
    """What an answer and a count may rest on: the poll's rules and its options, number to text."""

    rules: Rules
    options: dict[int, str] = field(default_factory=dict)
    entitled: int = 0  # votes of all electors together, weights included
    present: int = 0  # of those present or represented in the meeting; 0 outside a meeting


class PollKind:
    """One kind. `ballot` is the template with its fields; answers are short canonical texts, so that equal
    answers are equal strings and the count is one GROUP BY."""

    ballot = ""
    icon = "vote"
    least_options = 2
    only_open = False  # always with names
    has_bars_in_percent = True

    def answer(self, posted: MultiValueDict, shape: Shape) -> str:
        """The canonical text of what was posted. Raises InvalidAnswer."""
        raise NotImplementedError

    def chosen(self, answer: str | None) -> dict:
        """The fields of the ballot as they stood, to show or change a vote."""
        raise NotImplementedError

    def posted_again(self, posted: MultiValueDict) -> dict:
        """The fields as they were just posted, so that a refused ballot keeps what was filled in."""
        raise NotImplementedError

    def words(self, answer: str, shape: Shape) -> str:
        """The choice in words, for lists of names in an open poll."""
        raise NotImplementedError

    def result(self, profile: Mapping[str, int], shape: Shape) -> dict:
        """Plain JSON from {answer: votes}."""
        raise NotImplementedError

    def label(self, text: str) -> str:
        """An option's text as it is shown."""
        return text

    def extra(self, poll) -> dict:
        """What else the ballot's template needs, beside the options."""
        return {}

    def bars(self, result: dict, shape: Shape) -> list[Bar]:
        raise NotImplementedError

    def abstained_bar(self, result: dict, shape: Shape) -> list[Bar]:
        """A line for who abstained, where the rules offer that; it has no share, for it chooses nothing."""
        if not shape.rules.abstain:
            return []
        return [Bar(ABSTAINED_BAR, gettext("Abstained"), result.get("abstained", 0), 0)]

    def sentence(self, result: dict, shape: Shape) -> str:
        """The outcome in one sentence, in the language that is active."""
        raise NotImplementedError

    def outcome(self, result: dict, shape: Shape) -> str:
        """The outcome without any figure, for a secret poll with few votes."""
        return self.sentence(result, shape)


def numbers(values: list[str], options) -> list[int]:
    """Posted option numbers, sorted. Raises InvalidAnswer for anything that is not an option, or is named twice."""
    if len(values) > len(options) or not all(
        value.isascii() and value.isdigit() and len(value) < 6 for value in values
    ):
        raise InvalidAnswer
    found = sorted(int(value) for value in values)
    if len(set(found)) != len(found) or not set(found) <= set(options):
        raise InvalidAnswer
    return found


def abstains(posted: MultiValueDict, shape: Shape) -> bool:
    """Whether the ballot abstains. Raises InvalidAnswer when that is not offered."""
    if ABSTAIN not in posted.getlist("choice"):
        return False
    if not shape.rules.abstain or len(posted.getlist("choice")) > 1:
        raise InvalidAnswer
    return True


def is_number(value: str) -> bool:
    """Whether a posted text is a small whole number; ten megabytes of digits are not."""
    return len(value) < 6 and value.isascii() and value.isdigit()


def posted_numbers(posted: MultiValueDict, prefix: str, shape: Shape) -> dict[int, int]:
    """{option: whole number} of fields like `rank-3`; empty fields are left out. Raises InvalidAnswer."""
    found = {}
    for name in posted:
        if name.startswith(f"{prefix}-"):
            option, value = name[len(prefix) + 1 :], posted.get(name, "").strip()
            if not is_number(option) or int(option) not in shape.options or (value and not is_number(value)):
                raise InvalidAnswer
            if value:
                found[int(option)] = int(value)
    return found


def typed_again(posted: MultiValueDict, prefix: str) -> dict[str, str]:
    """What was typed in fields like `rank-3`, to show it again."""
    return {name[len(prefix) + 1 :]: posted[name][:10] for name in list(posted)[:300] if name.startswith(f"{prefix}-")}


def percent(part: int, whole: int) -> int:
    """0-100, rounded half up, whole numbers only."""
    return (200 * part + whole) // (2 * whole) if whole else 0
