"""Emptying and deleting a group: asked for, a week to come back on it, then done in the night, once."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.people.audit import record
from groups.people.models import Member
from groups.subgroups.contents import contents_that_go, held_since, refusals
from groups.subgroups.errors import ClearingBegun, ClearingUnderWay, NothingToCallOff, StillInTheWay, UnderHold
from groups.subgroups.models import (
    Clearing,
    DeclineCount,
    DefaultSubgroup,
    Departure,
    FormerAddress,
    Invitation,
    JoinRequest,
    Membership,
    Removal,
    Subgroup,
    SubgroupGroupPermission,
    SubgroupUserPermission,
    WaitingPlace,
)
from groups.subgroups.services.membership import lock
from notifications.live import refresh_member
from notifications.services import forget_place_of_all, notify
from theme.retention import keep_holds_out
from theme.uploads import erase_after_commit

COOLING_OFF, NIGHT, BATCH = timedelta(days=7), 3, 500
# Who was in, who asked, who may: rows about people, which have no reason left once the group is gone.
OF_THE_GROUP = (
    *(Membership, Invitation, DeclineCount, JoinRequest, WaitingPlace, Removal, Departure, FormerAddress),
    DefaultSubgroup,
)


@transaction.atomic
def ask_clearing(*, subgroup: Subgroup, by: Member, kind: str) -> Clearing:
    """Announce to everybody in the group that it is emptied or deleted in a week.

    Raises UnderHold, ClearingUnderWay, and for a deletion StillInTheWay.
    """
    subgroup = lock(subgroup)
    if held_since(subgroup):
        raise UnderHold
    if kind == Clearing.Kind.DELETE and (sentences := refusals(subgroup)):
        raise StillInTheWay(sentences)
    now = timezone.now()
    try:
        with transaction.atomic():
            clearing = Clearing.objects.create(
                subgroup=subgroup,
                kind=Clearing.Kind(kind),
                name=subgroup.name,
                asked_by=by,
                asked_at=now,
                due_at=_night_after(now + COOLING_OFF),
            )
    except IntegrityError:
        raise ClearingUnderWay from None
    record(by=by, act=f"subgroup.{kind}_asked", about=subgroup, details={"due": clearing.due_at.isoformat()})
    notify(
        member_ids=subgroup.memberships.active().values_list("member_id", flat=True),
        kind="subgroup_clearing",
        key=clearing.key,
        context={"clearing": clearing.pk},
        place=subgroup.stream,
    )
    return clearing


def _night_after(moment):
    """Three o'clock in the first night after it, when nobody writes."""
    local = timezone.localtime(moment)
    night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return night if night > local else night + timedelta(days=1)


@transaction.atomic
def call_off_clearing(*, subgroup: Subgroup, by: Member) -> Clearing:
    """The group stays as it is. Raises NothingToCallOff, and ClearingBegun when the first things have gone."""
    clearing = Clearing.objects.select_for_update().under_way().filter(subgroup=subgroup).first()
    if clearing is None:
        raise NothingToCallOff
    if clearing.begun_at:
        raise ClearingBegun
    clearing.called_off_at, clearing.called_off_by = timezone.now(), by
    clearing.save(update_fields=["called_off_at", "called_off_by"])
    record(by=by, act=f"subgroup.{clearing.kind}_called_off", about=subgroup)
    return clearing


def clear_what_is_due(now=None) -> int:
    """For the clock: do what nobody called off; returns how many rows went. May run twice at once, and be killed."""
    due = Clearing.objects.under_way().filter(due_at__lte=now or timezone.now())
    gone = 0
    for clearing_id in due.order_by("pk").values_list("pk", flat=True):
        while count := clear_next(clearing_id):
            gone += count
    return gone


@transaction.atomic
def clear_next(clearing_id: int, size: int = BATCH) -> int:
    """Remove the next rows and count them, in one transaction: killed, they are gone and counted or neither.

    Returns 0 when all is done, and when it has to wait: called off, another worker at it, a hold, money or a vote.
    """
    found = Clearing.objects.select_for_update(skip_locked=True, of=("self",)).under_way().filter(pk=clearing_id)
    clearing = found.select_related("subgroup").first()
    if clearing is None:
        return 0
    keep_holds_out()
    if _must_wait(clearing):
        return 0
    if clearing.begun_at is None:
        _begin(clearing)
    for contents in contents_that_go(clearing.kind):
        if count := contents.clear_some(clearing.subgroup, size):
            clearing.counts[contents.code] = clearing.counts.get(contents.code, 0) + count
            clearing.save(update_fields=["counts"])
            return count
    _finish(clearing)
    return 0


def _must_wait(clearing: Clearing) -> bool:
    if held_since(clearing.subgroup):
        return True
    return clearing.kind == Clearing.Kind.DELETE and bool(refusals(clearing.subgroup))


def _begin(clearing: Clearing) -> None:
    """From here on nobody calls it off, and in a group that is deleted nobody writes any more."""
    clearing.begun_at = timezone.now()
    clearing.save(update_fields=["begun_at"])
    if clearing.kind == Clearing.Kind.DELETE and clearing.subgroup.archived_at is None:
        subgroup = clearing.subgroup
        subgroup.archived_at, subgroup.slot = timezone.now(), None
        subgroup.save(update_fields=["archived_at", "slot"])


def _finish(clearing: Clearing) -> None:
    subgroup = clearing.subgroup
    people = list(subgroup.memberships.active().values_list("member_id", flat=True))
    details = {"counts": clearing.counts, "asked_by": clearing.asked_by_id}
    act = "subgroup.emptied" if clearing.kind == Clearing.Kind.EMPTY else "subgroup.deleted"
    record(by=None, act=act, about=subgroup, details=details)
    if clearing.kind == Clearing.Kind.DELETE:
        _delete(subgroup)
    clearing.done_at = timezone.now()
    clearing.save(update_fields=["done_at"])
    for member_id in people:
        refresh_member(member_id)


def _delete(subgroup: Subgroup) -> None:
    """Take people and rights away, and leave the row alone, out of sight: books, votes and the log refer to it."""
    Group.objects.filter(role_group__subgroup=subgroup).delete()
    for model in OF_THE_GROUP:
        model.objects.filter(subgroup=subgroup).delete()
    for model in (SubgroupGroupPermission, SubgroupUserPermission):
        model.objects.filter(content_object=subgroup).delete()
    forget_place_of_all(place=subgroup.stream)
    if subgroup.picture:
        erase_after_commit(subgroup.picture)
    Subgroup.objects.filter(pk=subgroup.pk).update(
        name=f"{subgroup.name[:45]} ({subgroup.pk})",
        slug=f"deleted-{subgroup.pk}",
        description="–",
        rules="",
        picture="",
        modules=[],
        is_hidden=True,
        join_policy=Subgroup.JoinPolicy.CLOSED,
        member_count=0,
        deleted_at=timezone.now(),
    )
