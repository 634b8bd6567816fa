"""Tables that open in a spreadsheet and do nothing there; and tables that come in, whatever is in the file."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator

from openpyxl import load_workbook

# What makes a spreadsheet calculate: also in the wide forms that some of them take for the same.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"  # so that spreadsheets read UTF-8

MOST_UNPACKED = 200 * 1024 * 1024


class NotATable(ValueError):
    """What came in is broken, locked, or so packed that it would fill the memory."""


def excel_rows(content: bytes) -> Iterator[tuple]:
    """The rows of the first sheet, one by one. Raises NotATable, also half-way."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            # A part never gives more than it says here, so a small file that swells is known before it is read.
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise NotATable
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except Exception as error:  # openpyxl has no error of its own for a file that is broken
        raise NotATable from error


def csv_rows(text: str) -> Iterator[list[str]]:
    """The rows of a text with commas, semicolons or tabs, whichever the first line has most of. Raises NotATable."""
    first = text.split("\n", 1)[0]
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    except csv.Error as error:
        raise NotATable from error


class Number(str):
    """A cell of our own making that may start with a minus: an amount, never text of a member."""

    __slots__ = ()


def inert(cell):
    """A text that starts like a formula gets a quote in front, so that it stays text; numbers stay numbers."""
    if isinstance(cell, str) and not isinstance(cell, Number) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell


def csv_lines(rows: Iterable[Iterable]) -> Iterator[str]:
    """The rows as CSV, line by line, with semicolons and a mark as Dutch Excel wants; every cell inert."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield MARK
    for row in rows:
        yield writer.writerow([inert(cell) for cell in row])


def csv_table(rows: Iterable[Iterable]) -> bytes:
    """`csv_lines` in one piece, for what is small; rows may be made while a transaction is open."""
    return "".join(csv_lines(rows)).encode()


class _Echo(io.TextIOBase):
    """What csv writes to: gives the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
