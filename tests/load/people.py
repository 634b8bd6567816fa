"""Many members in one subgroup, written straight into the database."""

from django.utils import timezone

from groups.people.models import Enrolment, Member, MembershipKind
from groups.subgroups.models import Membership, Subgroup
from groups.subgroups.services import create_subgroup, role_group


def crowd(number: int, name: str = "Groot") -> tuple[Subgroup, list[Member]]:
    kind, _made = MembershipKind.objects.get_or_create(name="Lid")
    members = Member.objects.bulk_create(
        Member(email=f"m{n}@{name.lower()}.example", first_name=f"Lid{n}", last_name="Voorbeeld", password="!")
        for n in range(number)
    )
    Enrolment.objects.bulk_create(
        Enrolment(member=member, kind=kind, starts_on=timezone.localdate()) for member in members
    )
    subgroup = create_subgroup(name=name, description="Alles.", by=None)
    Membership.objects.bulk_create(Membership(subgroup=subgroup, member=member) for member in members)
    group = role_group(subgroup, "member")
    Member.groups.through.objects.bulk_create(
        Member.groups.through(member_id=member.pk, group_id=group.pk) for member in members
    )
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=number)
    return subgroup, members
