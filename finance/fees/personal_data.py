"""What personal data fees hold."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from finance.fees.models import CollectionItem
from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces, waiting_registry

SEVEN_YEARS = _("Seven years after the end of the book year, as the tax law asks.")
BOOKS = _("The law asks the association to keep its books for seven years.")
BY_WHOM = _("You, the treasurer, and the auditors.")
TREASURER = _("You, and the treasurer.")

register(
    PersonalData(
        "fees.Payer",
        owner="member",
        label=_("Your name and address on invoices"),
        purpose=_("Sending you one invoice, in the right name."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("name", "address", "registration"),
        acted=("contact",),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "fees.PayerPlace",
        owner="member",
        label=_("The household or organisation that pays your fee"),
        purpose=_("One invoice for people who pay together."),
        kept=_("As long as you have an account."),
        seen_by=TREASURER,
        fields=("payer",),
    )
)
register(
    PersonalData(
        "fees.FeeDetails",
        owner="member",
        label=_("Your day of birth"),
        purpose=_("Charging the amount for your age, and knowing whether you may vote where the statutes set an age."),
        kept=_("As long as you have an account."),
        seen_by=TREASURER,
        fields=("born_on",),
    )
)
register(
    PersonalData(
        "fees.FeeGrant",
        owner="member",
        label=_("Discounts and exemptions you were given"),
        purpose=_("Charging what was agreed with you."),
        kept=SEVEN_YEARS,
        seen_by=TREASURER,
        fields=("kind", "value", "reason", "starts_on", "ends_on"),
        impersonal=("granted_by_label",),
        erasure=Erasure.EMPTY,
        emptied=(("reason", ""),),
    )
)
register(
    PersonalData(
        "fees.Charge",
        owner="member",
        label=_("What you owed for your membership, per period"),
        purpose=_("Charging membership fees, and being able to explain them."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("member_label", "sort", "period_starts_on", "period_ends_on", "covers_from", "covers_until", "cents"),
        impersonal=("label",),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "fees.Invoice",
        owner="payer__member",
        label=_("Your invoices and credit notes"),
        purpose=_("Asking for the membership fee, and keeping the books."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("year", "sequence", "issued_on", "due_on", "total_cents", "settled_cents", "name", "address"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "fees.Allocation",
        owner="part__invoice__payer__member",
        label=_("Your payments of fees"),
        purpose=_("Showing what came in and when."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("cents", "way", "at", "iban_mark"),
        impersonal=("by_label",),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "fees.RunNote",
        owner="member",
        label=_("Remarks for the treasurer when fees are charged"),
        purpose=_("Nobody is forgotten, and nobody is charged by mistake."),
        kept=_("As long as you have an account."),
        seen_by=TREASURER,
        fields=("code", "period_starts_on"),
    )
)
register_traces("fees.FeeRun", "made_by_label", "started_by_label", "name")
register(
    PersonalData(
        "fees.Stop",
        owner="enrolment__member",
        label=_("That you stopped your membership, and why if you said so"),
        purpose=_("Ending your membership on the right day."),
        kept=_("What you wrote two years, the rest as long as you have an account."),
        seen_by=TREASURER,
        fields=("ends_on", "reason", "asked_at", "asked_by_label", "undone_at"),
        impersonal=("undone_by_label",),
    )
)
register(
    PersonalData(
        "fees.Arrangement",
        owner="asked_by",
        label=_("What you asked in private about a fee, and the answer"),
        purpose=_("Finding a way of paying that suits you."),
        kept=_("What you wrote two years, the rest as long as you have an account."),
        seen_by=TREASURER,
        fields=("wish", "text", "answer", "asked_at", "answered_at"),
        impersonal=("answered_by_label",),
        erasure=Erasure.EMPTY,
        emptied=(("text", ""), ("answer", "")),
    )
)
register(
    PersonalData(
        "fees.FormalLetter",
        owner="invoice__payer__member",
        label=_("Letters about a fee that was not paid"),
        purpose=_("Asking a last time, as the law wants it."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("sent_on", "pay_by", "cents"),
        impersonal=("sent_by_label",),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "fees.WriteOff",
        owner="invoice__payer__member",
        label=_("Fees that were given up"),
        purpose=_("Keeping the books right when something will not be paid."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("cents", "reason"),
        impersonal=("proposed_by_label", "decided_by_label"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register_traces("fees.Condition", "set_by_label")
register(
    PersonalData(
        "fees.Mandate",
        owner="payer__member",
        label=_("Your leave to collect your fee, with the account"),
        purpose=_("Collecting your fee from the account you named."),
        kept=_("36 months after the last collection, as the banks ask; the books seven years."),
        seen_by=TREASURER,
        fields=(
            "reference",
            "holder",
            "iban",
            "iban_mark",
            "bic",
            "signed_on",
            "way",
            "state",
            "last_used_on",
            "used_before_on",
            "account_shown",
        ),
        impersonal=("because", "kept_by_label", "provider", "customer_id", "provider_mandate_id", "revoked_at"),
        erasure=Erasure.KEEP,
        stays_because=_("The bank may ask for the mandate until 36 months after the last collection."),
    )
)
register(
    PersonalData(
        "fees.CollectionItem",
        owner="mandate__payer__member",
        label=_("What was collected from your account"),
        purpose=_("Counting the collection for your fee, and a return too."),
        kept=SEVEN_YEARS,
        seen_by=BY_WHOM,
        fields=("cents", "end_to_end", "collected_on", "returned_on", "return_code"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)


@waiting_registry
def collection_under_way(member) -> str | None:
    """Between the message and the bank's answer a collection must find its payer; two weeks after its day it has."""
    underway = CollectionItem.objects.filter(
        mandate__payer__member=member.pk,
        dropped_at__isnull=True,
        collected_on__isnull=True,
        returned_on__isnull=True,
        batch__state__in=["told", "approved", "exported"],
        batch__collect_on__gte=timezone.localdate() - timedelta(days=14),
    )
    if underway.exists():
        return gettext("A collection from your account is under way. Your account is erased when it has ended.")
    return None


register_traces("fees.CollectionBatch", "made_by_label", "approved_by_label", "name")
