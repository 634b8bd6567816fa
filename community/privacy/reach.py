"""What a log-in of this member can open: said to the member, counted for the privacy officer."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession

from finance.pots.access import looked_after_pots
from groups.conversations.access import direct_conversations
from groups.people.access import association_rights, current_roles, wards_of
from groups.people.models import AssociationRole, AuditEntry, Member
from groups.subgroups.access import current_grants, my_memberships
from groups.subgroups.models import Membership

EXPORTS = ("privacy.export_asked", "register.exported", "groups.exported", "fees.collection_exported")
MONEY = frozenset({"see_books", "book", "import_bank", "manage_fees"})
REGISTER = frozenset({"manage_members", "decide_applications"})


@dataclass(frozen=True, slots=True)
class Reach:
    """`exports` are the files the member asked for since this device logged in, from whichever device."""

    groups: list  # (subgroup, roles held in it)
    roles: list[str]
    pots: list
    sees_money: bool
    sees_register: bool
    direct: int
    children: int
    exports: list

    def as_counts(self) -> dict:
        return {
            "groups": [group.pk for group, _roles in self.groups],
            "roles": self.roles,
            "pots": len(self.pots),
            "money": self.sees_money,
            "register": self.sees_register,
            "direct": self.direct,
            "children": self.children,
            "exports": len(self.exports),
        }


def devices_of(member):
    """The log-ins of this member; newest first."""
    return UserSession.objects.filter(user_id=member.pk).order_by("-last_seen_at")


def reach_of(member: Member, since) -> Reach:
    """What this member's log-in opens today, and which files were asked for since `since`."""
    rights = association_rights(member)
    places = my_memberships(member).select_related("subgroup").order_by("subgroup__name")
    return Reach(
        [(place.subgroup, _roles(place.subgroup, member)) for place in places],
        sorted(current_roles(member)),
        list(looked_after_pots(member)),
        not MONEY.isdisjoint(rights),
        not REGISTER.isdisjoint(rights),
        direct_conversations(member).count(),
        wards_of(member).count(),
        list(AuditEntry.objects.filter(actor_id=member.pk, act__in=EXPORTS, at__gte=since)),
    )


def _roles(subgroup, member) -> list:
    return [grant.get_role_display() for grant in current_grants(subgroup, member)]


def role_names(codes: list[str]) -> list[str]:
    return [str(AssociationRole(code).label) for code in codes if code in AssociationRole.values]


def people_in(subgroups) -> tuple[int, list]:
    """(different members, [id, name, members] by group) of who is in these groups today.

    A group that is a surprise for somebody counts, and is not named: every officer reads this.
    """
    places = Membership.objects.active().filter(subgroup__in=subgroups)
    by_group = [
        [group.pk, group.name, places.filter(subgroup=group).count()] for group in subgroups if not group.surprised_id
    ]
    return places.values("member").distinct().count(), by_group
