"""Subgroups under the umbrella, who belongs to them and in which role, and the ways in and out."""

from groups.subgroups.models.clearing import Clearing
from groups.subgroups.models.importing import GroupImport
from groups.subgroups.models.joining import (
    Arrival,
    DeclineCount,
    Departure,
    Invitation,
    InvitationMail,
    JoinRequest,
    Removal,
    RoleOffer,
    WaitingPlace,
)
from groups.subgroups.models.lifecycle import DefaultSubgroup, FormerAddress, Proposal
from groups.subgroups.models.membership import (
    Membership,
    MembershipQuerySet,
    RoleGroup,
    SubgroupRole,
    SubgroupRoleGrant,
)
from groups.subgroups.models.subgroup import (
    MAX_MEMBERS,
    MAX_SUBGROUPS,
    Subgroup,
    SubgroupGroupPermission,
    SubgroupQuerySet,
    SubgroupUserPermission,
)

__all__ = [
    "MAX_MEMBERS",
    "MAX_SUBGROUPS",
    "Arrival",
    "Clearing",
    "DeclineCount",
    "DefaultSubgroup",
    "Departure",
    "FormerAddress",
    "GroupImport",
    "Invitation",
    "InvitationMail",
    "JoinRequest",
    "Membership",
    "MembershipQuerySet",
    "Proposal",
    "Removal",
    "RoleGroup",
    "RoleOffer",
    "Subgroup",
    "SubgroupGroupPermission",
    "SubgroupQuerySet",
    "SubgroupRole",
    "SubgroupRoleGrant",
    "SubgroupUserPermission",
    "WaitingPlace",
]
