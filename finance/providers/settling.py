"""Who books a paid attempt: the app whose payable it is registers a settler; providers never import it."""

from collections.abc import Callable

# kind → function(attempt) that books the money in the running transaction and returns (entry, why it was held)
_settlers: dict[str, Callable] = {}


def register_settler(kind: str, settle: Callable) -> None:
    _settlers[kind] = settle


def settler(kind: str) -> Callable:
    return _settlers[kind]
