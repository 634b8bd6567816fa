"""Shifts: planned by the organiser, taken by members, swapped when both want it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from groups.events.access import visible_events
from groups.events.errors import CannotSwap, NotYourShift, ShiftFull, ShiftOver, SwapAnswered
from groups.events.models import Event, Shift, ShiftPlace, ShiftSwap
from groups.people.audit import record
from notifications.services import notify, read_notices


@transaction.atomic
def plan_shift(*, event: Event, title: str, starts_at: datetime, ends_at: datetime, places: int) -> Shift:
    """Add a shift. The caller has checked that the event may be changed and that the times are in order."""
    return Shift.objects.create(event=event, title=title, starts_at=starts_at, ends_at=ends_at, places=places)


@transaction.atomic
def remove_shift(*, shift: Shift, by) -> None:
    """Take a shift away; who would do it hears it."""
    people = list(shift.taken.exclude(member=by).values_list("member_id", flat=True))
    context = {"event": shift.event_id, "shift": shift.title}
    notify(member_ids=people, kind="shift-gone", key=f"shift:{shift.pk}", context=context)
    record(by=by, act="event.shift_removed", about=shift.event, details={"shift": shift.pk})
    shift.delete()


@transaction.atomic
def take_shift(*, shift: Shift, member) -> ShiftPlace:
    """Do a shift. Once more changes nothing. Raises ShiftFull, ShiftOver."""
    shift = Shift.objects.select_for_update().get(pk=shift.pk)
    mine = shift.taken.filter(member=member).first()
    if mine:
        return mine
    _still_ahead(shift)
    given = set(shift.taken.values_list("number", flat=True))
    free = [number for number in range(1, shift.places + 1) if number not in given]
    if not free:
        raise ShiftFull
    return ShiftPlace.objects.create(shift=shift, member=member, number=free[0])


@transaction.atomic
def leave_shift(*, shift: Shift, member) -> None:
    """Give the place back before it begins. Raises NotYourShift, ShiftOver."""
    shift = Shift.objects.select_for_update().get(pk=shift.pk)
    _still_ahead(shift)
    if not shift.taken.filter(member=member).delete()[0]:
        raise NotYourShift


@transaction.atomic
def ask_swap(*, place: ShiftPlace, by, to, in_exchange: ShiftPlace | None = None) -> ShiftSwap:
    """Ask somebody to take over the own place, or to swap it for theirs. A new question takes the place of the old.

    Raises NotYourShift, ShiftOver, CannotSwap.
    """
    place = ShiftPlace.objects.select_for_update().select_related("shift__event").get(pk=place.pk)
    if place.member_id != by.pk:
        raise NotYourShift
    _still_ahead(place.shift)
    if not _can_take(place, to, in_exchange):
        raise CannotSwap
    place.swaps.filter(answered_at__isnull=True).update(answered_at=timezone.now())
    swap = ShiftSwap.objects.create(place=place, asked=to, in_exchange=in_exchange)
    notify(
        member_ids=[to.pk],
        kind="shift-swap",
        key=f"swap:{swap.pk}",
        context={"event": place.shift.event_id, "swap": swap.pk},
        dedupe=f"swap:{swap.pk}",
    )
    return swap


@transaction.atomic
def answer_swap(*, swap: ShiftSwap, by, yes: bool) -> None:
    """The second of the two says yes or no; with a yes the places change hands. Raises SwapAnswered, ShiftOver,
    CannotSwap."""
    places = [swap.place_id, *([swap.in_exchange_id] if swap.in_exchange_id else [])]
    locked = {
        place.pk: place
        for place in ShiftPlace.objects.select_for_update(of=("self",))
        .select_related("shift__event")
        .filter(pk__in=places)
        .order_by("pk")
    }
    swap = ShiftSwap.objects.select_for_update().get(pk=swap.pk)
    if swap.answered_at or swap.asked_id != by.pk or len(locked) != len(places):
        raise SwapAnswered
    swap.answered_at, swap.is_accepted = timezone.now(), yes
    swap.save(update_fields=["answered_at", "is_accepted"])
    read_notices(member=by, keys=[f"swap:{swap.pk}"])
    place = locked[swap.place_id]
    asker = place.member
    if yes:
        _exchange(place, by, locked.get(swap.in_exchange_id))
    notify(
        member_ids=[asker.pk],
        kind="shift-swapped" if yes else "shift-kept",
        key=f"swap:{swap.pk}:answer",
        context={"event": place.shift.event_id, "swap": swap.pk},
        dedupe=f"swap:{swap.pk}:answer",
    )


def _exchange(place: ShiftPlace, by, other: ShiftPlace | None) -> None:
    _still_ahead(place.shift)
    if not _can_take(place, by, other):
        raise CannotSwap
    giver = place.member_id
    if other:
        _still_ahead(other.shift)
        ShiftPlace.objects.filter(pk=other.pk).update(member=giver, since=timezone.now())
    ShiftPlace.objects.filter(pk=place.pk).update(member=by, since=timezone.now())
    # What was still asked about these places was asked by who no longer has them.
    ShiftSwap.objects.filter(place__in=[place, *([other] if other else [])], answered_at__isnull=True).update(
        answered_at=timezone.now()
    )


def _can_take(place: ShiftPlace, to, other: ShiftPlace | None) -> bool:
    sees = to.pk != place.member_id and visible_events(to).filter(pk=place.shift.event_id).exists()
    doubles = ShiftPlace.objects.filter(shift=place.shift, member=to).exists()
    if other is None:
        return sees and not doubles
    theirs = other.member_id == to.pk and other.shift.event_id == place.shift.event_id
    mine_there = ShiftPlace.objects.filter(shift=other.shift_id, member=place.member_id).exists()
    return sees and not doubles and theirs and not mine_there


def _still_ahead(shift: Shift) -> None:
    group = shift.event.subgroup
    if shift.starts_at <= timezone.now() or shift.event.cancelled_at or (group and group.archived_at):
        raise ShiftOver
