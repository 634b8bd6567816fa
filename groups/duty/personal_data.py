"""What personal data the duty roster holds."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import PersonalData, register, register_traces

PURPOSE = _("Knowing who can be reached for a group.")
KEPT = _("One year after the turn.")
MEMBERS = _("Members of the group.")

register(
    PersonalData(
        "duty.Turn",
        owner="member",
        label=_("Your turns of duty"),
        purpose=PURPOSE,
        kept=KEPT,
        seen_by=MEMBERS,
        fields=("subgroup", "starts_at", "ends_at"),
        acted=("planned_by",),
    )
)
register(
    PersonalData(
        "duty.TurnHandover",
        owner="asked",
        label=_("Turns of duty you were asked to take over"),
        purpose=PURPOSE,
        kept=KEPT,
        seen_by=_("You, and who asked."),
        fields=("turn", "asked_at", "answered_at", "is_accepted"),
        acted=("giver",),
    )
)
register_traces("duty.EmergencyText", "changed_by", "text")
