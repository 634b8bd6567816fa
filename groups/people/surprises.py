"""Keeping something from one member until a day. What is kept is absent for them: everything begins at `visible_…`,
and that leaves out what `kept_from` finds. Each app above says what of it can be kept, and who may."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from groups.people.audit import record
from groups.people.models import Member
from notifications.live import refresh_member
from notifications.services import forget_notices


@dataclass(frozen=True, slots=True)
class SurpriseKind:
    """`find(member, pk)` gives what the member may keep from others, or None; `people(member, thing)` from whom.

    `keys(thing)` are the notices about it, which go from who it is for; `places(member)` are the places of notices in
    which something is kept from the member now.
    """

    code: str
    find: Callable[..., object | None]
    people: Callable
    keys: Callable[..., list[str]]
    places: Callable[..., list[str]]


_kinds: dict[str, SurpriseKind] = {}


def register_surprise(kind: SurpriseKind) -> None:
    _kinds[kind.code] = kind


def surprise_kind(code: str) -> SurpriseKind | None:
    return _kinds.get(code)


def places_of_surprises(member) -> set[str]:
    """Where notices of others may tell what this member is not to know."""
    found = {place for kind in _kinds.values() for place in kind.places(member)}
    return found | {""} if found else found  # of many notices the place is not known


@transaction.atomic
def keep_surprise(*, kind: str, thing, hidden_from: Member | None, hidden_until, by: Member) -> None:
    """Keep it from this member until the day, or from nobody any more. The caller has checked that `by` may."""
    before = thing.hidden_from_id
    type(thing).objects.filter(pk=thing.pk).update(
        hidden_from=hidden_from, hidden_until=hidden_until if hidden_from else None
    )
    thing.refresh_from_db(fields=["hidden_from", "hidden_until"])
    record(by=by, act="surprise.kept" if hidden_from else "surprise.ended", about=thing)
    if hidden_from:
        forget_notices(member=hidden_from, keys=surprise_kind(kind).keys(thing))
    for member_id in {before, thing.hidden_from_id} - {None}:
        refresh_member(member_id)
