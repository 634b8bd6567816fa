"""What waits for a member: the rows under “For you” on home, and the acts in the list of tasks.

Higher apps register functions; finishing the act makes the row disappear, because it is asked from state each time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from theme.kept import Asked
from theme.registry import Registry
from theme.together import Together


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


class CardRegistry(Registry):
    """Sources of cards: `when` names the rows without which a source is silent, `desk` those for the desk only."""

    def __init__(self, question: str):
        super().__init__(question)
        self.waiting: dict[Callable, Callable] = {}
        self.for_desk: set[Callable] = set()

    def when(self, waiting: Callable, *, for_desk: bool = False):
        """For a source that is mostly empty: it is asked only when `waiting(member)`, a queryset, has a row.

        All these questions go in one query, so that a page does not pay for what hardly anybody has.
        """

        def register(function):
            self.waiting[function] = waiting
            return self.desk(function) if for_desk else self(function)

        return register

    def desk(self, function):
        """For a source whose cards all have `for_desk`; home does not ask it."""
        self.for_desk.add(function)
        return self(function)


card_registry = CardRegistry("What waits for this member to do? function(member) -> list of Card")


def cards_for(member, *, for_desk: bool | None = None) -> list[Card]:
    """Everything that waits for the member, most urgent first; `for_desk` asks for one of the two kinds only."""
    sources = [source for source in card_registry if for_desk in (None, source in card_registry.for_desk)]
    questions = Together()
    for source in sources:
        if waiting := card_registry.waiting.get(source):
            questions.any(source, Asked(waiting, member))
    cards = [card for source in sources if source not in questions or questions[source] for card in source(member)]
    return sorted(cards, key=lambda card: (card.due_at.timestamp() if card.due_at else float("inf"), card.key))
