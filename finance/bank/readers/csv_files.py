"""The CSV downloads of ING (comma and semicolon, Dutch and English, savings) and Rabobank (2018 and later)."""

import csv
import io
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from finance.bank.readers.statement import Line, Statement, Statements, Unreadable, gettext_noop
from finance.bank.readers.values import day, find_iban, signed_cents, squeeze
from finance.bank.references import written_reference

ING_NAMES = {  # English heading → Dutch heading
    "date": "datum",
    "name / description": "naam / omschrijving",
    "description": "omschrijving",
    "account": "rekening",
    "account name": "rekening naam",
    "counterparty": "tegenrekening",
    "debit/credit": "af bij",
    "amount (eur)": "bedrag (eur)",
    "amount": "bedrag",
    "currency": "valuta",
    "notifications": "mededelingen",
    "resulting balance": "saldo na mutatie",
}
DIRECTIONS = {"af": -1, "debit": -1, "bij": 1, "credit": 1}
PAYMENT_REFERENCE = re.compile(r"(?:Betalingskenmerk|Payment reference):\s*([0-9A-Z]{7,25})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    account: str
    currency: str
    line: Line
    balance_cents: int | None


def read_csv(text: str) -> Statements:
    heading, rows = _rows(text)
    read_row = _layout(heading)
    accounts: dict[tuple[str, str], list[Row]] = {}
    for record in _records(heading, rows):
        row = read_row(record)
        accounts.setdefault((row.account, row.currency), []).append(row)
    if not accounts:
        raise Unreadable(gettext_noop("The file contains no lines."))
    return Statements("csv", tuple(_statement(rows) for rows in accounts.values()))


def _rows(text: str) -> tuple[list[str], list[list[str]]]:
    first = text.lstrip().partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = [row for row in csv.reader(io.StringIO(text.lstrip()), delimiter=delimiter, strict=True) if any(row)]
    except csv.Error as error:
        raise Unreadable(gettext_noop("The file is cut off or is not a CSV file.")) from error
    heading = [squeeze(name).lower() for name in rows[0]] if rows else []
    return [ING_NAMES.get(name, name) for name in heading], rows[1:]


def _records(heading: list[str], rows: list[list[str]]) -> list[dict]:
    records = []
    for number, row in enumerate(rows, start=2):
        if len(row) != len(heading):
            raise Unreadable(gettext_noop("Row %(number)s does not have as many fields as the heading."), number=number)
        records.append(dict(zip(heading, row, strict=True)))
    return records


def _layout(heading: list[str]) -> Callable[[dict], Row]:
    names = set(heading)
    if {"iban/bban", "munt", "datum", "bedrag", "saldo na trn"} <= names:
        return _rabobank_row
    if {"datum", "rekening", "af bij"} <= names and names & {"bedrag (eur)", "bedrag"}:
        return _ing_row
    raise Unreadable(gettext_noop("This is not a bank statement we know: camt.053, MT940, or CSV of ING or Rabobank."))


def _rabobank_row(record: dict) -> Row:
    text = squeeze(" ".join(record.get(f"omschrijving-{part}") or "" for part in (1, 2, 3)))
    payment_reference = squeeze(record.get("betalingskenmerk", "")).replace(" ", "")
    end_to_end = squeeze(record.get("transactiereferentie", ""))
    name = next((squeeze(record[key]) for key in record if key.startswith("naam ") and record[key].strip()), "")
    line = Line(
        booked_on=day(record["datum"]),
        cents=signed_cents(record["bedrag"]),
        name=name,
        iban=find_iban(record.get("tegenrekening iban/bban", "")),
        reference=payment_reference or written_reference(text, end_to_end),
        text=text,
        value_on=day(record["rentedatum"]) if record.get("rentedatum", "").strip() else None,
        end_to_end=end_to_end,
        bank_reference=squeeze(record.get("volgnr", "")),
        return_code=_return_code(record.get("reden retour", "")),
    )
    return Row(_account(record["iban/bban"]), record["munt"].strip(), line, signed_cents(record["saldo na trn"]))


def _return_code(reason: str) -> str:
    match = re.match(r"\s*([A-Z]{2}\d{2})\b", reason)
    return match[1] if match else ""


def _ing_row(record: dict) -> Row:
    text = squeeze(record.get("mededelingen", ""))
    written = PAYMENT_REFERENCE.search(text)
    balance = record.get("saldo na mutatie", "").strip()
    line = Line(
        booked_on=day(record["datum"]),
        cents=_ing_cents(record),
        name=squeeze(record.get("naam / omschrijving") or record.get("omschrijving") or ""),
        iban=find_iban(record.get("tegenrekening", "")),
        reference=written[1] if written else written_reference(text),
        text=text,
    )
    currency = record.get("valuta", "").strip() or "EUR"
    return Row(_account(record["rekening"]), currency, line, signed_cents(balance) if balance else None)


def _ing_cents(record: dict) -> int:
    direction = DIRECTIONS.get(record["af bij"].strip().lower())
    if direction is None:
        raise Unreadable(gettext_noop("An amount does not say whether it came in or went out."))
    return signed_cents(record.get("bedrag (eur)") or record.get("bedrag") or "") * direction


def _account(written: str) -> str:
    account = re.sub(r"\s", "", written).upper()
    if not account:
        raise Unreadable(gettext_noop("The statement does not say which account it is of."))
    return account


def _statement(rows: list[Row]) -> Statement:
    """Opening and closing follow from the balance on each row; ING lists the newest first."""
    opening = closing = adds_up = None
    if all(row.balance_cents is not None for row in rows):
        newest_first = not _runs_on(rows) and (_runs_on(rows[::-1]) or rows[0].line.booked_on > rows[-1].line.booked_on)
        in_order = rows[::-1] if newest_first else rows
        opening = in_order[0].balance_cents - in_order[0].line.cents
        closing = in_order[-1].balance_cents
        adds_up = _runs_on(in_order)
    lines = tuple(row.line for row in rows)
    closed_on = max(line.booked_on for line in lines)
    return Statement(rows[0].account, rows[0].currency, opening, closing, adds_up, lines, closed_on=closed_on)


def _runs_on(rows: list[Row]) -> bool:
    return all(
        earlier.balance_cents + later.line.cents == later.balance_cents for earlier, later in itertools.pairwise(rows)
    )
