"""The parts a subgroup can have switched on, each a tab registered by the app that builds it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from theme.kept import Asked
from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a subgroup's page. `url_name` takes the slug; `badge(member, subgroup)` gives a count, or rows
    that are counted together with the others of the page."""

    module: str
    label: str
    icon: str
    url_name: str
    position: int
    badge: Callable[..., int | QuerySet | Asked] | None = None


# Every part there is, in the order of the tabs; the members are always there and cannot be switched off.
MODULES = {
    "chat": _("Chat"),
    "threads": _("Discussions"),
    "polls": _("Polls"),
    "pot": _("Pot"),
    "agenda": _("Agenda"),
    "tasks": _("Tasks"),
    "files": _("Photos"),
}

unread_registry = Registry("How much is unread per subgroup? function(member) -> {subgroup id: count}")
tab_registry = Registry("Which tabs can a subgroup have? A function without arguments gives a Tab.")


def all_tabs() -> list[Tab]:
    return sorted((tab() for tab in tab_registry), key=lambda tab: tab.position)


def tabs_of(subgroup) -> list[Tab]:
    """The tabs of this subgroup in order: its switched-on modules, and the members, who are always there."""
    return [tab for tab in all_tabs() if tab.module == "members" or subgroup.has_module(tab.module)]


def module_codes() -> list[str]:
    return list(MODULES)


def unread_by_subgroup(member) -> dict[int, int]:
    """What is new for the member in each subgroup, added up over the apps that count."""
    total: dict[int, int] = {}
    for ask in unread_registry:
        for subgroup_id, count in ask(member).items():
            total[subgroup_id] = total.get(subgroup_id, 0) + count
    return total
