"""What personal data the bank side holds."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.bank.models import BankLine, Refund
from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces


def lines_of(member):
    """Bank lines of accounts from which the member paid before."""
    marks = member.party.requests.values("allocations__iban_mark") if hasattr(member, "party") else ()
    return BankLine.objects.filter(iban_mark__in=marks).exclude(iban_mark="")


def refunds_to(member):
    mine = member.party.pk if hasattr(member, "party") else None
    return Refund.objects.filter(Q(line__in=lines_of(member)) | Q(party_id=mine, party_id__isnull=False))


KEPT = _("Seven years after the end of the book year, as the tax law asks.")
BOOKS = _("The law asks the association to keep its books for seven years.")
TREASURER = _("The treasurer.")
READERS = _("The treasurer and the auditors.")

register(
    PersonalData(
        "bank.BankLine",
        rows=lines_of,
        label=_("Your transfers on the bank account of the association"),
        purpose=_("Counting your payment for the right request."),
        kept=KEPT,
        seen_by=READERS,
        fields=("name", "iban", "iban_mark", "text", "cents", "booked_on", "reference", "end_to_end"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register(
    PersonalData(
        "bank.Refund",
        rows=refunds_to,
        label=_("Money that was paid back to you"),
        purpose=_("Paying back what was too much."),
        kept=KEPT,
        seen_by=TREASURER,
        fields=("name", "iban", "cents", "because"),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.KEEP,
        stays_because=BOOKS,
    )
)
register_traces("bank.StatementImport", "imported_by_label", "accepted_by_label")
register_traces("bank.Match", "matched_by_label", "undone_by_label", "undone_because", "label")
register_traces("bank.BankAccount", "holder", "iban", "bic")
