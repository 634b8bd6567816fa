"""What stands in the bottom bar, the sidebar, "More" and the tools. Higher apps register their entries at start-up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from theme.kept import Asked
from theme.together import together

PLACES = ("bar", "tools", "head", "sidebar", "groups", "desk", "foot", "more")
SINCE = "member since"


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to a page.

    `places` says where it stands: the bottom bar of the phone (five at most), the tools at its top (search, bell),
    the sidebar of the desktop ("head" for icons beside the name of the house, "sidebar" above and "groups" below the
    member's subgroups, "desk" for managers, treasurers and board, "foot" for icons beside the own name), or the page
    "More". `wide_label` is used where there is room. `badge` counts what waits, as a number or, better, as the
    rows that wait, a queryset or `Asked`: all of a page are counted in one query. In the bar it shows as a dot,
    honey-brown when `is_money`. `live` names the stream and kind that carry a new count, with {member} for the id of
    who is looking.
    """

    key: str
    label: str | Promise
    url_name: str
    icon: str
    places: tuple[str, ...]
    order: int = 100
    wide_label: str | Promise = ""
    shown: Callable[[HttpRequest], bool] | None = None
    badge: Callable[[HttpRequest], int | QuerySet | Asked] | None = None
    is_money: bool = False
    live: str = ""
    is_post: bool = False  # a page that only a form may open, such as logging out
    is_exact: bool = False  # current on its own page only, not on the pages below its address

    def __post_init__(self):
        unknown = set(self.places) - set(PLACES)
        if unknown:
            raise ValueError(f"Navigation entry {self.key} stands in an unknown place: {', '.join(sorted(unknown))}")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A subgroup of the member in the sidebar."""

    name: str
    url: str
    icon: str
    hue: str
    unread: int = 0
    live: str = ""  # stream and kind that carry a new count


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as this member sees it on this page. `current` is the value of aria-current, or empty."""

    key: str
    label: str | Promise
    wide_label: str | Promise
    url: str
    icon: str
    current: str
    badge: int
    is_money: bool
    live: str
    is_post: bool


@dataclass(slots=True)
class _Registered:
    entries: dict[str, Entry] = field(default_factory=dict)
    groups: Callable[[HttpRequest], Iterable[GroupRow]] | None = None
    since: tuple[Callable[[HttpRequest], QuerySet], str] | None = None


_registered = _Registered()


def register_entry(entry: Entry) -> None:
    """Register `entry`; a later one with the same key takes its place."""
    _registered.entries[entry.key] = entry


def provides_groups(function: Callable[[HttpRequest], Iterable[GroupRow]]):
    """Register the function that lists the subgroups of who is looking."""
    _registered.groups = function
    return function


def provides_since(function: Callable[[HttpRequest], QuerySet], field: str) -> None:
    """Register where the day stands since which who is looking belongs: in `field` of the first of these rows."""
    _registered.since = function, field


def links(request: HttpRequest, place: str) -> list[Link]:
    """The entries of one place that this visitor may see, in order."""
    entries = sorted(_registered.entries.values(), key=lambda entry: (entry.order, entry.key))
    return [
        _link(entry, request)
        for entry in entries
        if place in entry.places and (not entry.shown or entry.shown(request))
    ]


def group_rows(request: HttpRequest) -> list[GroupRow]:
    return list(_registered.groups(request)) if _registered.groups else []


def member_since(request: HttpRequest) -> date | None:
    """Asked in the same query as what waits."""
    if _registered.since is None:
        return None
    if SINCE not in together(request):
        _ask_since(request)
    return next((getattr(row, _registered.since[1]) for row in together(request)[SINCE]), None)


def _ask_since(request: HttpRequest) -> None:
    if _registered.since:
        rows, field_name = _registered.since
        together(request).first(SINCE, rows(request), field_name, limit=1)


def _link(entry: Entry, request: HttpRequest) -> Link:
    url = reverse(entry.url_name)
    return Link(
        key=entry.key,
        label=entry.label,
        wide_label=entry.wide_label or entry.label,
        url=url,
        icon=entry.icon,
        current=_current(url, request.path, entry.is_exact),
        badge=_badge(entry, request),
        is_money=entry.is_money,
        live=entry.live.format(member=request.user.pk),
        is_post=entry.is_post,
    )


def _badge(entry: Entry, request: HttpRequest) -> int:
    """Asked once per request for all entries, however many places of the page each stands in."""
    if entry.badge is None:
        return 0
    if not hasattr(request, "_badges"):
        request._badges = _count_badges(request)
    return request._badges.get(entry.key, 0)


def _count_badges(request: HttpRequest) -> dict[str, int]:
    shown = [each for each in _registered.entries.values() if each.badge and (not each.shown or each.shown(request))]
    waiting = {entry.key: entry.badge(request) for entry in shown}
    counted = {key: rows for key, rows in waiting.items() if isinstance(rows, QuerySet | Asked)}
    for key, rows in counted.items():
        together(request).count(f"badge {key}", rows)
    _ask_since(request)
    return waiting | {key: together(request)[f"badge {key}"] for key in counted}


def _current(url: str, path: str, is_exact: bool) -> str:
    if path == url:
        return "page"
    is_inside = not is_exact and url != "/" and path.startswith(url)
    return "true" if is_inside else ""
