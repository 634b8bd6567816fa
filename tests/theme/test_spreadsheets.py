"""Every download goes through one table that no cell can calculate in."""

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from theme.spreadsheets import FORMULA, NotATable, Number, csv_lines, csv_rows, csv_table, excel_rows, inert


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


def workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["naam", "Anneke"])
    book.save(out)
    return out.getvalue()


def changed(content: bytes, part: str, becomes: bytes) -> bytes:
    """The workbook with another content for one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, becomes if name == part else old.read(name))
    return out.getvalue()


def test_a_workbook_is_read_row_by_row():
    assert list(excel_rows(workbook())) == [("naam", "Anneke")]


def test_a_small_workbook_that_swells_in_the_memory_is_refused():
    swelling = changed(workbook(), "xl/workbook.xml", b" " * (201 * 1024 * 1024))

    assert len(swelling) < 1_000_000
    with pytest.raises(NotATable):
        next(excel_rows(swelling))


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 geen werkmap",
        changed(workbook(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c"),
        changed(workbook(), "xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook>&a;</workbook>"),
    ],
    ids=["no workbook", "broken half-way", "entities"],
)
def test_what_is_broken_is_told_as_one_error(content):
    with pytest.raises(NotATable):
        list(excel_rows(content))


def test_a_field_without_an_end_is_told_as_well():
    with pytest.raises(NotATable):
        list(csv_rows('naam;adres\n"' + "x" * 200_000))
