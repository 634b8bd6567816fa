"""What home and the desk show, gathered from the rooms below."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from groups.conversations.queries import latest_by_subgroup, unread_by_subgroup
from groups.subgroups.access import my_places
from groups.subgroups.models import Subgroup


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A subgroup on home: its newest line, when that was, and how much is unread."""

    subgroup: Subgroup
    is_favourite: bool
    line: str
    at: datetime | None
    unread: int


def group_rows(member) -> list[GroupRow]:
    """The member's subgroups: favourites first, then by what happened last. Three queries, asked once per request."""
    if not hasattr(member, "_group_rows"):
        member._group_rows = _ask_group_rows(member)
    return member._group_rows


def _ask_group_rows(member) -> list[GroupRow]:
    latest, unread = latest_by_subgroup(member), unread_by_subgroup(member)
    rows = [
        _row(membership, latest.get(membership.subgroup_id), unread.get(membership.subgroup_id, 0), member)
        for membership in my_places(member)
    ]
    return sorted(
        rows, key=lambda row: (not row.is_favourite, -(row.at.timestamp() if row.at else 0), row.subgroup.name)
    )


@dataclass(frozen=True, slots=True)
class GroupSection:
    """Groups of one kind under their heading, folded when all of it was read; no heading: a plain list."""

    heading: str
    rows: list[GroupRow]

    @property
    def unread(self) -> int:
        return sum(row.unread for row in self.rows)


# A list that fits on the screen of a phone is easier to scan unfolded.
FOLDED_FROM = 7


def group_sections(rows: list[GroupRow]) -> list[GroupSection]:
    """Favourites on top and always open, then the rest by kind; few groups stay one list."""
    favourites = [row for row in rows if row.is_favourite]
    others = [row for row in rows if not row.is_favourite]
    if len(rows) < FOLDED_FROM:
        return [GroupSection("", rows)] if rows else []
    by_kind: dict[str, list[GroupRow]] = {}
    for row in others:
        by_kind.setdefault(row.subgroup.get_kind_display(), []).append(row)
    folded = [GroupSection(heading, found) for heading, found in sorted(by_kind.items())]
    return ([GroupSection("", favourites)] if favourites else []) + folded


def _row(membership, message, unread: int, member) -> GroupRow:
    return GroupRow(
        subgroup=membership.subgroup,
        is_favourite=membership.is_favourite,
        line=_line(message, member) if message else "",
        at=message.created_at if message else None,
        unread=unread,
    )


def _line(message, member) -> str:
    if message.removed_at:
        return _("Message removed")
    who = _("You") if message.author_id == member.pk else (message.author.first_name if message.author else "")
    return f"{who}: {' '.join(message.text.split())}"[:120] if who else message.text[:120]


def greeting(member) -> str:
    """“Good morning, Anneke”, by the clock of the association."""
    hour = timezone.localtime().hour
    if hour < 6:
        words = _("Good night, %(name)s")
    elif hour < 12:
        words = _("Good morning, %(name)s")
    elif hour < 18:
        words = _("Good afternoon, %(name)s")
    else:
        words = _("Good evening, %(name)s")
    return words % {"name": member.first_name}
