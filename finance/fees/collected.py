"""What the bank says of a collection: the whole in one line, each in its own, or back again with a reason."""

from django.db.models import F, Q

from finance.bank.payables import Payable
from finance.fees import accounts
from finance.fees.models import Allocation, CollectionBatch, CollectionItem, Invoice, Part
from finance.fees.services.mandates import PAUSING, pause_mandate
from finance.fees.services.settling import locked_invoice, share_out, take_back
from notifications.services import notify

BATCH = 1000
EXPORTED = CollectionBatch.State.EXPORTED


class CollectedItems:
    """One collection by its own reference: money in when it was collected, money out when it comes back."""

    code = "debit"

    def by_references(self, references: list[str]) -> list[Payable]:
        items = _items().filter(end_to_end__in=references).select_for_update(of=("self",)).order_by("pk")
        return [payable for item in items for payable in (_money_in(item), _money_back(item))]

    def by_id(self, payable_id: int) -> Payable | None:
        item = _items().select_for_update(of=("self",)).filter(pk=payable_id).first()
        if item is None:
            return None
        return _money_back(item) if item.collected_on else _money_in(item)

    def suggestions(self, *, iban_mark: str, name: str, cents: int) -> list[Payable]:
        """A return without our reference: the same account and amount, collected and not returned yet."""
        if not iban_mark:
            return []
        found = _items().filter(mandate__iban_mark=iban_mark, cents=cents, returned_on__isnull=True)
        return [_money_back(item) for item in found.order_by("-pk")[:3]]

    def open_payables(self, words: str) -> list[Payable]:
        found = _items().filter(returned_on__isnull=True)
        for word in words.split()[:5]:
            found = found.filter(Q(mandate__holder__icontains=word) | Q(end_to_end__icontains=word))
        return [_money_back(item) for item in found.order_by("-pk")[:20]]

    def paid(self, *, payable_id: int, cents: int, entry, iban_mark: str, by) -> None:
        item = _items().get(pk=payable_id)
        line = entry.bank_match.line
        if line.cents < 0:
            _return(item, entry, line, by)
        else:
            collect([item], entry, line.booked_on, by)

    def unpaid(self, *, entry, by) -> None:
        undo_collection(entry, by)
        item = _items().filter(return_entry=entry).first()
        if item:
            _undo_return(item, entry, by)

    def held(self, *, payable_id: int, cents: int, reason: str) -> None:
        """Nobody else needs to hear: the treasurer sees the line."""


class CollectedBatches:
    """The whole of a collection, or of its first or recurring part, booked by the bank in one line."""

    code = "collection"

    def by_references(self, references: list[str]) -> list[Payable]:
        batches = CollectionBatch.objects.select_for_update().filter(reference__in=references, state=EXPORTED)
        return [self._payable(batch) for batch in batches.order_by("pk")]

    def by_id(self, payable_id: int) -> Payable | None:
        batch = CollectionBatch.objects.select_for_update().filter(pk=payable_id, state=EXPORTED).first()
        return self._payable(batch) if batch else None

    def suggestions(self, *, iban_mark: str, name: str, cents: int) -> list[Payable]:
        batches = CollectionBatch.objects.filter(state=EXPORTED).order_by("-pk")[:10]
        return [each for each in map(self._payable, batches) if each.open_cents == cents]

    def open_payables(self, words: str) -> list[Payable]:
        batches = CollectionBatch.objects.filter(state=EXPORTED, name__icontains=words[:80]).order_by("-pk")[:10]
        return [each for each in map(self._payable, batches) if each.open_cents]

    def paid(self, *, payable_id: int, cents: int, entry, iban_mark: str, by) -> None:
        items = list(_waiting(payable_id))
        collect(_chosen(items, cents), entry, entry.bank_match.line.booked_on, by)

    def unpaid(self, *, entry, by) -> None:
        undo_collection(entry, by)

    def held(self, *, payable_id: int, cents: int, reason: str) -> None:
        """Nobody else needs to hear: the treasurer sees the line."""

    def _payable(self, batch: CollectionBatch) -> Payable:
        open_cents = sum(_counts(item) for item in _waiting(batch.pk))
        return _payable("collection", batch.pk, batch.reference, open_cents, batch.name, is_outgoing=False)


def _items():
    """What went to the bank in a file; of what the provider collects, the bank knows nothing."""
    found = CollectionItem.objects.filter(dropped_at__isnull=True, batch__state=EXPORTED, mandate__provider="")
    return found.select_related("mandate", "part__invoice__payer")


def _waiting(batch_id: int):
    """Items of which nothing was heard yet. A return that came before the whole nets out against it."""
    return _items().filter(batch=batch_id, collected_on__isnull=True).order_by("pk")


def _counts(item: CollectionItem) -> int:
    """What a collection can settle: no more than is still open, so that who paid meanwhile gets the rest back."""
    return item.cents if item.returned_on else min(item.cents, item.part.invoice.open_cents)


def _chosen(items: list[CollectionItem], cents: int) -> list[CollectionItem]:
    """The items that a line stands for: all first, all recurring, all; else as many as fit, in order."""
    groups = [[item for item in items if item.sequence == sequence] for sequence in ("FRST", "RCUR")]
    for group in (*groups, items):
        if group and sum(_counts(item) for item in group) == cents:
            return group
    chosen, left = [], cents
    for item in items:
        if _counts(item) <= left:
            chosen.append(item)
            left -= _counts(item)
    return chosen


def _payable(kind, pk, reference, cents, label, *, is_outgoing) -> Payable:
    return Payable(
        kind=kind,
        id=pk,
        reference=reference,
        open_cents=cents,
        is_closed=False,
        ring="",
        income=accounts.receivable(),
        label=label[:200],
        payer=label[:160],
        is_outgoing=is_outgoing,
    )


def _money_in(item: CollectionItem) -> Payable:
    cents = 0 if item.collected_on else _counts(item)
    return _payable("debit", item.pk, item.end_to_end, cents, _label(item), is_outgoing=False)


def _money_back(item: CollectionItem) -> Payable:
    cents = 0 if item.returned_on else item.cents
    return _payable("debit", item.pk, item.end_to_end, cents, _label(item), is_outgoing=True)


def _label(item: CollectionItem) -> str:
    return f"{item.part.invoice.number} · {item.part.invoice.payer.name}"


def collect(items: list[CollectionItem], entry, day, by) -> None:
    """Count collections for their parts by the entry of the bank's line, the plain ones many at once."""
    plain = [item for item in items if not item.returned_on and item.part.open_cents == item.cents]
    for at in range(0, len(plain), BATCH):
        _collect_many(plain[at : at + BATCH], entry, by)
    for item in items:
        if item.returned_on or item.part.open_cents == item.cents:
            continue
        invoice = locked_invoice(item.part.invoice_id)
        cents = min(item.cents, invoice.open_cents)
        if cents:
            proof = {"entry": entry, "by_label": str(by)[:160] if by else ""}
            share_out(invoice=invoice, cents=cents, way=Allocation.Way.DEBIT, first=item.part, **proof)
    CollectionItem.objects.filter(pk__in=[item.pk for item in items]).update(collected_on=day, entry=entry)


def _collect_many(items: list[CollectionItem], entry, by) -> None:
    label = str(by)[:160] if by else ""
    Allocation.objects.bulk_create(
        [
            Allocation(part=item.part, cents=item.cents, way=Allocation.Way.DEBIT, entry=entry, by_label=label)
            for item in items
        ]
    )
    Part.objects.filter(pk__in=[item.part_id for item in items]).update(paid_cents=F("cents"))
    added: dict[int, int] = {}
    for item in items:
        added[item.part.invoice_id] = added.get(item.part.invoice_id, 0) + item.cents
    invoices = list(Invoice.objects.select_for_update().filter(pk__in=added).order_by("pk"))
    for invoice in invoices:
        invoice.settled_cents += added[invoice.pk]
    Invoice.objects.bulk_update(invoices, ["settled_cents"])


def _return(item: CollectionItem, entry, line, by) -> None:
    """The money went back: exactly this part is open again, and the member hears it kindly."""
    if item.collected_on:
        standing = Allocation.objects.filter(
            entry=item.entry, part__invoice=item.part.invoice_id, undoes__isnull=True, undone_by__isnull=True
        )
        for allocation in standing.select_related("part"):
            take_back(allocation=allocation, entry=entry, by=by)
    CollectionItem.objects.filter(pk=item.pk).update(
        returned_on=line.booked_on, return_code=line.return_code, return_entry=entry
    )
    if line.return_code in PAUSING:
        pause_mandate(mandate=item.mandate, because=line.return_code)
    recipient = item.part.invoice.payer.recipient_id
    if recipient:
        key = f"fee:{item.part.invoice_id}"
        notify(member_ids=[recipient], kind="fee_returned", key=key, context={"item": item.pk})


def _undo_return(item: CollectionItem, entry, by) -> None:
    CollectionItem.objects.filter(pk=item.pk).update(returned_on=None, return_code="", return_entry=None)
    if item.collected_on:
        invoice = locked_invoice(item.part.invoice_id)
        cents = min(item.cents, invoice.open_cents)
        proof = {"entry": entry.reversed_by, "by_label": str(by)[:160]}
        share_out(invoice=invoice, cents=cents, way=Allocation.Way.DEBIT, first=item.part, **proof)
        CollectionItem.objects.filter(pk=item.pk).update(entry=entry.reversed_by)


def undo_collection(entry, by) -> None:
    standing = Allocation.objects.filter(
        entry=entry, way=Allocation.Way.DEBIT, undoes__isnull=True, undone_by__isnull=True
    )
    for allocation in standing.select_related("part"):
        take_back(allocation=allocation, entry=entry.reversed_by, by=by)
    CollectionItem.objects.filter(entry=entry).update(collected_on=None, entry=None)
