"""The parts a subgroup can have switched on, each a tab registered by the app that builds it."""

from collections.abc import Callable
from dataclasses import dataclass

from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a subgroup's page. `url_name` takes the slug; `badge(member, subgroup)` gives an unread count."""

    module: str
    label: str
    icon: str
    url_name: str
    position: int
    badge: Callable[..., int] | None = None


DEFAULT_MODULES = ("chat", "threads", "polls", "pot", "agenda", "tasks")

tab_registry = Registry("Which tabs can a subgroup have? A function without arguments gives a Tab.")


def all_tabs() -> list[Tab]:
    return sorted((tab() for tab in tab_registry), key=lambda tab: tab.position)


def tabs_of(subgroup) -> list[Tab]:
    """The tabs of this subgroup in order: its switched-on modules, and the members, who are always there."""
    return [tab for tab in all_tabs() if tab.module == "members" or subgroup.has_module(tab.module)]
