"""Whose notices are whose, and who looks after the machinery."""

from django.db.models import Q

from notifications.models import Delivery, Mute, Notice
from notifications.places import places_of
from theme.kept import now
from theme.registry import Registry

operator_registry = Registry("May this member see how the house is running? function(member) -> bool")


def visible_notices(member):
    """The member's own notices, without those from places they have left."""
    hidden = getattr(member, "hides_places", ())  # somebody looks along for whom something there is a surprise
    notices = Notice.objects.filter(member=member, place__in={"", *places_of(member)}.difference(hidden))
    return notices.exclude(kind="direct") if getattr(member, "hides_direct", False) else notices


def unread_notices(member):
    """What the bell counts."""
    return Notice.objects.filter(member_id=member.pk, read_at__isnull=True)


def own_deliveries(member):
    """What was sent to this member, over all channels."""
    return Delivery.objects.filter(member=member)


def may_operate(member) -> bool:
    """Technical administrators, and whoever the apps above name (the community manager)."""
    return member.is_authenticated and (member.is_staff or any(may(member) for may in operator_registry))


def visible_mutes(member):
    """The places the member has silenced at this moment; what is over does not count."""
    return Mute.objects.filter(Q(until__isnull=True) | Q(until__gt=now()), member=member)
