"""What personal data the accepted texts hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import PersonalData, register, register_traces

register(
    PersonalData(
        "agreements.Acceptance",
        owner="member",
        label=_("Guidelines, terms and privacy statements you agreed to"),
        purpose=_("Knowing who has read and accepted which version, and when."),
        kept=_("As long as you have an account."),
        seen_by=_("Only you; others see how many."),
        fields=("text", "at"),
    )
)
register_traces("agreements.AgreedText", "by", "text", "text_en", "changes", "changes_en")
