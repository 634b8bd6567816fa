"""One movement of MT940: the :61: field with its :86: description."""

import itertools
import re
from datetime import date

from finance.bank.readers import mt940_details
from finance.bank.readers.mt940_details import Details
from finance.bank.readers.statement import Line, Unreadable, gettext_noop
from finance.bank.readers.values import cents, find_iban, make_date, squeeze
from finance.bank.references import written_reference

MOVEMENT = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?(?P<mark>R[CD]|E[CD]|C|D)(?P<funds>[A-Z])?(?P<amount>\d[\d.,]*)"
    r"(?P<kind>[A-Z][A-Z0-9]{2}[A-Z0-9 ])?(?P<rest>.*)"
)
SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1}  # a reversed credit takes the money back
MARKERS = {"NONREF", "EREF", "MARF", "PREF", "REF", ""}
FULL_LINE = 65


def value_date(written: str) -> date:
    year = int(written[:2])
    return make_date(2000 + year if year < 80 else 1900 + year, int(written[2:4]), int(written[4:6]), written)


def read_line(movement: list[str], descriptions: list[list[str]]) -> Line | None:
    """The line, or None for a movement that is only expected."""
    match = MOVEMENT.match(movement[0].strip())
    if not match:
        raise Unreadable(gettext_noop("The line “%(line)s” cannot be read."), line=movement[0][:40])
    if match["mark"].startswith("E"):
        return None
    value_on = value_date(match["value"])
    customer, _, bank_reference = match["rest"].partition("//")
    supplement = [squeeze(line) for line in movement[1:] if line.strip()]
    details = _completed(_details(descriptions), squeeze(customer), supplement)
    return Line(
        booked_on=_entry_date(value_on, match["entry"]),
        cents=cents(match["amount"]) * SIGNS[match["mark"]],
        name=details.name,
        iban=details.iban,
        reference=details.reference or written_reference(details.text, details.end_to_end, squeeze(customer)),
        text=details.text,
        value_on=value_on,
        end_to_end="" if details.end_to_end in ("NOTPROVIDED", "NONREF") else details.end_to_end,
        bank_reference=squeeze(bank_reference),
        return_code=details.return_code,
    )


def _entry_date(value_on: date, entry: str | None) -> date:
    """The booking day has no year: the one nearest to the value date, over new year too."""
    if not entry:
        return value_on
    years = (value_on.year - 1, value_on.year, value_on.year + 1)
    days = (make_date(year, int(entry[:2]), int(entry[2:]), entry) for year in years)
    return min(days, key=lambda each: abs(each - value_on))


def _details(descriptions: list[list[str]]) -> Details:
    joined = " ".join(_join(lines) for lines in descriptions).strip("\n")
    if _is_volksbank(descriptions):
        return _volksbank(descriptions[0])
    return mt940_details.describe(joined)


def _join(lines: list[str]) -> str:
    """Lines of 65 signs were cut by the bank and belong together; shorter ones end in a space or a break."""
    text = lines[0]
    for previous, line in itertools.pairwise(lines):
        broken_off = len(previous) >= FULL_LINE or mt940_details.CODE.match(line) or line.startswith((">", "?"))
        text += line if broken_off else f" {line}"
    return text


def _is_volksbank(descriptions) -> bool:
    """SNS, ASN and RegioBank: account and name on the first line, then lines padded to 65 signs."""
    return bool(descriptions) and any(len(line) >= FULL_LINE and not line.strip() for line in descriptions[0][1:])


def _volksbank(lines: list[str]) -> Details:
    account, _, name = squeeze(lines[0]).partition(" ")
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]+|\d{5,}", account):
        account, name = "", squeeze(lines[0])
    described = mt940_details.describe(_join(lines[1:]).strip())
    iban = find_iban(account) or described.iban
    return Details(
        described.name or name, iban, described.text, described.reference, described.end_to_end, described.return_code
    )


def _completed(details: Details, customer: str, supplement: list[str]) -> Details:
    """Rabobank, SNS and ASN state the other account in :61: itself, or on the line under it."""
    iban = details.iban or find_iban(customer) or next(filter(None, map(find_iban, supplement[:1])), "")
    name = details.name
    if not name and find_iban(customer) and supplement:
        name = supplement[0]
    text = details.text
    if not text and supplement and not supplement[0].startswith("/"):
        text = "" if find_iban(supplement[0]) or supplement[0] == name else " ".join(supplement)
    reference = details.reference
    if not reference and customer.upper() not in MARKERS and re.fullmatch(r"\d{16}", customer):
        reference = customer  # the Dutch 16-digit payment reference
    return Details(name, iban, text, reference, details.end_to_end, details.return_code)
