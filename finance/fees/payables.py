"""Fees as something that the bank can match: by the reference of a part, for the whole invoice behind it."""

from django.db.models import Q

from finance.bank.payables import Payable
from finance.fees import accounts
from finance.fees.models import Allocation, Invoice, Part
from finance.fees.services.settling import locked_invoice, share_out, take_back, thank
from groups.people.access import members_with_right
from notifications.services import notify

SUGGESTIONS = 5


class FeeParts:
    """A payment under the reference of one part first fills that part; what is more goes to the other parts."""

    code = "fee"

    def by_references(self, references: list[str]) -> list[Payable]:
        parts = Part.objects.filter(reference__in=references)
        list(
            Invoice.objects.select_for_update().filter(pk__in=parts.values("invoice")).order_by("pk").values_list("pk")
        )
        return [self._payable(part) for part in parts.select_related("invoice__payer").order_by("pk")]

    def by_id(self, payable_id: int) -> Payable | None:
        part = Part.objects.filter(pk=payable_id).first()
        if part is None:
            return None
        locked_invoice(part.invoice_id)
        return self._payable(Part.objects.select_related("invoice__payer").get(pk=part.pk))

    def suggestions(self, *, iban_mark: str, name: str, cents: int) -> list[Payable]:
        """A known account and exactly one open part of this amount; else the amount and a piece of the name."""
        fitting = self._open().filter(cents=cents, paid_cents=0)
        if iban_mark:
            payers = Allocation.objects.filter(iban_mark=iban_mark).values("part__invoice__payer")
            known = list(fitting.filter(invoice__payer__in=payers)[:2])
            if len(known) == 1:
                return [self._payable(known[0])]
        words = Q()
        for word in name.split():
            if len(word) > 2:
                words |= Q(invoice__payer__name__icontains=word)
        return [self._payable(part) for part in fitting.filter(words)[:SUGGESTIONS]] if words else []

    def open_payables(self, words: str) -> list[Payable]:
        found = self._open()
        for word in words.split()[:5]:
            found = found.filter(Q(invoice__payer__name__icontains=word) | Q(reference__icontains=word))
        return [self._payable(part) for part in found[:20]]

    def paid(self, *, payable_id: int, cents: int, entry, iban_mark: str, by) -> None:
        count_payment(part_id=payable_id, cents=cents, way=Allocation.Way.BANK, entry=entry, iban_mark=iban_mark, by=by)

    def unpaid(self, *, entry, by) -> None:
        standing = Allocation.objects.filter(entry=entry, undoes__isnull=True, undone_by__isnull=True)
        for allocation in standing.select_related("part"):
            take_back(allocation=allocation, entry=entry.reversed_by, by=by)

    def held(self, *, payable_id: int, cents: int, reason: str) -> None:
        notify(
            member_ids=members_with_right("manage_fees").values_list("pk", flat=True),
            kind="fee_held",
            key=f"fee:held:{payable_id}",
            context={"part": payable_id, "cents": cents, "reason": reason},
        )

    def _open(self):
        return Part.objects.open().select_related("invoice__payer").order_by("due_on", "pk")

    def _payable(self, part: Part) -> Payable:
        """Parts that were shared out anew are still good references: members keep them in their bank's app."""
        invoice = part.invoice
        return Payable(
            kind=self.code,
            id=part.pk,
            reference=part.reference,
            open_cents=invoice.open_cents,
            is_closed=False,
            ring="",
            income=accounts.receivable(),
            label=f"{invoice.number} · {invoice.payer.name}",
            payer=invoice.payer.name,
        )


def count_payment(*, part_id: int, cents: int, way: str, entry, by=None, iban_mark: str = "") -> list[Allocation]:
    """Count money that an entry has booked for the invoice of this part, and thank who paid."""
    part = Part.objects.get(pk=part_id)
    invoice = locked_invoice(part.invoice_id)
    made = share_out(
        invoice=invoice,
        cents=cents,
        way=way,
        first=part,
        entry=entry,
        iban_mark=iban_mark,
        by_label=str(by)[:160] if by else "",
    )
    thank(invoice, made)
    return made
