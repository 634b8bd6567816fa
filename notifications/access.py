"""Whose notices are whose, and who looks after the machinery."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from notifications.models import Delivery, Mute, Notice
from notifications.places import places_of
from theme.kept import now
from theme.registry import Registry

operator_registry = Registry("May this member see how the house is running? function(member) -> bool")
judged_registry = Registry("Who keeps what a person decided about deliveries? function(by, act, about, number)")
# Longer than a mail server or a push service takes to answer.
IN_THE_AIR = timedelta(minutes=2)


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


def given_up_deliveries():
    """What was refused, or tried until there was no use in it: it did not arrive."""
    return Delivery.objects.filter(state=Delivery.State.FAILED)


def unsure_deliveries():
    """Deliveries that were being sent when the line broke or the worker died: a person has to judge."""
    return Delivery.objects.filter(state=Delivery.State.SENDING, claimed_at__lt=timezone.now() - IN_THE_AIR)


def may_operate(member) -> bool:
    """Technical administrators, and whoever the apps above name (the community manager)."""
    return member.is_authenticated and (member.is_staff or any(may(member) for may in operator_registry))


def visible_mutes(member):
    """The places the member has silenced at this moment; what is over does not count."""
    return Mute.objects.filter(Q(until__isnull=True) | Q(until__gt=now()), member=member)
