"""Every download goes through one table that no cell can calculate in."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theme.spreadsheets import FORMULA, Number, csv_lines, csv_table, inert


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", ["=1+1", "+31612345678", "-1", "@SUM(A1)", "＝1+1", "\t=1", "\r=1", "\n=1"])
def test_what_starts_like_a_formula_stays_text(text):
    assert inert(text) == f"'{text}"
    assert read(csv_table([["a", text]])) == [["a", f"'{text}"]]


@pytest.mark.parametrize("cell", ["Jan", "", "1=1", "a-b", " =1", "'=1", 0, -5, Number("-12,50"), None])
def test_all_else_is_written_as_it_is(cell):
    assert inert(cell) is cell


def test_amounts_stay_numbers_and_texts_come_back_whole():
    content = csv_table([["Omschrijving", "Bedrag"], ['thee; koffie "vers"\nen taart', Number("-12,50")]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [["Omschrijving", "Bedrag"], ['thee; koffie "vers"\nen taart', "-12,50"]]


def test_lines_come_one_by_one_while_rows_are_read():
    seen = []

    def rows():
        for number in range(3):
            seen.append(number)
            yield [number]

    lines = csv_lines(rows())

    assert (next(lines), next(lines), seen) == ("\ufeff", "0\r\n", [0])


@given(st.lists(st.lists(st.text(), min_size=2, max_size=4), min_size=1, max_size=4))
def test_no_cell_of_a_download_starts_a_formula(rows):
    for written, row in zip(read(csv_table(rows)), rows, strict=True):
        assert not any(cell.startswith(FORMULA) for cell in written)
        assert [cell.removeprefix("'") for cell in written] == [cell.removeprefix("'") for cell in row]
