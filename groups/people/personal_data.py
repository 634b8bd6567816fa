"""What personal data people holds."""

from django.utils.translation import gettext_lazy as _

from groups.people.models import AuditEntry, Interest, Letter, Member
from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

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
    "number": None,
    "consent": Member.Consent.NOBODY,
    "is_listed": False,
    "shows_groups": False,
    "welcome_step": 0,
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
            "number",
            "consent",
            "is_listed",
            "shows_groups",
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
register(
    PersonalData(
        "people.ProfileValue",
        owner="member",
        label=_("Your answers on your profile"),
        purpose=_("Letting the members you choose know you."),
        kept=AS_LONG_AS_MEMBER,
        seen_by=_("Whom you chose per answer."),
        fields=("field", "value", "proposed", "audience"),
        basis=Basis.CONSENT,
    )
)
register(
    PersonalData(
        "people.Interest",
        label=_("Your interests"),
        purpose=_("Finding people and groups with the same interests."),
        kept=AS_LONG_AS_MEMBER,
        seen_by=_("Members of the association."),
        fields=("name",),
        acted=("members",),
        impersonal=("synonyms",),
        basis=Basis.CONSENT,
        rows=lambda member: Interest.objects.filter(members=member.pk),
        erase=lambda member: len([member.interests.clear()]),
    )
)
register(
    PersonalData(
        "people.Dismissal",
        owner="member",
        label=_("Suggestions you do not want to see again"),
        purpose=_("Not showing them again."),
        kept=AS_LONG_AS_MEMBER,
        seen_by=_("Nobody."),
        fields=("about",),
    )
)
register(
    PersonalData(
        "people.Guardianship",
        owner="child",
        label=_("Who acts for you"),
        purpose=_("Letting a parent or guardian act for a child."),
        kept=AS_LONG_AS_MEMBER,
        seen_by=_("Guardian, child and managers."),
        fields=("guardian", "starts_on", "ends_on"),
        acted=("given_by",),
    )
)
register(
    PersonalData(
        "people.Application",
        owner="member",
        label=_("Your application"),
        purpose=BELONGING,
        kept=_("One year after the decision; after three days when the address was not confirmed."),
        seen_by=_("The board."),
        fields=("email", "first_name", "name_prefix", "last_name", "kind", "motivation", "created_at", "answer"),
        acted=("decided_by",),
        impersonal=("language",),
    )
)
register(
    PersonalData(
        "people.Letter",
        label=_("Letters to an address without an account"),
        purpose=_("Inviting and answering people who have no account yet."),
        kept=_("One month."),
        seen_by=_("Nobody."),
        fields=("email", "subject", "body", "created_at"),
        impersonal=("path", "button", "language"),
        rows=lambda member: Letter.objects.filter(email=member.email or "-"),
    )
)
register(
    PersonalData(
        "people.RegisterRow",
        owner="member",
        label=_("Your line in a file with members"),
        purpose=_("Bringing the register over, and being able to undo that."),
        kept=_("One year after the import."),
        seen_by=_("Community managers."),
        fields=("line", "values", "before"),
        impersonal=("reason",),
    )
)
register(
    PersonalData(
        "people.MemberMerge",
        owner="kept",
        label=_("Accounts of yours that became one"),
        purpose=_("Being able to undo it for 30 days."),
        kept=_("One year."),
        seen_by=_("Community managers."),
        fields=("gone", "merged_at", "moved"),
        acted=("by",),
    )
)
register_traces("people.KnownDifferent", "first", "second", "by")
register_traces("people.RegisterImport", "by", "undo_by", "name")


register(
    PersonalData(
        "people.Look",
        owner="viewed",
        label=_("Who opened what few may see of you"),
        purpose=_("Letting you see that people with a role look only when they have to."),
        kept=_("A year."),
        seen_by=_("Only you, by role and day."),
        fields=("audience", "where", "day"),
        acted=("viewer",),
        basis=Basis.INTEREST,
    )
)
register(
    PersonalData(
        "people.SupportAccess",
        owner="member",
        label=_("Whom you let look along to help you"),
        purpose=_("Helping you, only with your leave, and letting you see what was opened."),
        kept=AS_LONG_AS_MEMBER,
        seen_by=_("You and who helps you."),
        fields=("minutes", "with_direct", "granted_at", "until", "opened_at", "ended_at"),
        acted=("helper", "ended_by"),
        basis=Basis.CONSENT,
    )
)
