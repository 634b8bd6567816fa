"""Collections: made by one, told to members, approved by another, and then always the same file."""

import hashlib
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from finance.bank.services import reserve_references
from finance.fees.errors import (
    BatchNotReady,
    NoDebitSettings,
    NothingToCollect,
    NotYetYourTurn,
    TooSoonToCollect,
)  # fmt: skip
from finance.fees.models import (
    Arrangement,
    CollectionBatch,
    CollectionItem,
    DebitSettings,
    Invoice,
    Mandate,
    Part,
    WriteOff,
)
from finance.fees.pain import Creditor, Debit, pain_file
from finance.fees.services.mandates import usable_mandates
from groups.people.audit import record
from groups.people.history.kept import settings_change
from notifications.services import notify

REFERENCES_OF_BATCHES, REFERENCES_OF_ITEMS = 5, 6
BATCH = 1000
State = CollectionBatch.State


def save_debit_settings(*, by, **fields) -> DebitSettings:
    saved = DebitSettings(pk=1, **fields)
    with settings_change("direct-debit", saved, by=by, act="fees.debit_settings_saved"):
        saved.save()
    return saved


@transaction.atomic
def make_batch(*, name: str, due_until: date, collect_on: date, by) -> CollectionBatch:
    """Everything that is open and due by a day, of payers with a mandate, to be collected on one day.

    Who asked for another way of paying waits for the answer first, and what may be written off is not collected.

    Raises NoDebitSettings, TooSoonToCollect, NothingToCollect.
    """
    chosen = DebitSettings.objects.select_related("bank_account").first()
    if chosen is None:
        raise NoDebitSettings
    if collect_on < timezone.localdate() + timedelta(days=chosen.notice_days):
        raise TooSoonToCollect(TooSoonToCollect.message % {"days": chosen.notice_days})
    batch = CollectionBatch.objects.create(
        name=name,
        reference=reserve_references(kind=REFERENCES_OF_BATCHES, count=1)[0],
        bank_account=chosen.bank_account,
        creditor_id=chosen.creditor_id,
        collect_on=collect_on,
        format=chosen.format,
        made_by_id=by.pk,
        made_by_label=str(by)[:160],
    )
    _fill(batch, due_until)
    record(by=by, act="fees.collection_made", about=batch, details={"items": batch.items.count()})
    return batch


def _fill(batch: CollectionBatch, due_until: date) -> None:
    underway = CollectionItem.objects.filter(
        part=OuterRef("pk"), dropped_at__isnull=True, collected_on__isnull=True, returned_on__isnull=True
    )
    parts = Part.objects.open().filter(~Exists(underway), due_on__lte=due_until).select_related("invoice")
    parts = parts.exclude(invoice__in=_undecided())
    mandates = {mandate.payer_id: mandate for mandate in usable_mandates(batch.collect_on)}
    parts = [part for part in parts.order_by("pk") if part.invoice.payer_id in mandates]
    if not parts:
        raise NothingToCollect
    references = reserve_references(kind=REFERENCES_OF_ITEMS, count=len(parts))
    items = [
        CollectionItem(
            batch=batch,
            part=part,
            mandate=mandates[part.invoice.payer_id],
            cents=part.open_cents,
            end_to_end=reference,
        )
        for part, reference in zip(parts, references, strict=True)
    ]
    for item, sequence in zip(items, _sequences([item.mandate for item in items]), strict=True):
        item.sequence = sequence
    CollectionItem.objects.bulk_create(items, batch_size=BATCH)


def _undecided():
    """Invoices of which the payer waits for an answer, or the board has to say whether they are written off."""
    asked = Q(pk__in=Arrangement.objects.filter(answered_at__isnull=True).values("invoice"))
    proposed = Q(pk__in=WriteOff.objects.filter(decided_at__isnull=True).values("invoice"))
    return Invoice.objects.filter(asked | proposed).values("pk")


def _sequences(mandates: list[Mandate]) -> list[str]:
    """First or recurring for collections in this order; a second one in the same file is not the first any more."""
    exported = CollectionItem.objects.filter(
        batch__state=State.EXPORTED, returned_on__isnull=True, dropped_at__isnull=True
    )
    used, found = set(exported.order_by().values_list("mandate_id", flat=True)), []
    for mandate in mandates:
        is_first = mandate.pk not in used and not mandate.provider and not mandate.was_used_before
        found.append(CollectionItem.Sequence.FIRST if is_first else CollectionItem.Sequence.RECURRING)
        used.add(mandate.pk)
    return found


def _set_sequences(batch: CollectionBatch) -> None:
    """Once more for the file: another file may have gone first meanwhile, and a first collection may be left out."""
    standing = batch.items.filter(dropped_at__isnull=True).select_related("mandate").order_by("pk")
    items = list(standing.only("batch", "sequence", "mandate__provider", "mandate__used_before_on"))
    changed = []
    for item, sequence in zip(items, _sequences([item.mandate for item in items]), strict=True):
        if item.sequence != sequence:
            item.sequence = sequence
            changed.append(item)
    CollectionItem.objects.bulk_update(changed, ["sequence"], batch_size=500)


@transaction.atomic
def tell_batch(*, batch: CollectionBatch, by) -> CollectionBatch:
    """Say to everybody what will be collected and when; sent in portions by `tell_payers`. Raises BatchNotReady."""
    batch = CollectionBatch.objects.select_for_update().get(pk=batch.pk)
    chosen = DebitSettings.objects.get()
    if batch.state != State.DRAFT:
        raise BatchNotReady
    if batch.collect_on < timezone.localdate() + timedelta(days=chosen.notice_days):
        raise TooSoonToCollect(TooSoonToCollect.message % {"days": chosen.notice_days})
    batch.state, batch.told_at = State.TOLD, timezone.now()
    batch.save(update_fields=["state", "told_at"])
    record(by=by, act="fees.collection_told", about=batch)
    return batch


def tell_payers(batch_id: int) -> None:
    """A portion at a time, with its place saved; killed and called again nobody is told twice."""
    while _tell_portion(batch_id):
        pass


@transaction.atomic
def _tell_portion(batch_id: int) -> bool:
    batch = CollectionBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state not in (State.TOLD, State.APPROVED, State.EXPORTED):
        return False
    items = list(
        batch.items.filter(pk__gt=batch.told_until, dropped_at__isnull=True)
        .select_related("part__invoice__payer")
        .order_by("pk")[:BATCH]
    )
    if not items:
        return False
    for item in items:
        recipient = item.part.invoice.payer.recipient_id
        if recipient:
            notify(
                member_ids=[recipient],
                kind="fee_debit",
                key=f"fee:{item.part.invoice_id}",
                context={"item": item.pk},
                dedupe=f"fee:debit:{item.pk}",
            )
    batch.told_until = items[-1].pk
    batch.save(update_fields=["told_until"])
    return True


@transaction.atomic
def approve_batch(*, batch: CollectionBatch, by) -> CollectionBatch:
    """Somebody else than who made it says yes; what was paid or ended since is left out.

    Raises NotYetYourTurn, BatchNotReady, TooSoonToCollect, NothingToCollect.
    """
    batch = CollectionBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != State.TOLD:
        raise BatchNotReady
    if batch.made_by_id == by.pk:
        raise NotYetYourTurn
    _refuse_past(batch)
    _drop_what_changed(batch)
    if not batch.items.filter(dropped_at__isnull=True).exists():
        raise NothingToCollect
    batch.state, batch.approved_at = State.APPROVED, timezone.now()
    batch.approved_by_id, batch.approved_by_label = by.pk, str(by)[:160]
    batch.save()
    record(by=by, act="fees.collection_approved", about=batch)
    return batch


def _refuse_past(batch: CollectionBatch) -> None:
    """A bank takes no file for today or before; then the collection is discarded and made anew."""
    if batch.collect_on <= timezone.localdate():
        raise TooSoonToCollect(TooSoonToCollect.message % {"days": 1})


def _drop_what_changed(batch: CollectionBatch) -> None:
    usable = usable_mandates(batch.collect_on).values("pk")
    standing = batch.items.filter(dropped_at__isnull=True)
    good = standing.filter(
        mandate__in=usable, part__dropped_at__isnull=True, cents__lte=F("part__cents") - F("part__paid_cents")
    ).exclude(part__invoice__in=_undecided())
    standing.exclude(pk__in=good.values("pk")).update(dropped_at=timezone.now())


@transaction.atomic
def export_batch(*, batch: CollectionBatch, by) -> CollectionBatch:
    """The file for the bank, made once and kept; asked again it is the same.

    Raises BatchNotReady, TooSoonToCollect, NothingToCollect.
    What the provider of online payments collects is not in it; when it collects all, the file is empty.
    """
    batch = CollectionBatch.objects.select_for_update(of=("self",)).select_related("bank_account").get(pk=batch.pk)
    if batch.state == State.EXPORTED:
        return batch
    if batch.state != State.APPROVED:
        raise BatchNotReady
    _refuse_past(batch)
    _drop_what_changed(batch)
    if not batch.items.filter(dropped_at__isnull=True).exists():
        raise NothingToCollect
    _set_sequences(batch)
    batch.content = batch_file(batch) if for_the_file(batch).exists() else b""
    batch.digest = hashlib.sha256(batch.content).hexdigest()
    batch.state, batch.exported_at = State.EXPORTED, timezone.now()
    batch.save()
    used = batch.items.filter(dropped_at__isnull=True).values("mandate")
    Mandate.objects.filter(pk__in=used).update(last_used_on=batch.collect_on)
    record(by=by, act="fees.collection_exported", about=batch, details={"digest": batch.digest})
    return batch


def for_the_file(batch: CollectionBatch):
    return batch.items.filter(dropped_at__isnull=True, mandate__provider="")


def batch_file(batch: CollectionBatch) -> bytes:
    """The file of a batch, worked out of its rows; the same for the same rows. Raises NothingToCollect."""
    items = for_the_file(batch).select_related("mandate", "part__invoice").order_by("pk")
    debits = [_debit(item, batch.bank_account.holder) for item in items.iterator(chunk_size=2000)]
    if not debits:
        raise NothingToCollect
    account = batch.bank_account
    return pain_file(
        format=batch.format,
        reference=batch.reference,
        made_at=timezone.localtime(batch.approved_at),
        collect_on=batch.collect_on,
        creditor=Creditor(account.holder, account.iban, account.bic, batch.creditor_id),
        debits=debits,
    )


def _debit(item: CollectionItem, holder: str) -> Debit:
    mandate = item.mandate
    return Debit(
        end_to_end=item.end_to_end,
        cents=item.cents,
        mandate=mandate.reference,
        signed_on=mandate.signed_on,
        name=mandate.holder,
        iban=mandate.iban,
        bic=mandate.bic,
        text=f"{holder} {item.part.invoice.number}",
        sequence=item.sequence,
    )


@transaction.atomic
def cancel_batch(*, batch: CollectionBatch, by) -> CollectionBatch:
    """Put away a collection of which no file was made. Raises BatchNotReady."""
    batch = CollectionBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == State.EXPORTED:
        raise BatchNotReady
    batch.items.filter(dropped_at__isnull=True).update(dropped_at=timezone.now())
    batch.state = State.CANCELLED
    batch.save(update_fields=["state"])
    record(by=by, act="fees.collection_cancelled", about=batch)
    return batch
