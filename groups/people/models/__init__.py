"""People: who has an account, how they belong to the association, its roles, and the log of acts."""

from groups.people.models.audit import AuditEntry, AuditLink
from groups.people.models.belonging import (
    AssociationRole,
    Dated,
    DatedQuerySet,
    Enrolment,
    MembershipKind,
    RoleGrant,
)
from groups.people.models.member import HUES, Member, MemberManager

__all__ = [
    "HUES",
    "AssociationRole",
    "AuditEntry",
    "AuditLink",
    "Dated",
    "DatedQuerySet",
    "Enrolment",
    "Member",
    "MemberManager",
    "MembershipKind",
    "RoleGrant",
]
