"""What personal data pots hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

SEVEN_YEARS = _("Seven years after the end of the book year, as the tax law asks.")
BOOKS = _("The law asks the association to keep its books for seven years.")
BY_WHOM = _("You, who looks after the pot, the treasurer, and the auditors.")

register(
    PersonalData(
        "pots.Party",
        owner="member",
        label=_("Your name as a payer"),
        purpose=_("Knowing whose payment is whose, also in later years."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("display_name",),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "pots.PaymentRequest",
        owner="party__member",
        label=_("What you were asked to pay, and what you paid"),
        purpose=_("Collecting money together for one purpose."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("pot", "amount_cents", "paid_cents", "due_on", "asked_at", "waived_at", "cancelled_at"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "pots.RequestEvent",
        owner="request__party__member",
        label=_("What you answered in private to a payment request"),
        purpose=_("Finding a way that suits you."),
        kept=_("As long as you have an account."),
        seen_by=_("You, and who looks after the pot."),
        fields=("kind", "at", "text", "answer", "by_label"),
        erasure=Erasure.EMPTY,
        emptied=(("text", ""), ("answer", ""), ("by_label", "")),
    )
)
register(
    PersonalData(
        "pots.Allocation",
        owner="request__party__member",
        label=_("Your payments"),
        purpose=_("Showing what came in and when."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("cents", "way", "at", "iban_mark", "note", "by_label"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "pots.Expense",
        owner="claimed_by",
        label=_("What you spent for a pot, with the receipt"),
        purpose=_("Paying you back, and proving what the money went to."),
        kept=SEVEN_YEARS,
        seen_by=_("The purpose: everybody in the group. The receipt: who looks after the pot and who sees the books."),
        fields=("purpose", "cents", "spent_on", "receipt", "receipt_name", "claimed_by_label"),
        impersonal=("refused_because", "refused_by_label", "reference", "receipt_type"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "pots.PurposeAnswer",
        owner="party__member",
        label=_("Whether your money may be used for another purpose"),
        purpose=_("Using money only for what its payers agreed to."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("change", "agrees", "answered_at"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register_traces(
    "pots.Pot",
    *("hidden_from", "opened_by_label", "closing_asked_by", "name", "purpose", "template"),
    *("remind_days", "remind_tones", "remind_weekdays", "cash_reference"),
)
register_traces("pots.PurposeChange", "purpose", "because", "proposed_by_label")
register_traces("pots.PotRole", "member", "label", "granted_by_label")
register_traces("pots.Handover", "to", "to_label", "from_label")
register_traces("pots.Approval", "member", "label")
