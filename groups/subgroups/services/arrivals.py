"""Newcomers of an ambassador: a number, and the names of those who allow it. Off until they say yes."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.people.models import Member
from groups.subgroups.models import Arrival, Invitation
from theme.registry import Registry

NAME_WORDS = _("The ambassador through whose link I became a member may see my name.")

permission_registry = Registry("Who keeps the permissions given at joining? function(member)")


@transaction.atomic
def note_arrival(*, invitation: Invitation, member: Member, is_named: bool) -> Arrival:
    """Remember that `member` came through this ambassador's link. May be repeated: the newest answer holds."""
    arrival, _made = Arrival.objects.update_or_create(
        invitation=invitation, member=member, defaults={"is_named": is_named}
    )
    for keep in permission_registry if is_named else ():
        keep(member)
    return arrival


def show_name(*, member: Member, is_named: bool) -> int:
    """Show the name to the ambassador from this moment, or no longer; returns how many arrivals it is about."""
    return Arrival.objects.filter(member=member).update(is_named=is_named)
