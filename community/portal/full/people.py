"""Members, kinds, groups and places."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from community.portal.demo.people import FIRST_NAMES, LAST_NAMES
from community.portal.full.house import House, in_bulk
from groups.people.models import AssociationRole, Enrolment, Member, MembershipKind
from groups.people.services import grant_role
from groups.subgroups.models import Membership, Subgroup, SubgroupRole
from groups.subgroups.services import create_subgroup, grant_subgroup_role, role_group

DOMAIN = "volhuis.example"
PASSWORD = "waterhoen-op-het-water"
ROLES = [
    (AssociationRole.COMMUNITY_MANAGER, "beheer"),
    (AssociationRole.BOARD, "bestuur"),
    (AssociationRole.TREASURER, "penningmeester"),
    (AssociationRole.PRIVACY_OFFICER, "privacy"),
]


def fill(house: House) -> None:
    _members(house)
    for number in range(house.groups):
        _group(house, number)
    for place, (role, _) in enumerate(ROLES):
        grant_role(member=house.members[place], role=role, by=None)


def _members(house: House) -> None:
    password = make_password(PASSWORD)
    in_bulk(Member, (_member(house, number, password) for number in range(house.people)))
    house.members = list(Member.objects.order_by("pk"))
    kind = MembershipKind.objects.create(name="Lid", may_vote=True)
    since = (house.now - timedelta(days=500)).date()
    in_bulk(Enrolment, (Enrolment(member=member, kind=kind, starts_on=since) for member in house.members))
    in_bulk(
        EmailAddress,
        (EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in house.members),
    )


def _member(house: House, number: int, password: str) -> Member:
    prefix, last = LAST_NAMES[(number * 7) % len(LAST_NAMES)]
    name = ROLES[number][1] if number < len(ROLES) else f"lid{number}"
    return Member(
        first_name=FIRST_NAMES[(number * 5) % len(FIRST_NAMES)],
        name_prefix=prefix,
        last_name=last,
        email=f"{name}@{DOMAIN}",
        password=password,
        is_listed=number % 3 > 0,
        created_at=house.now - timedelta(days=500),
    )


def _group(house: House, number: int) -> None:
    people = house.places_of(number)
    lead = people[len(ROLES)]
    subgroup = create_subgroup(
        name=f"Groep {number + 1:02}", slug=f"groep-{number + 1}", description="Een volle groep.", by=None, manager=lead
    )
    joined = house.now - timedelta(days=400)
    others = [member for member in people if member.pk != lead.pk]
    in_bulk(Membership, (Membership(subgroup=subgroup, member=each, joined_at=joined) for each in others))
    Membership.objects.filter(subgroup=subgroup, member=lead).update(joined_at=joined)
    group, places = role_group(subgroup, SubgroupRole.MEMBER), Member.groups.through
    in_bulk(places, (places(member_id=each.pk, group_id=group.pk) for each in others), ignore_conflicts=True)
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=len(people))
    subgroup.refresh_from_db()
    grant_subgroup_role(subgroup=subgroup, member=lead, role=SubgroupRole.GELDCHEF, by=None)
    house.subgroups.append(subgroup)
    house.leads.append(lead)
