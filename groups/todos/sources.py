"""What a task came from: a message, a decision. The app above that knows both registers how to find it back."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """What the member may see of it now: a line of text and where it stands."""

    text: str
    path: str


_finders: dict[str, Callable[..., Source | None]] = {}


def register_source(code: str, find: Callable[..., Source | None]) -> None:
    """`find(member, id)` gives the Source, or None when it was removed or is not theirs to see."""
    _finders[code] = find


def source_of(member, reference: str) -> Source | None:
    """The source behind a reference such as `message.12`; None when it is gone, hidden or malformed."""
    code, _, number = reference.partition(".")
    if code not in _finders or not number.isdecimal() or len(number) > 18:
        return None
    return _finders[code](member, int(number))
