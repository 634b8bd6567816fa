"""MT940 in the dialects of the Dutch banks.

Written here rather than taken from a library: the ones tried read a reversal with the wrong sign,
"1.234,56" as one euro, or dropped the text behind a dash at the start of a line.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from finance.bank.readers import mt940_lines
from finance.bank.readers.statement import Line, Statement, Statements, Unreadable, gettext_noop
from finance.bank.readers.values import DUTCH_IBAN, IBAN, cents, dutch_iban

TAG = re.compile(r"^:(20|21|25P?|28C?|13D?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]|NS):")
BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})\s*([\d.,]+)")
HEADER = re.compile(r"^(\{\d:|[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\s*$|940\b|0000 \d\d[A-Z]{6})")
TRAILER = re.compile(r"^-(\}.*|X+)?\s*$")
BANKS = {  # what names the bank in the heading → the bank code in its IBANs, for files with an old account number
    "ABNANL": "ABNA",
    "INGBNL": "INGB",
    "KNABNL": "KNAB",
    "SNSBNL": "SNSB",
    "ASNBNL": "ASNB",
    "TRIONL": "TRIO",
    "TRIODOSBANK": "TRIO",
    "BUNQNL": "BUNQ",
    "FVLBNL": "FVLB",
}


@dataclass(slots=True)
class Message:
    """The fields of one message, in order, with the header lines that stood above it."""

    heading: str
    fields: list[tuple[str, list[str]]] = field(default_factory=list)

    def first(self, *names: str) -> str:
        return next((" ".join(lines).strip() for name, lines in self.fields if name in names), "")

    def has(self, *names: str) -> bool:
        return any(name in names for name, _lines in self.fields)


def looks_like_mt940(text: str) -> bool:
    return bool(re.search(r"^:20:", text, re.MULTILINE) and re.search(r"^:(25P?|60[FM]|61):", text, re.MULTILINE))


def read_mt940(text: str) -> Statements:
    messages = _messages(text)
    if any(message.has("34F", "90C", "90D") and not message.has("60F", "60M") for message in messages):
        raise Unreadable(
            gettext_noop("This is an intermediate report (MT942). Download the statement (MT940) instead.")
        )
    return Statements("mt940", tuple(_joined([_statement(message) for message in messages])))


def _messages(text: str) -> list[Message]:
    messages: list[Message] = []
    heading, open_field = "", None
    for raw in text.splitlines():
        line = raw.rstrip("\r\n\x03\x1a")
        tag = TAG.match(line)
        if tag and tag[1] == "20":
            messages.append(Message(heading))
            heading = ""
        if tag and not messages:
            raise Unreadable(
                gettext_noop("The file does not begin where a statement begins; it may have been cut off.")
            )
        if tag:
            open_field = [line[tag.end() :]]
            messages[-1].fields.append((tag[1], open_field))
        elif HEADER.match(line) and not _within_text(messages, line):
            heading, open_field = heading + line, None
        elif open_field is not None and not (TRAILER.match(line) and messages[-1].has("62F", "62M")):
            open_field.append(line)
    return messages


def _within_text(messages: list[Message], line: str) -> bool:
    """A description may hold a lone word that looks like a heading; a block header never."""
    return bool(messages) and not messages[-1].has("62F", "62M") and not line.startswith("{")


@dataclass(frozen=True, slots=True)
class Page:
    statement: Statement
    continues: bool  # the opening balance is an intermediate one (60M)
    unfinished: bool  # the closing balance is an intermediate one (62M)


def _statement(message: Message) -> Page:
    opening = _balance(message, "60F", "60M")
    closing = _balance(message, "62F", "62M")
    if opening.currency != closing.currency:
        raise Unreadable(
            gettext_noop("The statement mixes currencies (%(currencies)s)."),
            currencies=f"{opening.currency}, {closing.currency}",
        )
    lines = tuple(_lines(message))
    total = opening.cents + sum(line.cents for line in lines)
    statement = Statement(
        account=_account(message),
        currency=opening.currency,
        opening_cents=opening.cents,
        closing_cents=closing.cents,
        adds_up=total == closing.cents,
        lines=lines,
        number=message.first("28C", "28"),
        closed_on=closing.on,
    )
    return Page(statement, continues=message.has("60M"), unfinished=message.has("62M"))


@dataclass(frozen=True, slots=True)
class Balance:
    cents: int
    currency: str
    on: date


def _balance(message: Message, *names: str) -> Balance:
    written = message.first(*names)
    if not written:
        raise Unreadable(
            gettext_noop("The statement has no opening balance; it may have been cut off.")
            if "60F" in names
            else gettext_noop("The statement has no closing balance; it may have been cut off.")
        )
    match = BALANCE.match(written)
    if not match:
        raise Unreadable(gettext_noop("The amount “%(amount)s” cannot be read."), amount=written[:30])
    amount = cents(match[4])
    return Balance(amount if match[1] == "C" else -amount, match[3], mt940_lines.value_date(match[2]))


def _account(message: Message) -> str:
    written = re.sub(r"\s", "", message.first("25", "25P")).upper()
    if not written:
        raise Unreadable(gettext_noop("The statement does not say which account it is of."))
    if found := DUTCH_IBAN.search(written):
        return found[0]
    bank = next((code for mark, code in BANKS.items() if mark in message.heading + written), "")
    number = re.sub(r"[A-Z]{3}$", "", written.rpartition("/")[2])
    if bank and re.fullmatch(r"[\d.]{3,13}", number) and len(re.sub(r"\D", "", number).lstrip("0")) <= 10:
        return dutch_iban(bank, number)
    return number if IBAN.fullmatch(number) or "/" not in written else written


def _lines(message: Message) -> list[Line]:
    """Each :61: with the :86: fields behind it, as far as the next field of another kind."""
    movements: list[tuple[list[str], list[list[str]]]] = []
    open_movement = False
    for name, lines in message.fields:
        if name == "61":
            movements.append((lines, []))
            open_movement = True
        elif name == "86" and open_movement:
            movements[-1][1].append(lines)
        elif name not in ("86", "NS"):
            open_movement = False
    read = (mt940_lines.read_line(movement, descriptions) for movement, descriptions in movements)
    return [line for line in read if line is not None]


def _joined(pages: list[Page]) -> list[Statement]:
    """Pages of one statement, told by intermediate balances, as one statement again."""
    statements: list[Statement] = []
    unfinished = False
    for page in pages:
        last = statements[-1] if statements else None
        if last and unfinished and page.continues and last.account == page.statement.account:
            statements[-1] = _continued(last, page.statement)
        else:
            statements.append(page.statement)
        unfinished = page.unfinished
    return statements


def _continued(statement: Statement, page: Statement) -> Statement:
    return replace(
        statement,
        closing_cents=page.closing_cents,
        closed_on=page.closed_on,
        lines=statement.lines + page.lines,
        adds_up=bool(statement.adds_up and page.adds_up and statement.closing_cents == page.opening_cents),
    )
