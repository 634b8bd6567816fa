"""What personal data the portal holds."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import PersonalData, register, register_traces

register(
    PersonalData(
        "portal.Visit",
        owner="member",
        label=_("When you were last on home"),
        purpose=_("Showing you what you missed."),
        kept=_("As long as you have an account; only the last two times."),
        seen_by=_("Only you."),
        fields=("seen_at", "before"),
    )
)
register_traces("portal.WeekAnswer", "by", "item")
