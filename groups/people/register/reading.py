"""Files as associations have them: CSV in three encodings and with two separators, and Excel; every value as text."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from groups.people.errors import ImportRefused
from theme.spreadsheets import FORMULA, NotATable, csv_rows, excel_rows

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 60_000

# What a column may be called, in small letters without punctuation.
COLUMNS = {
    "number": {"number", "lidnummer", "lidnr", "nummer", "membernumber", "member number", "relatienummer"},
    "first_name": {"first name", "firstname", "voornaam", "roepnaam"},
    "name_prefix": {"prefix", "tussenvoegsel", "tussenvoegsels", "voorvoegsel"},
    "last_name": {"last name", "lastname", "surname", "achternaam", "familienaam"},
    "name": {"name", "naam", "volledige naam", "full name"},
    "email": {"email", "e mail", "mail", "emailadres", "e mailadres", "mailadres", "email address", "e mail address"},
    "kind": {"kind", "soort", "lidsoort", "soort lid", "lidmaatschap", "membership", "type"},
    "starts_on": {"since", "start", "lid sinds", "ingangsdatum", "aanmelddatum", "member since", "startdatum"},
    "ends_on": {"end", "einde", "einddatum", "lid tot", "uitschrijfdatum", "afmelddatum", "until"},
    "groups": {"groups", "groepen", "groep", "group", "commissies"},
}
NAME_NEEDED = _("The first line must name the columns, with at least “voornaam” or “naam”.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its number as a person sees it in a spreadsheet, and {column: text}."""

    number: int
    values: dict[str, str]


def read_lines(name: str, content: bytes) -> Iterator[Line]:
    """The lines of a file with members. Raises ImportRefused when it is not such a file."""
    return read_table(content, COLUMNS, {"first_name", "name", "last_name"}, NAME_NEEDED)


def read_table(content: bytes, columns: dict[str, set[str]], needed: set[str], refusal) -> Iterator[Line]:
    """The lines of a CSV or Excel file with the columns we know; one of `needed` must be among them, else `refusal`."""
    if len(content) > MAX_BYTES:
        raise ImportRefused(_("This file is larger than 20 MB. Split it into parts."))
    try:
        rows = excel_rows(content) if content[:2] == b"PK" else csv_rows(decoded(content))
        yield from _lines(rows, columns, needed, refusal)
    except NotATable as error:
        raise ImportRefused from error


def _lines(rows, columns: dict[str, set[str]], needed: set[str], refusal) -> Iterator[Line]:
    header: list[str | None] | None = None
    for number, row in enumerate(rows, start=1):
        cells = [text_of(cell) for cell in row]
        if not any(cells):
            continue
        if header is None:
            header = _header(cells, columns)
            if not needed & set(header):
                raise ImportRefused(refusal)
            continue
        if number > MAX_ROWS:
            raise ImportRefused(_("This file has more than 60,000 lines. Split it into parts."))
        yield Line(number, {column: cell for column, cell in zip(header, cells, strict=False) if column})
    if header is None:
        raise ImportRefused(_("This file is empty."))


def _header(cells: list[str], columns: dict[str, set[str]]) -> list[str | None]:
    known = {name: column for column, names in columns.items() for name in names}
    return [known.get(re.sub(r"[\W_]+", " ", cell.casefold()).strip()) for cell in cells]


def text_of(cell) -> str:
    """A cell as text: whole numbers without .0, days as 2024-09-30, no invisible signs around it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime | datetime.date):
        return (cell.date() if isinstance(cell, datetime.datetime) else cell).isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).replace("\u00a0", " ").replace("\u200b", "").strip()
    # The quote that our own export puts before what looks like a formula.
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA and text[1:2] else text


def decoded(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 as Excel writes it, else what Windows calls ANSI."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%Y/%m/%d")
EXCEL_ZERO = datetime.date(1899, 12, 30)


def day_of(text: str) -> datetime.date | None:
    """A day as people and spreadsheets write it; Excel's day number too. Raises ValueError when it is none."""
    if not text:
        return None
    if re.fullmatch(r"\d{5}", text):
        return EXCEL_ZERO + datetime.timedelta(days=int(text))
    short = text.split(" ")[0].split("T")[0]
    for pattern in DATES:
        try:
            return datetime.datetime.strptime(short, pattern).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


def day_in(text: str) -> datetime.date | None:
    """A day as the dry run stored it."""
    return datetime.date.fromisoformat(text) if text else None


def names_in(text: str) -> list[str]:
    """The groups of a line, separated by upright strokes, or else by commas."""
    return [name for part in text.split("|" if "|" in text else ",") if (name := part.strip())]
