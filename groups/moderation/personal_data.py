"""What personal data moderation holds."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register

PLEASANT = _("Keeping it pleasant and safe for everybody.")
TWO_YEARS = _("Two years after it was closed.")
MODERATORS = _("Moderators of the group, and the community managers.")
NEEDED_LATER = _("somebody may still object to what was decided")

register(
    PersonalData(
        "moderation.Report",
        owner="reporter",
        label=_("What you reported to the moderators"),
        purpose=PLEASANT,
        kept=TWO_YEARS,
        seen_by=MODERATORS,
        fields=("category", "explanation", "created_at", "outcome", "answer", "closed_at"),
        acted=("about", "owner", "closed_by"),
        impersonal=("words", "thing", "picture"),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=NEEDED_LATER,
    )
)
register(
    PersonalData(
        "moderation.Act",
        owner="member",
        label=_("What moderators decided about you"),
        purpose=PLEASANT,
        kept=TWO_YEARS,
        seen_by=MODERATORS,
        fields=("kind", "subgroup", "reason", "at", "until", "reply", "replied_at"),
        acted=("by",),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=NEEDED_LATER,
    )
)
register(
    PersonalData(
        "moderation.Flag",
        owner="author",
        label=_("Unusual rises in reactions to what you wrote"),
        purpose=PLEASANT,
        kept=TWO_YEARS,
        seen_by=MODERATORS,
        fields=("subgroup", "message", "reactions", "people", "at"),
        acted=("seen_by",),
        basis=Basis.INTEREST,
    )
)
