"""The only place that moves a cent."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from finance.ledger.errors import AlreadyReversed, BalanceTooLow, PeriodSigned, RingsDiffer
from finance.ledger.models import ASSOCIATION, Account, Entry, Line, SignOff


@dataclass(frozen=True, slots=True)
class Transfer:
    """Debit one account and credit another by a positive number of cents."""

    debit: Account
    credit: Account
    cents: int


@dataclass(frozen=True, slots=True)
class Posted:
    entry: Entry
    created: bool


def open_account(
    *, code: str, kind: str, ring: str = ASSOCIATION, floor_cents: int | None = None, currency: str = "EUR"
) -> Account:
    """The account with this code, made when it is not there yet."""
    fields = {"kind": kind, "ring": ring, "floor_cents": floor_cents, "currency": currency}
    return Account.objects.get_or_create(code=code, defaults=fields)[0]


@transaction.atomic
def post(
    *, key: str, kind: str, transfers: list[Transfer], by=None, value_date: date | None = None, memo="", approvers=()
) -> Posted:
    """Book an entry once: a second call with the same key returns the first entry and moves nothing.

    `approvers` are the two different members that a transfer between rings needs. Raises BalanceTooLow when
    an account would come below its floor, RingsDiffer when a line would join the money of two pots.
    """
    if existing := Entry.objects.filter(key=key).first():
        return Posted(existing, created=False)
    _refuse_signed(value_date or timezone.localdate())
    if kind != Entry.RING_TRANSFER and any(each.debit.ring != each.credit.ring for each in transfers):
        raise RingsDiffer
    entry = Entry(
        key=key,
        kind=kind,
        value_date=value_date or timezone.localdate(),
        memo=memo[:300],
        actor_id=by.pk if by else None,
        actor_label=str(by)[:160] if by else "",
        **_approved(approvers),
    )
    return _book(entry, transfers)


@transaction.atomic
def post_new(
    *, facts: list[tuple[str, Transfer]], kind: str, by=None, value_dates: list[date], memos: list[str] | None = None
) -> list[Entry]:
    """Book many facts that are certainly new, one entry each, moving every account once; returns the entries.

    For a bank file or a fee run: the keys come from rows that are made or locked in the same transaction, so that
    none can exist already. `memos` go with the facts, one each.
    """
    if value_dates:
        _refuse_signed(min(value_dates))
    label = str(by)[:160] if by else ""
    entries = Entry.objects.bulk_create(
        [
            Entry(
                key=key, kind=kind, value_date=day, memo=memo[:300], actor_id=by.pk if by else None, actor_label=label
            )
            for (key, _transfer), day, memo in zip(facts, value_dates, memos or [""] * len(facts), strict=True)
        ],
        batch_size=500,
    )
    transfers = [transfer for _key, transfer in facts]
    Line.objects.bulk_create(
        [
            Line(entry=entry, debit=each.debit, credit=each.credit, cents=each.cents)
            for entry, each in zip(entries, transfers, strict=True)
        ],
        batch_size=500,
    )
    _move(transfers)
    return entries


@transaction.atomic
def reverse_many(*, entries: list[Entry], by=None, reason: str = "") -> list[Entry]:
    """Undo many entries by their mirror images, in their order, moving every account once. Raises AlreadyReversed."""
    ids = [entry.pk for entry in entries]
    if Entry.objects.filter(reverses__in=ids).exists():
        raise AlreadyReversed
    today, label = timezone.localdate(), str(by)[:160] if by else ""
    _refuse_signed(today)
    fields = {"value_date": today, "memo": reason[:300], "actor_id": by.pk if by else None, "actor_label": label}
    mirrors = Entry.objects.bulk_create(
        [Entry(key=f"reversal:{entry.pk}", kind=entry.kind, reverses=entry, **fields) for entry in entries],
        batch_size=500,
    )
    mirror_of = dict(zip(ids, mirrors, strict=True))
    lines = list(Line.objects.filter(entry__in=ids).select_related("debit", "credit").order_by("pk"))
    transfers = [Transfer(line.credit, line.debit, line.cents) for line in lines]
    Line.objects.bulk_create(
        [
            Line(entry=mirror_of[line.entry_id], debit=each.debit, credit=each.credit, cents=each.cents)
            for line, each in zip(lines, transfers, strict=True)
        ],
        batch_size=500,
    )
    _move(transfers)
    return mirrors


def _refuse_signed(day: date) -> None:
    if SignOff.objects.filter(until__gte=day).exists():
        raise PeriodSigned


def _approved(approvers) -> dict:
    ids = [member.pk for member in approvers]
    return {"approver_one_id": ids[0], "approver_two_id": ids[1]} if len(ids) == 2 else {}


@transaction.atomic
def reverse(*, entry: Entry, by=None, reason: str = "") -> Entry:
    """Undo an entry by its mirror image. Raises AlreadyReversed, BalanceTooLow."""
    if Entry.objects.filter(reverses=entry).exists():
        raise AlreadyReversed
    mirror = Entry(
        key=f"reversal:{entry.pk}",
        kind=entry.kind,
        value_date=timezone.localdate(),
        memo=reason[:300],
        actor_id=by.pk if by else None,
        actor_label=str(by)[:160] if by else "",
        approver_one_id=entry.approver_one_id,
        approver_two_id=entry.approver_two_id,
        reverses=entry,
    )
    lines = entry.lines.select_related("debit", "credit")
    posted = _book(mirror, [Transfer(line.credit, line.debit, line.cents) for line in lines])
    if not posted.created:
        raise AlreadyReversed
    return posted.entry


def _book(entry: Entry, transfers: list[Transfer]) -> Posted:
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        existing = Entry.objects.filter(key=entry.key).first()
        if existing is None:
            raise
        return Posted(existing, created=False)  # another process was first with the same fact
    Line.objects.bulk_create(
        Line(entry=entry, debit=each.debit, credit=each.credit, cents=each.cents) for each in transfers
    )
    _move(transfers)
    return Posted(entry, created=True)


def _move(transfers: list[Transfer]) -> None:
    """Change the cached balances in the order of the accounts' ids, so that two bookings never wait for each other."""
    changes: dict[int, int] = {}
    for each in transfers:
        for account, side in ((each.debit, 1), (each.credit, -1)):
            direction = side if account.grows_by_debit else -side
            changes[account.pk] = changes.get(account.pk, 0) + direction * each.cents
    for pk, change in sorted(changes.items()):
        has_room = Q(floor_cents__isnull=True) | Q(floor_cents__lte=F("balance_cents") + change)
        if not Account.objects.filter(has_room, pk=pk).update(balance_cents=F("balance_cents") + change):
            raise BalanceTooLow
