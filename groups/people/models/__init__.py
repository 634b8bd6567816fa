"""People: who has an account, how they belong to the association, what they tell, and the log of acts."""

from groups.people.models.audit import AuditEntry, AuditLink
from groups.people.models.belonging import (
    AssociationRole,
    Dated,
    DatedQuerySet,
    Enrolment,
    MembershipKind,
    RoleGrant,
)
from groups.people.models.entry import Application, Letter
from groups.people.models.limits import KeptLimit
from groups.people.models.looks import Look
from groups.people.models.member import HUES, Member, MemberManager
from groups.people.models.profile import (
    Audience,
    Dismissal,
    Guardianship,
    Interest,
    ProfileField,
    ProfileValue,
)
from groups.people.models.register import KnownDifferent, MemberMerge, RegisterImport, RegisterRow
from groups.people.models.safety import SafetyRules
from groups.people.models.support import SupportAccess
from groups.people.models.surprises import Surprising, kept_from, kept_from_somebody

__all__ = [
    "HUES",
    "Application",
    "AssociationRole",
    "Audience",
    "AuditEntry",
    "AuditLink",
    "Dated",
    "DatedQuerySet",
    "Dismissal",
    "Enrolment",
    "Guardianship",
    "Interest",
    "KeptLimit",
    "KnownDifferent",
    "Letter",
    "Look",
    "Member",
    "MemberManager",
    "MemberMerge",
    "MembershipKind",
    "ProfileField",
    "ProfileValue",
    "RegisterImport",
    "RegisterRow",
    "RoleGrant",
    "SafetyRules",
    "SupportAccess",
    "Surprising",
    "kept_from",
    "kept_from_somebody",
]
