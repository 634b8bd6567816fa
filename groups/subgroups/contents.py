"""What stands in a group, kind by kind: what goes when it is emptied or deleted, and what stays and why.

Each app registers its own kinds in a module `contents.py`, found at start-up.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from groups.subgroups.models import Clearing, Subgroup
from theme.registry import Registry
from theme.retention import take_away

Text = str | Promise

refusal_registry = Registry("Why can this group not be deleted now? function(subgroup) -> sentence or None")
hold_registry = Registry("Since when is a group under a legal hold? function(subgroup) -> moment or None")


@dataclass(frozen=True, slots=True)
class Contents:
    """One kind of rows in a group.

    `clear(subgroup, limit)` removes at most `limit` of them with all that hangs on them, files too, and returns how
    many; without it the rows are simply deleted. With `stays_because` nothing goes. Settings go with the group only.
    """

    code: str
    label: Text
    rows: Callable[[Subgroup], QuerySet]
    clear: Callable[[Subgroup, int], int] | None = None
    stays_because: Text = ""
    is_setting: bool = False
    order: int = 50

    def clear_some(self, subgroup: Subgroup, limit: int) -> int:
        return self.clear(subgroup, limit) if self.clear else take_away(self.rows(subgroup), limit)


@dataclass(frozen=True, slots=True)
class Count:
    label: Text
    rows: int
    stays_because: Text = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What both acts would do now."""

    goes: list[Count]
    goes_with_the_group: list[Count]
    stays: list[Count]


_registered: dict[str, Contents] = {}


def register_contents(contents: Contents) -> Contents:
    _registered[contents.code] = contents
    return contents


def all_contents() -> list[Contents]:
    return sorted(_registered.values(), key=lambda contents: (contents.order, contents.code))


def contents_that_go(kind: str) -> list[Contents]:
    with_settings = kind == Clearing.Kind.DELETE
    return [found for found in all_contents() if not found.stays_because and (with_settings or not found.is_setting)]


def plan_of(subgroup: Subgroup) -> Plan:
    """How many of which kinds go and stay; kinds without a row are left out."""
    counts = [
        (found, Count(found.label, rows, found.stays_because))
        for found in all_contents()
        if (rows := found.rows(subgroup).count())
    ]
    return Plan(
        goes=[count for found, count in counts if not found.stays_because and not found.is_setting],
        goes_with_the_group=[count for found, count in counts if not found.stays_because and found.is_setting],
        stays=[count for found, count in counts if found.stays_because],
    )


def refusals(subgroup: Subgroup) -> list[Text]:
    """Sentences about what must be finished before this group can be deleted."""
    return [sentence for ask in refusal_registry if (sentence := ask(subgroup))]


def held_since(subgroup: Subgroup):
    """Since when two people keep everything of this group for a legal matter; None when nobody does."""
    return min((moment for ask in hold_registry if (moment := ask(subgroup))), default=None)
