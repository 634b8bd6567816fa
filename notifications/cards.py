"""What waits for a member: the rows under “For you” on home, and the acts in the list of tasks.

Higher apps register functions; finishing the act makes the row disappear, because it is asked from state each time.
"""

from dataclasses import dataclass
from datetime import datetime

from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to do. `due_at` orders the rows; `hue` and `icon` draw its sign; amounts go into `detail` as text."""

    key: str
    title: str
    detail: str
    path: str
    button: str
    icon: str
    hue: str = "slate"
    due_at: datetime | None = None
    is_primary: bool = False
    for_desk: bool = False  # judging for others: stands on the desk and among the tasks, not under “For you”


card_registry = Registry("What waits for this member to do? function(member) -> list of Card")


def cards_for(member) -> list[Card]:
    """Everything that waits for the member, most urgent first."""
    cards = [card for source in card_registry for card in source(member)]
    return sorted(cards, key=lambda card: (card.due_at.timestamp() if card.due_at else float("inf"), card.key))
