"""Who may do what for the association as a whole, and whom a member may see."""

from django.db.models import Q

from groups.people.models import AssociationRole, Enrolment, Member, RoleGrant

Role = AssociationRole

# What each role of the association may do. docs/roles.md is made from this table.
RIGHTS: dict[str, frozenset[str]] = {
    Role.COMMUNITY_MANAGER: frozenset(
        {"announce", "edit_pages", "manage_subgroups", "manage_members", "manage_roles", "moderate", "manage_house"}
    ),
    Role.BOARD: frozenset({"announce", "see_results", "see_figures", "see_books", "decide_applications"}),
    Role.TREASURER: frozenset({"see_books", "book", "import_bank", "manage_fees"}),
    Role.AUDITOR: frozenset({"see_books", "audit"}),
    Role.PRIVACY_OFFICER: frozenset({"see_registers"}),
    Role.MODERATOR: frozenset({"moderate"}),
}


def current_roles(member) -> frozenset[str]:
    """The association roles this member holds today; asked once per request and kept on the member object."""
    if not hasattr(member, "_current_roles"):
        grants = RoleGrant.objects.on().filter(member_id=member.pk)
        member._current_roles = frozenset(grants.values_list("role", flat=True))
    return member._current_roles


def association_rights(member) -> frozenset[str]:
    return frozenset().union(*(RIGHTS[role] for role in current_roles(member)))


def may_for_association(member, right: str) -> bool:
    """Whether one of the member's current roles gives `right`, one of the codes in RIGHTS."""
    return member.is_active and right in association_rights(member)


def members_with_right(right: str):
    """Members whose current role gives `right`; for notices to “the board” or “the treasurer”."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    return Member.objects.filter(is_active=True, pk__in=RoleGrant.objects.on().filter(role__in=roles).values("member"))


def enrolled_members():
    """Everybody who belongs to the association today."""
    return Member.objects.filter(is_active=True, pk__in=Enrolment.objects.on().values("member"))


def visible_members(member):
    """People this member may know exist: everybody who belongs to the association, and themselves."""
    return Member.objects.filter(is_active=True).filter(
        Q(pk=member.pk) | Q(pk__in=Enrolment.objects.on().values("member"))
    )
