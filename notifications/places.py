"""Where a notice belongs: a subgroup, known here only by a code and a name. Leaving the place ends its notices."""

from dataclasses import dataclass

from notifications.models import NoticeSettings
from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class Place:
    """`code` is stable, for example `subgroup.12`; `icon` and `hue` draw its sign; `path` is its own page.

    `push_level` is the most that a push about it may show, whatever the member chose.
    """

    code: str
    name: str
    path: str = "/"
    icon: str = "users"
    hue: str = "slate"
    push_level: str = NoticeSettings.PushLevel.TEXT


place_registry = Registry("In which places is this member now? function(member) -> list of Place")


def places_of(member) -> dict[str, Place]:
    """{code: place} for every place the member is in, asked once and kept on the member object."""
    if not hasattr(member, "_places"):
        member._places = {place.code: place for source in place_registry for place in source(member)}
    return member._places


def may_hear_of(member, place: str) -> bool:
    """Whether a notice of `place` is still for this member; what belongs to no place always is."""
    return not place or place in places_of(member)
