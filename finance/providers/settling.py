"""Who books a paid attempt: the app whose payable it is registers a settler; providers never import it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settler:
    """What an app does about the online payments of its payables; every function runs inside one transaction.

    `settle(attempt)` books the money once and returns (entry, why it was held or ""). The entry has one transfer:
    debit `accounts.clearing(attempt.provider, ring)`, credit the income or receivable that it feeds.
    `taken_back(attempt, cents, entry)`: `cents` that were counted have left by `entry` (a refund or a chargeback).
    `given_again(attempt, cents, entry)`: that was undone by `entry` (the refund failed, the chargeback was reversed).
    """

    settle: Callable
    taken_back: Callable
    given_again: Callable


def _nothing(attempt, cents, entry) -> None:
    """For a payable that keeps no sums of its own beside the books."""


def _unknown(attempt):
    raise LookupError(f"nobody books payments of kind {attempt.kind!r}")


_settlers: dict[str, Settler] = {}


def register_settler(
    kind: str, settle: Callable, taken_back: Callable = _nothing, given_again: Callable = _nothing
) -> None:
    _settlers[kind] = Settler(settle, taken_back, given_again)


def settler(kind: str) -> Settler:
    """The registered one; money that the association keeps for itself needs none."""
    return _settlers.get(kind) or Settler(_unknown, _nothing, _nothing)
