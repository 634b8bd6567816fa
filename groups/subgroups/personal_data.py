"""What personal data subgroups hold."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.subgroups.models import InvitationMail, Membership
from groups.subgroups.services import end_membership
from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

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
        fields=("subgroup", "joined_at", "left_at", "guest_until", "is_favourite"),
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
register(
    PersonalData(
        "subgroups.Invitation",
        owner="invitee",
        label=_("Invitations to you"),
        purpose=_("Asking you into a group instead of placing you there."),
        kept=_("One month after the last day."),
        seen_by=_("Who invited you, and managers of the group."),
        fields=("subgroup", "email", "text", "created_at", "expires_at", "declined_at"),
        acted=("by", "revoked_by"),
    )
)
register(
    PersonalData(
        "subgroups.Arrival",
        owner="member",
        label=_("That you joined through an ambassador's link"),
        purpose=_("Counting how many people an ambassador brought in."),
        kept=_("One month after the last day of the link."),
        seen_by=_("The ambassador: a number, and your name only when you allow it."),
        fields=("at", "is_named"),
    )
)
register(
    PersonalData(
        "subgroups.InvitationMail",
        label=_("That you were written to about invitations"),
        purpose=_("Writing twice at most."),
        kept=_("Ninety days."),
        seen_by=_("Nobody."),
        fields=("address", "sent_at"),
        rows=lambda member: InvitationMail.objects.filter(address=member.email or "-"),
    )
)
register(
    PersonalData(
        "subgroups.JoinRequest",
        owner="member",
        label=_("Groups you asked to join"),
        purpose=_("Letting a manager decide."),
        kept=_("One year after the decision."),
        seen_by=_("Managers of the group."),
        fields=("subgroup", "text", "created_at", "decided_at", "is_accepted", "answer"),
        acted=("decided_by",),
    )
)
register(
    PersonalData(
        "subgroups.RoleOffer",
        owner="membership__member",
        label=_("Roles you were asked for"),
        purpose=_("Giving you a role only when you want it."),
        kept=KEPT,
        seen_by=_("Managers of the group."),
        fields=("role", "starts_on", "ends_on", "answered_at", "is_accepted"),
        acted=("by", "replaces", "membership"),
    )
)
register(
    PersonalData(
        "subgroups.WaitingPlace",
        owner="member",
        label=_("Groups whose free place you wait for"),
        purpose=_("Offering a free place in order."),
        kept=_("One year."),
        seen_by=_("Managers of the group."),
        fields=("subgroup", "created_at", "offered_at", "closed_at"),
    )
)
register(
    PersonalData(
        "subgroups.Removal",
        owner="member",
        label=_("That you were removed, and your reply"),
        purpose=_("Letting you read why and reply, and keeping who may not come back out until then."),
        kept=_("One year after it ended."),
        seen_by=_("You, and managers of the group."),
        fields=("subgroup", "reason", "created_at", "reply_until", "reply", "banned_until", "lifted_at"),
        acted=("by",),
        basis=Basis.INTEREST,
    )
)
register(
    PersonalData(
        "subgroups.Proposal",
        owner="by",
        label=_("Groups you proposed"),
        purpose=_("Letting a community manager decide."),
        kept=_("One year after the decision."),
        seen_by=_("Community managers."),
        fields=("name", "description", "created_at", "answer"),
        acted=("decided_by",),
    )
)
register_traces("subgroups.Subgroup", "hidden_from", "name", "description", "icon", "picture", "modules", "rules")
register_traces("subgroups.GroupImport", "by", "name", "rows")
register_traces("subgroups.Clearing", "asked_by", "called_off_by", "name", "counts")
