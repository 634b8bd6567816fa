"""Makes a register as secretaries keep them for twenty years: every way of writing a name, a date and a mistake."""

import csv
import io
from random import Random

FIRST = ["Jan", "Anne-Fleur", "İbrahim", "Zoë", "D'Andre", "Søren", "Małgorzata", "李", "Νίκος", "Ольга", "محمد", "Bé"]
LAST = ["Berg", "O'Brien", "Yıldız", "Jansen-de Wit", "Núñez", "Ðorđević", "Smit", "'t Hart", "Çelik", "Kowalczyk"]
PREFIX = ["", "", "", "van der", "de", "van 't", "ter", "El"]
DATES = ["2014-03-01", "1-3-2014", "01/03/2014", "41699", "2014-03-01 00:00:00", "1.3.2014"]
WRONG = {
    "address": {"E-mailadres": "geen adres"},
    "date": {"Lid sinds": "gisteren"},
    "kind": {"Soort lid": "Erelid voor het leven"},
    "name": {"Voornaam": "", "Achternaam": "", "Tussenvoegsel": ""},
}
COLUMNS = ["Lidnr.", "Voornaam", "Tussenvoegsel", "Achternaam", "E-mailadres", "Soort lid", "Lid sinds", "Opmerking"]


def messy_rows(count: int, seed: int = 1904) -> list[dict[str, str]]:
    """`count` lines of which one in fifty is wrong and one in a hundred repeats the address of an earlier one."""
    random = Random(seed)
    rows = []
    for number in range(count):
        row = _good_row(number, random)
        if number % 50 == 49:
            row.update(WRONG[random.choice(sorted(WRONG))])
        elif number % 100 == 98:
            row["E-mailadres"] = rows[0]["E-mailadres"]
        rows.append(row)
    return rows


def _good_row(number: int, random: Random) -> dict[str, str]:
    return {
        "Lidnr.": f"{10_000 + number}",
        "Voornaam": f" {random.choice(FIRST)} ",
        "Tussenvoegsel": random.choice(PREFIX),
        "Achternaam": f"{random.choice(LAST)}",
        "E-mailadres": "" if number % 20 == 7 else f"Lid.{number}@Register.Example",
        "Soort lid": random.choice(["Lid", "lid", "LID", ""]),
        "Lid sinds": random.choice(DATES),
        "Opmerking": random.choice(["", "=1+1", "belt liever"]),
    }


def as_csv(rows: list[dict[str, str]], separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, COLUMNS, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode(encoding, errors="replace")


def as_excel(rows: list[dict[str, str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([row[column] for column in COLUMNS])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
