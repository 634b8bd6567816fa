"""Amounts as people type them, and sharing an amount: integer cents only, never a float."""

import re

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal
from theme.spreadsheets import Number

MAX_CENTS = 10_000_000_00
CURRENCY = re.compile(r"^(?:€|EUR)\s*|\s*(?:€|EUR)$", re.IGNORECASE)


class NotAnAmount(Refusal):
    message = _("Fill in an amount, for example 12.50.")


class AmountTooLarge(Refusal):
    message = _("An amount can be at most 10 million euros.")


def parse_amount(typed: str, language: str = "nl") -> int:
    """Cents of a typed positive amount. In Dutch 1.234,50, in English 1,234.50; both ways without thousands.

    One separator with three digits behind it is read as thousands in the language that writes them so and
    refused in the other, where it would be a thousandth of what was meant.
    """
    text = CURRENCY.sub("", typed.strip().replace("\u00a0", " ")).replace(" ", "")
    thousands, decimal = (".", ",") if language.startswith("nl") else (",", ".")
    patterns = (
        rf"([1-9][0-9]{{0,2}}(?:\{thousands}[0-9]{{3}}){{1,9}})(?:\{decimal}([0-9]{{2}}))?",  # 1.234,50 and 1.234
        r"([0-9]{1,30})(?:[.,]([0-9]{1,2}))?",  # 25 · 25,5 · 25.50
    )
    for pattern in patterns:
        if match := re.fullmatch(pattern, text):
            return _checked(match[1].replace(thousands, ""), match[2] or "")
    raise NotAnAmount


def _checked(whole: str, fraction: str) -> int:
    cents = int(whole) * 100 + int(fraction.ljust(2, "0"))
    if not cents:
        raise NotAnAmount
    if cents > MAX_CENTS:
        raise AmountTooLarge
    return cents


def format_cents(cents: int, language: str = "nl") -> str:
    """For files and texts outside templates: € 1.234,50 in Dutch, €1,234.50 in English."""
    sign, value = ("−" if cents < 0 else ""), abs(cents)
    plain = f"{value // 100:,}.{value % 100:02d}"
    if language.startswith("nl"):
        return f"{sign}€\u00a0{plain.translate(str.maketrans(',.', '.,'))}"
    return f"{sign}€{plain}"


def typed_cents(cents: int, language: str = "nl") -> str:
    """As somebody types it in a field: 1234,50 in Dutch, 1234.50 in English; no amount is an empty field."""
    point = "," if language.startswith("nl") else "."
    return f"{cents // 100}{point}{cents % 100:02d}" if cents else ""


def cents_cell(cents: int) -> Number:
    """For a cell of a table: 1234,50, as a spreadsheet in Dutch calculates with."""
    sign = "-" if cents < 0 else ""
    return Number(f"{sign}{abs(cents) // 100},{abs(cents) % 100:02d}")


def split_evenly(cents: int, parts: int, offset: int = 0) -> list[int]:
    """Shares that differ by at most one cent and sum to the amount; `offset` rotates who bears the odd cents."""
    share, left_over = divmod(abs(cents), parts)
    shares = [share + (1 if (position - offset) % parts < left_over else 0) for position in range(parts)]
    return [-share for share in shares] if cents < 0 else shares


def split_by_weight(cents: int, weights: list[int]) -> list[int]:
    """Shares in proportion to the weights by largest remainder; equal remainders go to the first."""
    total, value = sum(weights), abs(cents)
    shares = [value * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(value * weights[at] % total), at))
    for at in by_remainder[: value - sum(shares)]:
        shares[at] += 1
    return [-share for share in shares] if cents < 0 else shares
