"""What the apps above add to discussions: a card under the subject, kinds to start, labels and filters in the list."""

from collections.abc import Callable
from dataclasses import dataclass, field

from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class Part:
    """A card between the subject and the messages: a template of the app that registers it, and what it needs."""

    template: str
    values: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThreadKind:
    """A kind of discussion with a way to start it. `narrow(threads)` leaves only those of this kind."""

    code: str
    label: str
    icon: str
    start_label: str
    start_url: str
    narrow: Callable


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside a subject in the list: its kind and its state."""

    text: str
    icon: str
    css: str = ""


part_registry = Registry("What stands above the messages? function(request, conversation) -> Part or None")
kind_registry = Registry("Which kinds of discussions are there? function(request, subgroup) -> list of ThreadKind")
label_registry = Registry("How are these discussions marked? function(conversation ids) -> {id: Label}")
answered_registry = Registry("A reply became the answer, or no longer is. function(conversation, message or None, by)")


def parts_of(request, conversation) -> list[Part]:
    return [part for ask in part_registry if (part := ask(request, conversation))]


def kinds_in(request, subgroup) -> list[ThreadKind]:
    return [kind for ask in kind_registry for kind in ask(request, subgroup)]


def labels_of(conversation_ids: list[int]) -> dict[int, Label]:
    labels: dict[int, Label] = {}
    for ask in label_registry:
        labels |= ask(conversation_ids)
    return labels
