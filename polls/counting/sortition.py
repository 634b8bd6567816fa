"""A draw that anyone can run again: the same seed and the same list give the same order on every machine."""

import hashlib
from collections.abc import Iterable


def drawn_order(seed: str, names: Iterable[str]) -> list[str]:
    """The names in the order of SHA-256(seed, newline, name), luckiest first; the order of the list means nothing."""
    return sorted(names, key=lambda name: (hashlib.sha256(f"{seed}\n{name}".encode()).digest(), name))
