"""Bytes, amounts, dates and account numbers: read exactly, or not at all."""

import codecs
import re
from calendar import monthrange
from datetime import date

from finance.bank.readers.statement import Unreadable, gettext_noop

MAX_CENTS = 10**14  # a thousand billion euros: anything above is a misread file
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
DUTCH_IBAN = re.compile(r"NL\d{2}[A-Z]{4}\d{10}")
GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{2})|\d{1,3}(?:,\d{3})+(?:\.\d{2})")
PLAIN = re.compile(r"[0-9]{1,30}(?:[.,][0-9]{0,2})?")


def decode(content: bytes) -> str:
    """Text of a bank file: UTF-8 with or without mark, UTF-16 with mark, else Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(content, "utf-16")
    if b"\x00" in content:
        raise Unreadable(gettext_noop("The file contains NUL bytes and is not a text file of a bank."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode(content, "cp1252")


def _decode(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise Unreadable(gettext_noop("The characters in the file cannot be read."))
    return text


def cents(amount: str) -> int:
    """Cents of an amount without sign, with a decimal comma or point.

    "1.234" and "1,234" are refused: they mean one thousand to one bank and one euro to another.
    """
    amount = amount.strip()
    if GROUPED.fullmatch(amount):
        amount = re.sub(r"[.,](?=\d{3})", "", amount)
    if not PLAIN.fullmatch(amount):
        raise Unreadable(gettext_noop("The amount “%(amount)s” cannot be read."), amount=amount[:30])
    whole, _, fraction = amount.replace(",", ".").partition(".")
    return _bounded(int(whole) * 100 + int(fraction.ljust(2, "0")), amount)


def xml_cents(amount: str) -> int:
    """Cents of an amount in XML: point, up to five decimals, of which only two may count."""
    amount = amount.strip().removeprefix("+")
    match = re.fullmatch(r"([0-9]{1,30})(?:\.([0-9]{0,2})(0*))?|\.([0-9]{1,2})(0*)", amount)
    if not match:
        raise Unreadable(gettext_noop("The amount “%(amount)s” cannot be read."), amount=amount[:30])
    whole, fraction = match[1] or "0", match[2] or match[4] or ""
    return _bounded(int(whole) * 100 + int(fraction.ljust(2, "0")), amount)


def _bounded(value: int, amount: str) -> int:
    if value > MAX_CENTS:
        raise Unreadable(gettext_noop("The amount “%(amount)s” is too large to be right."), amount=amount[:30])
    return value


def signed_cents(amount: str) -> int:
    """Cents of an amount that may carry a sign in front, as in CSV files."""
    amount = amount.strip().replace("−", "-").replace("\u00a0", "").replace(" ", "")
    if amount.startswith("-"):
        return -cents(amount[1:])
    return cents(amount.removeprefix("+"))


def day(text: str) -> date:
    """A date written as 2026-11-22, 20261122 or 22-11-2026, with or without a time behind it."""
    match = re.match(r"(?:(\d{4})-?(\d{2})-?(\d{2})|(\d{2})[-/](\d{2})[-/](\d{4}))(?![0-9])", text.strip())
    if not match:
        raise Unreadable(gettext_noop("The date “%(date)s” cannot be read."), date=text[:30])
    year, month, day_of_month = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    return make_date(int(year), int(month), int(day_of_month), text)


def make_date(year: int, month: int, day_of_month: int, text: str) -> date:
    """The date; 30 February, which some banks use as a value date, becomes the last of the month."""
    try:
        return date(year, month, min(day_of_month, monthrange(year, month)[1]) if day_of_month <= 31 else 0)
    except ValueError as error:
        raise Unreadable(gettext_noop("The date “%(date)s” cannot be read."), date=text[:30]) from error


def find_iban(text: str) -> str:
    """The text itself when it is an IBAN (spaces allowed), else nothing."""
    compact = re.sub(r"\s", "", text).upper()
    return compact if IBAN.fullmatch(compact) else ""


def dutch_iban(bank: str, number: str) -> str:
    """The IBAN of an old Dutch account number, as the banks themselves converted them."""
    digits = re.sub(r"\D", "", number).lstrip("0").rjust(10, "0")
    rearranged = f"{bank}{digits}NL00"
    remainder = int("".join(str(int(sign, 36)) for sign in rearranged)) % 97
    return f"NL{98 - remainder:02d}{bank}{digits}"


def squeeze(text: str) -> str:
    """White space folded to single spaces."""
    return " ".join(text.split())
