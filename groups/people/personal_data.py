"""What personal data people holds."""

from django.utils.translation import gettext_lazy as _

from groups.people.models import AuditEntry
from theme.personal_data import Basis, Erasure, PersonalData, register

BELONGING = _("Knowing who belongs to the association, and reaching them.")
AS_LONG_AS_MEMBER = _("As long as you have an account.")

# What a member's row holds after erasure: nothing that tells who it was.
NOBODY = {
    "email": None,
    "first_name": "",
    "name_prefix": "",
    "last_name": "",
    "about": "",
    "photo": "",
    "language": "",
    "last_login": None,
    "is_active": False,
    "is_staff": False,
    "is_superuser": False,
}


def erase_profile(member) -> int:
    """Empty the member's own row, throw the picture away and close every session."""
    if member.photo:
        member.photo.delete(save=False)
    for name, nothing in NOBODY.items():
        setattr(member, name, nothing)
    member.set_unusable_password()
    member.save()
    member.groups.clear()
    member.user_permissions.clear()
    return 1


register(
    PersonalData(
        "people.Member",
        owner="pk",
        label=_("Your profile"),
        purpose=BELONGING,
        kept=AS_LONG_AS_MEMBER,
        seen_by=_("Members of the association, as far as you show it; your e-mail address only the managers."),
        fields=(
            "email",
            "first_name",
            "name_prefix",
            "last_name",
            "photo",
            "about",
            "language",
            "created_at",
            "last_login",
        ),
        acted=("groups", "user_permissions"),
        impersonal=("password",),
        erasure=Erasure.EMPTY,
        erase=erase_profile,
    )
)
register(
    PersonalData(
        "people.Enrolment",
        owner="member",
        label=_("Your membership of the association"),
        purpose=BELONGING,
        kept=_("Seven years after it ended, for the books."),
        seen_by=_("Managers, board and treasurer."),
        fields=("kind", "starts_on", "ends_on"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.UNNAME,
        stays_because=_("how many members there were in a year has to stay right"),
    )
)
register(
    PersonalData(
        "people.RoleGrant",
        owner="member",
        label=_("Your roles in the association"),
        purpose=_("Knowing who may do what, and who could at the time."),
        kept=_("Seven years after it ended."),
        seen_by=_("Members of the association."),
        fields=("role", "starts_on", "ends_on"),
        acted=("granted_by",),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=_("who held which office is part of how decisions came about"),
    )
)
register(
    PersonalData(
        "people.AuditEntry",
        label=_("What you did as somebody with a role"),
        purpose=_("Proving afterwards who did what with rights, money and other people's words."),
        kept=_("Seven years."),
        seen_by=_("Board, auditors and privacy officer; managers of a group the part about their group."),
        fields=("at", "act", "about_name", "reason"),
        rows=lambda member: AuditEntry.objects.filter(actor_id=member.pk),
        basis=Basis.INTEREST,
        erasure=Erasure.KEEP,
        stays_because=_("a log out of which lines can be taken proves nothing"),
    )
)
