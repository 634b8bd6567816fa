"""Tables that open in a spreadsheet and do nothing there."""

import csv
import io
from collections.abc import Iterable, Iterator

# What makes a spreadsheet calculate: also in the wide forms that some of them take for the same.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"  # so that spreadsheets read UTF-8


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
