"""What every reader returns, whatever the bank and the format."""

from dataclasses import dataclass
from datetime import date


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogue; the readers themselves need no Django."""
    return sentence


class Unreadable(Exception):
    """The whole file is refused, with one sentence that says why."""

    def __init__(self, sentence: str, **details):
        super().__init__(sentence % details if details else sentence)
        self.sentence, self.details = sentence, details


@dataclass(frozen=True, slots=True)
class Line:
    """One booked movement. `cents` is signed: money in is positive."""

    booked_on: date
    cents: int
    name: str = ""
    iban: str = ""
    reference: str = ""
    text: str = ""
    value_on: date | None = None
    end_to_end: str = ""
    bank_reference: str = ""
    return_code: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A period of one account. `adds_up` is None when the layout has no balances to check against."""

    account: str
    currency: str
    opening_cents: int | None
    closing_cents: int | None
    adds_up: bool | None
    lines: tuple[Line, ...]
    number: str = ""
    closed_on: date | None = None
    flipped: bool = False  # lines the bank marks as reversals count the other way round
    source: str = ""  # the file inside a zip


@dataclass(frozen=True, slots=True)
class Statements:
    format: str
    statements: tuple[Statement, ...]

    def as_json(self) -> dict:
        return {"format": self.format, "statements": [_statement_json(each) for each in self.statements]}


def _statement_json(statement: Statement) -> dict:
    return {
        "account": statement.account,
        "currency": statement.currency,
        "opening_cents": statement.opening_cents,
        "closing_cents": statement.closing_cents,
        "adds_up": statement.adds_up,
        "lines": [_line_json(line) for line in statement.lines],
    }


def _line_json(line: Line) -> dict:
    return {
        "booked_on": line.booked_on.isoformat(),
        "cents": line.cents,
        "name": line.name,
        "iban": line.iban,
        "reference": line.reference,
        "text": line.text,
    }
