"""The queue of a full subgroup: a place that comes free is kept 72 hours for the first in it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groups.people.models import Member
from groups.subgroups.errors import AlreadyIn, Banned, NotOpenToJoin, OfferGone
from groups.subgroups.models import Membership, Subgroup, WaitingPlace
from groups.subgroups.services.membership import active_ban, add_member, lock
from notifications.services import notify, read_notices

TO_ACCEPT = timedelta(hours=72)


@transaction.atomic
def wait_for_place(*, subgroup: Subgroup, member: Member) -> WaitingPlace:
    """Stand in the queue; who stands in it already keeps the place. Raises NotOpenToJoin, AlreadyIn, Banned."""
    subgroup = lock(subgroup)
    if subgroup.join_policy not in (Subgroup.JoinPolicy.OPEN, Subgroup.JoinPolicy.REQUEST) or subgroup.archived_at:
        raise NotOpenToJoin
    if Membership.objects.active().filter(subgroup=subgroup, member=member).exists():
        raise AlreadyIn
    if active_ban(subgroup, member):
        raise Banned
    place, _made = WaitingPlace.objects.get_or_create(subgroup=subgroup, member=member, closed_at=None)
    offer_free_places(subgroup=subgroup)
    return place


@transaction.atomic
def give_up_waiting(*, subgroup: Subgroup, member: Member) -> None:
    lock(subgroup)
    _close(subgroup.waiting.filter(member=member, closed_at__isnull=True))
    offer_free_places(subgroup=subgroup)


@transaction.atomic
def offer_free_places(*, subgroup: Subgroup) -> int:
    """Offer each free place to the next in the queue and pass by who let 72 hours go by; returns the new offers."""
    subgroup = lock(subgroup)
    queue = subgroup.waiting.filter(closed_at__isnull=True)
    _close(queue.filter(offered_at__lt=timezone.now() - TO_ACCEPT))
    kept = queue.filter(offered_at__isnull=False).count()
    free = max(0, subgroup.places - subgroup.member_count - kept)
    chosen = list(queue.filter(offered_at__isnull=True)[:free])
    for place in chosen:
        WaitingPlace.objects.filter(pk=place.pk).update(offered_at=timezone.now())
        key = f"place:{place.pk}"
        notify(member_ids=[place.member_id], kind="free_place", key=key, context={"place": place.pk})
    return len(chosen)


def _close(places) -> None:
    for place in places.select_related("member"):
        read_notices(member=place.member, keys=[f"place:{place.pk}"])
    places.update(closed_at=timezone.now())


@transaction.atomic
def take_place(*, subgroup: Subgroup, member: Member) -> Membership:
    """Accept the offered place. Raises OfferGone when the 72 hours are over or nothing was offered."""
    subgroup = lock(subgroup)
    offered = subgroup.waiting.filter(member=member, closed_at__isnull=True, offered_at__gte=timezone.now() - TO_ACCEPT)
    if not offered.exists():
        raise OfferGone
    membership = add_member(subgroup=subgroup, member=member, by=member)
    _close(offered)
    return membership


def sweep_waiting() -> None:
    """Pass on the places that were offered and not taken in time; for the clock."""
    late = WaitingPlace.objects.filter(closed_at__isnull=True, offered_at__lt=timezone.now() - TO_ACCEPT)
    for subgroup in Subgroup.objects.active().filter(pk__in=late.values("subgroup")):
        offer_free_places(subgroup=subgroup)
