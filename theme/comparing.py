"""What a new text changes, paragraph by paragraph and word by word. Pure functions, without Django."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a proposal: `old` paragraphs that go and `new` ones that come after the paragraph `after`."""

    number: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    after: str | None


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def changes(base: str, proposed: str) -> list[Change]:
    """The parts in which two texts differ, in order, numbered from 0."""
    old, new = paragraphs(base), paragraphs(proposed)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found = [(i, j, k, m) for tag, i, j, k, m in codes if tag != "equal"]
    return [
        Change(number, tuple(old[i:j]), tuple(new[k:m]), old[i - 1] if i else None)
        for number, (i, j, k, m) in enumerate(found)
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stay, go or come."""

    words: str
    is_old: bool = False
    is_new: bool = False


def differing_paragraphs(old: str, new: str) -> list[list[Part]]:
    """Each paragraph that is not the same in both texts, in order, as words that stay, go and come."""
    return [line for change in changes(old, new) for line in _side_by_side(list(change.old), list(change.new))]


def _side_by_side(old: list[str], new: list[str]):
    for at in range(max(len(old), len(new))):
        yield word_changes(old[at] if at < len(old) else "", new[at] if at < len(new) else "")


def word_changes(old: str, new: str) -> list[Part]:
    """One paragraph in two texts; read without the old parts it is the new one, with the spaces made equal."""
    before, after = old.split(), new.split()
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Part(" ".join(before[i:j])))
            continue
        found += [Part(" ".join(before[i:j]), is_old=True)] if j > i else []
        found += [Part(" ".join(after[k:m]), is_new=True)] if m > k else []
    return found


def with_change(text: str, change: Change) -> str | None:
    """The text with this part in it; None when the paragraphs it is about are no longer there."""
    parts = paragraphs(text)
    if change.old:
        start = _place(parts, list(change.old))
        if start is None:
            return None
        parts[start : start + len(change.old)] = change.new
    elif change.after is None:
        parts[:0] = change.new
    elif change.after in parts:
        at = parts.index(change.after) + 1
        parts[at:at] = change.new
    else:
        return None
    return "\n\n".join(parts)


def _place(parts: list[str], wanted: list[str]) -> int | None:
    spots = range(len(parts) - len(wanted) + 1)
    return next((at for at in spots if parts[at : at + len(wanted)] == wanted), None)
