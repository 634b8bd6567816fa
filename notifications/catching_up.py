"""Coming back after a while: what mattered first. Higher apps register what they can tell; nothing is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

MOST = 20  # per part; who was away longer reads on where it stands


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to know: what, where it stands, and when it happened."""

    title: str
    detail: str
    path: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of things. `find(member, since)` gives the lines, the newest first; `order` puts what binds first."""

    code: str
    label: str | Promise
    icon: str
    find: Callable[..., list[Line]]
    order: int = 50


_parts: dict[str, Part] = {}


def register_part(part: Part) -> Part:
    _parts[part.code] = part
    return part


def caught_up(member, since: datetime) -> list[tuple[Part, list[Line]]]:
    """The parts that have something since that moment, in order, each with at most MOST lines."""
    found = [(part, list(part.find(member, since))[:MOST]) for part in sorted(_parts.values(), key=lambda p: p.order)]
    return [(part, lines) for part, lines in found if lines]
