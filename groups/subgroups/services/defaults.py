"""Places that come and go by rule: default subgroups, guests after their date, members who left the association."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from groups.people.models import Member
from groups.subgroups.errors import SubgroupFull
from groups.subgroups.models import DefaultSubgroup, Membership, Subgroup
from groups.subgroups.services.membership import add_member, end_membership


@transaction.atomic
def place_in_defaults(*, member: Member) -> list[Subgroup]:
    """Give the member a place in each default subgroup of their kind and branches. Who left by hand is not put back."""
    enrolment = member.enrolments.on().first()
    if enrolment is None:
        return []
    branches = Membership.objects.active().filter(member=member).values("subgroup")
    rules = DefaultSubgroup.objects.filter(
        Q(kind__isnull=True) | Q(kind=enrolment.kind_id), Q(branch__isnull=True) | Q(branch__in=branches)
    ).filter(subgroup__archived_at__isnull=True)
    been = Membership.objects.filter(member=member).values("subgroup")
    chosen = Subgroup.objects.filter(pk__in=rules.values("subgroup")).exclude(pk__in=been)
    return [subgroup for subgroup in chosen if _place(subgroup, member)]


def _place(subgroup: Subgroup, member: Member) -> bool:
    try:
        with transaction.atomic():
            add_member(subgroup=subgroup, member=member)
    except SubgroupFull:
        return False
    return True


def end_guests() -> int:
    """End the places of guests whose last day is over; returns how many. For the clock."""
    over = Membership.objects.filter(left_at__isnull=True, guest_until__lt=timezone.localdate())
    return _end_all(over)


def end_places_without_enrolment() -> int:
    """End the places of who left the association: on the day after the last one, without anybody acting."""
    from groups.people.models import Enrolment

    gone = Enrolment.objects.filter(ends_on__lt=timezone.localdate()).exclude(
        member__in=Enrolment.objects.on().values("member")
    )
    over = Membership.objects.filter(left_at__isnull=True, guest_until__isnull=True, member__in=gone.values("member"))
    return _end_all(over)


def _end_all(memberships) -> int:
    rows = list(memberships.select_related("subgroup", "member")[:500])
    for membership in rows:
        end_membership(subgroup=membership.subgroup, member=membership.member)
    return len(rows)
