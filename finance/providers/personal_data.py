"""What personal data online payments hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register

register(
    PersonalData(
        "providers.PaymentAttempt",
        owner="member_id",
        label=_("Your online payments"),
        purpose=_("Counting a payment once, however often a bank reports it."),
        kept=_("Seven years after the end of the book year, as the tax law asks."),
        seen_by=_("You, and the treasurer."),
        fields=("cents", "description", "status", "created_at", "settled_at", "provider_id"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=_("The law asks the association to keep its books for seven years."),
    )
)
