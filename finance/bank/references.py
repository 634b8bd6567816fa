"""RF creditor references (ISO 11649): made, written for people, and found in what payers type."""

import re

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10
from stdnum.iso11649 import validate

LENGTH = 14  # of our own references: RF, two check digits, ten digits
START = re.compile(r"RF\d\d")
WRITTEN = re.compile(r"\bRF\d\d(?:[0-9A-Z]{1,21}|(?: [0-9A-Z]{4}){1,5}(?: [0-9A-Z]{1,3})?)\b", re.IGNORECASE)
NOISE = re.compile(r"[^0-9A-Z]")


def make_reference(body: str) -> str:
    """The RF reference for `body` (letters and digits, at most 21)."""
    body = NOISE.sub("", body.upper())
    check = mod_97_10.calc_check_digits(body + "RF")
    return validate(f"RF{check}{body}")


def is_reference(text: str) -> bool:
    return bool(_valid(NOISE.sub("", text.upper())))


def grouped(reference: str) -> str:
    """In fours, as people read it: RF18 5390 0754 7034."""
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))


def written_reference(*texts: str) -> str:
    """The first valid reference written as one word or in fours; of our own length, however written."""
    for match in WRITTEN.finditer(" | ".join(texts)):
        words = match[0].upper().split(" ")
        for count in range(len(words), 0, -1):  # a word behind the last group may look like one more group
            if reference := _valid("".join(words[:count])):
                return reference
    return next(iter(find_references(*texts)), "")


def find_references(*texts: str, length: int = LENGTH) -> list[str]:
    """The valid references of our own `length` in the texts, in order, however they were typed.

    White space and punctuation do not count and lines are joined, since banks break them anywhere.
    A candidate starts at "RF" only: a wrong check digit is never rescued by a tail that happens to fit.
    """
    found: list[str] = []
    for text in (*texts, "".join(texts)):
        compact = NOISE.sub("", text.upper())
        for start in START.finditer(compact):
            candidate = compact[start.start() : start.start() + length]
            if len(candidate) == length and _valid(candidate) and candidate not in found:
                found.append(candidate)
    return found


def _valid(text: str) -> str:
    try:
        return validate(text)
    except ValidationError:
        return ""
