"""What personal data subgroups hold."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.subgroups.models import Membership
from groups.subgroups.services import end_membership
from theme.personal_data import Basis, Erasure, PersonalData, register

KEPT = _("One year after you left the group.")


@transaction.atomic
def leave_everything(member) -> int:
    """End every place in a group, also where the member was the last to manage it: the group falls to the managers."""
    places = list(Membership.objects.active().filter(member=member).select_related("subgroup"))
    for place in places:
        end_membership(subgroup=place.subgroup, member=member)
    return len(places)


register(
    PersonalData(
        "subgroups.Membership",
        owner="member",
        label=_("The groups you are or were in"),
        purpose=_("Showing you what is meant for your groups, and nobody else."),
        kept=KEPT,
        seen_by=_("Members of the group, and the managers."),
        fields=("subgroup", "joined_at", "left_at", "is_favourite"),
        erasure=Erasure.UNNAME,
        erase=leave_everything,
        stays_because=_("how many members a group had has to stay right"),
    )
)
register(
    PersonalData(
        "subgroups.SubgroupRoleGrant",
        owner="membership__member",
        label=_("Your roles in groups"),
        purpose=_("Knowing who may do what in a group, and who could at the time."),
        kept=KEPT,
        seen_by=_("Members of the group, and the managers."),
        fields=("role", "starts_on", "ends_on"),
        acted=("granted_by", "membership"),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=_("who managed a group is part of how decisions came about"),
    )
)
register(
    PersonalData(
        "subgroups.SubgroupUserPermission",
        owner="user",
        label=_("Exceptions made for you"),
        purpose=_("Letting one person do one thing in a group that their role does not allow."),
        kept=_("Until it is taken back."),
        seen_by=_("Managers of the group."),
        fields=("permission", "content_object"),
    )
)
