"""Closing places for a while, by a rule of an app above; the place, its roles and its votes stay."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from groups.subgroups.models import Membership
from notifications.live import refresh_member


@transaction.atomic
def close_places(*, ids: Iterable[int]) -> None:
    """The content of the group is closed to these places from now on."""
    _set(list(ids), timezone.now())


@transaction.atomic
def reopen_places(*, ids: Iterable[int]) -> None:
    _set(list(ids), None)


def _set(ids: list[int], moment) -> None:
    if not ids:
        return
    places = Membership.objects.filter(pk__in=ids)
    members = list(places.values_list("member_id", flat=True))
    places.update(closed_at=moment)
    for member_id in members:
        refresh_member(member_id)
