"""What else than messages and members can be reported: each app above says how to find it and how to take it away."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files import File


@dataclass(frozen=True, slots=True)
class Thing:
    """Something somebody wrote, as its reader sees it. `subgroup` is the group whose moderators judge, or None."""

    author: object
    words: str
    path: str
    subgroup: object = None
    picture: File | None = None  # a small WebP to judge by; the report keeps a copy


@dataclass(frozen=True, slots=True)
class ThingKind:
    """`find(member, pk)` gives the Thing that the member may read and that is still there, or None.

    `remove(pk, by)` takes it away for a moderator, whatever rights the moderator has where it stands; gone is gone.
    """

    code: str
    find: Callable[..., Thing | None]
    remove: Callable[..., None]


_kinds: dict[str, ThingKind] = {}


def register_thing(kind: ThingKind) -> None:
    _kinds[kind.code] = kind


def thing_kind(code: str) -> ThingKind | None:
    return _kinds.get(code)
