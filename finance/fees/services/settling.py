"""Counting money and credit for what is asked: the one place where `paid_cents` and `settled_cents` change."""

from django.db import transaction
from django.db.models import F

from finance.bank.models import BankLine
from finance.bank.services.refunds import owe_back
from finance.fees import accounts
from finance.fees.errors import MoreThanOpen, NothingOpen, NothingToPayBack
from finance.fees.models import Allocation, Invoice, Mandate, Part
from finance.fees.standing import payment_changed
from finance.ledger.services import Transfer, post, reverse
from groups.people.audit import record
from notifications.services import notify, read_notices

Way = Allocation.Way


def locked_invoice(invoice_id: int) -> Invoice:
    return Invoice.objects.select_for_update(of=("self",)).select_related("payer__member", "payer__contact").get(
        pk=invoice_id
    )  # fmt: skip


def share_out(*, invoice: Invoice, cents: int, way: str, first: Part | None = None, **proof) -> list[Allocation]:
    """Count `cents` for the open parts of a locked invoice: `first` before the others, then by the day they are due.

    The caller has checked that so much is open. `proof` is `entry` or `credit_note`, with `by_label` and `iban_mark`.
    """
    parts = sorted(
        invoice.parts.open().select_for_update(),
        key=lambda part: (first is None or part.pk != first.pk, part.due_on, part.number),
    )
    made, left = [], cents
    for part in parts:
        counted = min(left, part.open_cents)
        if counted:
            made.append(Allocation.objects.create(part=part, cents=counted, way=way, **proof))
            Part.objects.filter(pk=part.pk).update(paid_cents=F("paid_cents") + counted)
            left -= counted
    if left:
        raise MoreThanOpen
    Invoice.objects.filter(pk=invoice.pk).update(settled_cents=F("settled_cents") + cents)
    invoice.settled_cents += cents
    payment_changed(invoice.payer)
    return made


def take_back(*, allocation: Allocation, entry, by=None) -> Allocation:
    """Undo what was counted, inside the transaction that reversed its entry: exactly that part is open again."""
    invoice = locked_invoice(allocation.part.invoice_id)
    counter = Allocation.objects.create(
        part_id=allocation.part_id,
        cents=-allocation.cents,
        way=allocation.way,
        entry=entry,
        undoes=allocation,
        by_label=str(by)[:160] if by else "",
    )
    Part.objects.filter(pk=allocation.part_id).update(paid_cents=F("paid_cents") - allocation.cents)
    Invoice.objects.filter(pk=invoice.pk).update(settled_cents=F("settled_cents") - allocation.cents)
    payment_changed(invoice.payer)
    return counter


def use_credit(note: Invoice) -> int:
    """Set what is left of a credit note against the invoice it credits, then against the payer's oldest open ones."""
    others = Invoice.objects.filter(payer_id=note.payer_id, total_cents__gt=0, settled_cents__lt=F("total_cents"))
    ids = list(others.order_by("due_on", "pk").values_list("pk", flat=True))
    ids.sort(key=lambda pk: pk != note.credits_id)
    used = 0
    for pk in ids:
        invoice = locked_invoice(pk)
        cents = min(-note.open_cents, invoice.open_cents)
        if cents:
            share_out(invoice=invoice, cents=cents, way=Way.CREDIT, credit_note=note)
            Invoice.objects.filter(pk=note.pk).update(settled_cents=F("settled_cents") - cents)
            note.settled_cents -= cents
            used += cents
    return used


@transaction.atomic
def pay_back(*, note: Invoice, by) -> Invoice:
    """What is left of a credit note is owed to the payer: it goes to the list of refunds. Raises NothingToPayBack."""
    note = locked_invoice(note.pk)
    cents = -note.open_cents
    if not note.is_credit_note or not cents or note.refund_id:
        raise NothingToPayBack
    note.refund = owe_back(
        ring="",
        source=accounts.receivable(),
        name=note.payer.name,
        cents=cents,
        because=f"{note.number} · {note.payer.name}",
        key=f"fee:refund:{note.pk}",
        by=by,
        iban=known_iban(note.payer),
    )
    note.settled_cents = note.total_cents
    note.save(update_fields=["refund", "settled_cents"])
    record(by=by, act="fees.paid_back", about=note, details={"cents": cents})
    return note


def known_iban(payer) -> str:
    """From which account this payer last paid, or else lets us collect; empty when we do not know."""
    marks = Allocation.objects.filter(part__invoice__payer=payer).exclude(iban_mark="").order_by("-pk")
    newest = marks.values_list("iban_mark", flat=True).first()
    line = BankLine.objects.filter(iban_mark=newest).order_by("-booked_on", "-pk").first() if newest else None
    if line:
        return line.iban
    mandate = payer.mandates.filter(state=Mandate.State.ACTIVE, provider="").first()
    return mandate.iban if mandate else ""


@transaction.atomic
def record_cash(*, part: Part, cents: int, by) -> list[Allocation]:
    """Write down cash that the treasurer took in. Raises NothingOpen, MoreThanOpen."""
    invoice = locked_invoice(part.invoice_id)
    if not invoice.open_cents:
        raise NothingOpen
    if cents > invoice.open_cents:
        raise MoreThanOpen
    number = Allocation.objects.filter(part__invoice=invoice).count() + 1
    entry = post(
        key=f"fee:cash:{invoice.pk}:{number}",
        kind="fee_cash",
        transfers=[Transfer(accounts.cash(), accounts.receivable(), cents)],
        by=by,
        memo=f"{invoice.number} · {invoice.name}",
    ).entry
    made = share_out(invoice=invoice, cents=cents, way=Way.CASH, first=part, entry=entry, by_label=str(by)[:160])
    thank(invoice, made)
    return made


@transaction.atomic
def take_back_cash(*, allocation: Allocation, by, reason: str = "") -> None:
    """Undo a cash booking that was wrong; all that it counted for is open again. Raises AlreadyReversed."""
    undo = reverse(entry=allocation.entry, by=by, reason=reason)
    for each in Allocation.objects.filter(entry=allocation.entry, undoes__isnull=True).select_related("part"):
        take_back(allocation=each, entry=undo, by=by)


def thank(invoice: Invoice, made: list[Allocation]) -> None:
    """A receipt for who pays; what was still going to be sent about a paid invoice stops."""
    recipient = invoice.payer.member or invoice.payer.contact
    if recipient is None or not made:
        return
    if not invoice.open_cents:
        read_notices(member=recipient, keys=[f"fee:{invoice.pk}", f"fees:{invoice.run_id}"])
    notify(
        member_ids=[recipient.pk],
        kind="fee_received",
        key=f"fee:receipt:{made[0].pk}",
        context={"invoice": invoice.pk, "cents": sum(each.cents for each in made)},
    )
