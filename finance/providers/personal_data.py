"""What personal data online payments hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

register(
    PersonalData(
        "providers.PaymentAttempt",
        owner="member_id",
        label=_("Your online payments"),
        purpose=_("Counting a payment once, however often a bank reports it."),
        kept=_("Seven years after the end of the book year, as the tax law asks."),
        seen_by=_("You, and the treasurer."),
        fields=(
            "cents",
            "description",
            "status",
            "created_at",
            "settled_at",
            "provider_id",
            "customer_id",
            "mandate_id",
        ),
        impersonal=("kind", "provider", "return_path", "checkout_url", "mode", "method", "held_because"),
        processor=_("Mollie B.V., Amsterdam, when the association uses it for paying online."),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=_("The law asks the association to keep its books for seven years."),
    )
)
register_traces("providers.ProviderNotice", "provider_id", "result")
register_traces(
    "providers.OnlineRefund",
    "provider_id",
    "because",
    "asked_by_id",
    "asked_by_label",
    "approved_by_id",
    "approved_by_label",
)
register_traces("providers.Chargeback", "provider_id", "code", "reason")
