"""What higher rooms do with events: parts on the page, and acts that follow from an answer."""

from dataclasses import dataclass, field

from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class EventPart:
    """A card on the page of an event: a template of the app that registers it, and what that template needs."""

    template: str
    position: int = 50
    values: dict = field(default_factory=dict)


part_registry = Registry("What else stands on the page of an event? function(request, event) -> EventPart or None")
follow_registry = Registry("What follows when somebody comes or not? function(event, member, comes: bool) -> None")


def parts_of(request, event) -> list[EventPart]:
    found = [part for ask in part_registry if (part := ask(request, event))]
    return sorted(found, key=lambda part: part.position)


def follow_up(event, answers) -> None:
    """Tell who registered that these members now come, or do not. In the same transaction as the answer."""
    for answer in answers:
        comes = answer.choice == "yes" and answer.waiting_since is None and event.cancelled_at is None
        for act in follow_registry:
            act(event, answer.member, comes)
