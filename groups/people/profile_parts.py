"""What higher apps add to a profile and to the settings: the groups of a member, a button to write to them."""

from dataclasses import dataclass, field

from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class Section:
    """A card on a member's page: a template of the app that registers it, and what it needs."""

    template: str
    position: int
    values: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """A button beside the name, for example “Message”."""

    label: str
    icon: str
    url: str
    position: int = 50


@dataclass(frozen=True, slots=True)
class SettingsLink:
    label: str
    note: str
    icon: str
    url: str
    position: int = 50


section_registry = Registry("What stands on a member's page? function(request, person) -> Section or None")
action_registry = Registry("What can one do with this person? function(request, person) -> Action or None")
record_registry = Registry("What does the register say about a person? function(request, person) -> Section or None")
settings_registry = Registry("Which pages belong to the settings? function(request) -> SettingsLink or None")

line_registry = Registry("What does a member let others know now? function(member ids) -> {id: (text, its end)}")


def with_lines(people) -> list:
    """The people, each with `now_line`: what they let others know, or an empty text, and `now_ends`: until when."""
    people = list(people)
    ids = [person.pk for person in people]
    lines = {pk: line for ask in line_registry for pk, line in ask(ids).items()}
    for person in people:
        person.now_line, person.now_ends = lines.get(person.pk, ("", None))
    return people


def answers(registry, *about) -> list:
    found = [answer for ask in registry if (answer := ask(*about))]
    return sorted(found, key=lambda answer: answer.position)
