"""Whose turns a member sees, and who plans."""

from django.db.models import Exists, OuterRef

from groups.duty.models import EmergencyText, Turn, TurnHandover
from groups.subgroups.access import entered_ids, may_manage
from groups.subgroups.models import Membership
from theme.kept import now


def visible_turns(member):
    """Turns of the groups the member is in, of people who are still in them too."""
    return still_there(Turn.objects.filter(subgroup__in=entered_ids(member)))


def still_there(turns):
    """Of who left the group, a turn is nobody's."""
    place = Membership.objects.active().filter(subgroup=OuterRef("subgroup"), member=OuterRef("member"))
    return turns.filter(Exists(place), member__is_active=True)


def turns_ahead(member):
    """Those that run now or begin later, with who has them and whom they asked."""
    return visible_turns(member).filter(ends_at__gt=now()).select_related("member", "subgroup")


def own_turns(member):
    return turns_ahead(member).filter(member=member)


def emergency_texts(member):
    return EmergencyText.objects.filter(subgroup__in=entered_ids(member))


def handovers_to(member):
    """Turns that somebody asks this member to take over."""
    found = TurnHandover.objects.filter(asked=member, answered_at__isnull=True, turn__ends_at__gt=now())
    return found.filter(turn__in=visible_turns(member)).select_related("turn__subgroup", "giver")


def own_handovers(member):
    """What the member asked and is not answered yet."""
    return TurnHandover.objects.filter(giver=member, answered_at__isnull=True)


def may_plan(member, subgroup) -> bool:
    return may_manage(member, subgroup)
