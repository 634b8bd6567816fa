"""Agreements with one payer: an arrangement, a formal letter, a write-off by two people."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from finance.fees import accounts
from finance.fees.errors import DecidedAlready, MoreThanOpen, NothingOpen, NotYetYourTurn
from finance.fees.models import Allocation, Arrangement, FormalLetter, Invoice, WriteOff
from finance.fees.services.parts import share_anew
from finance.fees.services.settling import locked_invoice, share_out
from finance.ledger.services import Transfer, post
from groups.people.access import members_with_right
from groups.people.audit import record
from notifications.services import notify

LETTER_TERM = timedelta(days=16)  # two for the post, and fourteen that start the day after it was received


@transaction.atomic
def ask_arrangement(*, invoice: Invoice, wish: str, by, text: str = "") -> Arrangement:
    """Ask in private for another way of paying; asking again changes the open question. Raises NothingOpen."""
    invoice = locked_invoice(invoice.pk)
    if invoice.open_cents <= 0:
        raise NothingOpen
    values = {"wish": wish, "text": text[:1000], "asked_at": timezone.now(), "asked_by": by}
    asked, is_new = Arrangement.objects.update_or_create(invoice=invoice, answered_at__isnull=True, defaults=values)
    if is_new:
        notify(
            member_ids=members_with_right("manage_fees").values_list("pk", flat=True),
            kind="fee_asked",
            key=f"fee:asked:{invoice.pk}",
            context={"arrangement": asked.pk},
        )
    return asked


@transaction.atomic
def answer_arrangement(
    *,
    arrangement: Arrangement,
    by,
    is_granted: bool,
    answer: str = "",
    count: int | None = None,
    first_on: date | None = None,
) -> Arrangement:
    """Say yes, with new parts when `count` and `first_on` are given, or no; the member hears it.

    Raises DecidedAlready, TooManyParts.
    """
    arrangement = Arrangement.objects.select_for_update(of=("self",)).select_related("invoice").get(pk=arrangement.pk)
    if arrangement.answered_at:
        raise DecidedAlready
    arrangement.is_granted, arrangement.answer = is_granted, answer[:1000]
    arrangement.answered_at, arrangement.answered_by_label = timezone.now(), str(by)[:160]
    arrangement.save()
    if is_granted and count and first_on:
        share_anew(invoice=arrangement.invoice, count=count, first_on=first_on, by=by)
    if arrangement.asked_by_id:
        notify(
            member_ids=[arrangement.asked_by_id],
            kind="fee_answered",
            key=f"fee:answered:{arrangement.pk}",
            context={"arrangement": arrangement.pk},
        )
    record(by=by, act="fees.arrangement_answered", about=arrangement.invoice, details={"granted": is_granted})
    return arrangement


@transaction.atomic
def write_letter(*, invoice: Invoice, by) -> FormalLetter:
    """Note that the formal letter goes out today; a second one on the same day is the same. Raises NothingOpen."""
    invoice = locked_invoice(invoice.pk)
    if invoice.open_cents <= 0:
        raise NothingOpen
    today = timezone.localdate()
    values = {"pay_by": today + LETTER_TERM, "cents": invoice.open_cents, "sent_by_label": str(by)[:160]}
    letter, is_new = FormalLetter.objects.get_or_create(invoice=invoice, sent_on=today, defaults=values)
    if is_new:
        record(by=by, act="fees.letter_sent", about=invoice)
    return letter


@transaction.atomic
def propose_write_off(*, invoice: Invoice, reason: str, by) -> WriteOff:
    """Propose to give up all that is open; somebody else decides. Raises NothingOpen, DecidedAlready."""
    invoice = locked_invoice(invoice.pk)
    if invoice.open_cents <= 0:
        raise NothingOpen
    if invoice.write_offs.filter(decided_at__isnull=True).exists():
        raise DecidedAlready
    proposed = invoice.write_offs.create(
        cents=invoice.open_cents, reason=reason[:300], proposed_by_id=by.pk, proposed_by_label=str(by)[:160]
    )
    record(by=by, act="fees.write_off_proposed", about=invoice, details={"cents": proposed.cents})
    return proposed


@transaction.atomic
def decide_write_off(*, write_off: WriteOff, is_approved: bool, by) -> WriteOff:
    """Approve or refuse what another proposed. Raises NotYetYourTurn, DecidedAlready, MoreThanOpen."""
    write_off = WriteOff.objects.select_for_update(of=("self",)).select_related("invoice").get(pk=write_off.pk)
    if write_off.decided_at:
        raise DecidedAlready
    if write_off.proposed_by_id == by.pk:
        raise NotYetYourTurn
    write_off.decided_at, write_off.decided_by_id, write_off.decided_by_label = timezone.now(), by.pk, str(by)[:160]
    if is_approved:
        write_off.entry = _book_write_off(write_off, by)
    write_off.save()
    act = "fees.written_off" if is_approved else "fees.write_off_refused"
    record(by=by, act=act, about=write_off.invoice, details={"cents": write_off.cents})
    return write_off


def _book_write_off(write_off: WriteOff, by):
    invoice = locked_invoice(write_off.invoice_id)
    if write_off.cents > invoice.open_cents:
        raise MoreThanOpen
    entry = post(
        key=f"fee:write-off:{write_off.pk}",
        kind="fee_write_off",
        transfers=[Transfer(accounts.written_off(), accounts.receivable(), write_off.cents)],
        by=by,
        memo=f"{invoice.number}: {write_off.reason}",
    ).entry
    share_out(
        invoice=invoice, cents=write_off.cents, way=Allocation.Way.WRITTEN_OFF, entry=entry, by_label=str(by)[:160]
    )
    return entry
