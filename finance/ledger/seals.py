"""Nightly seals, and the proof that the books are what they were."""

import hashlib
import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Case, F, Sum, When
from django.utils import timezone

from finance.ledger.models import Account, Entry, Line, Seal
from finance.ledger.triggers import expected, installed

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A booking that began before midnight is long committed by then.
SETTLED = timedelta(hours=1)


def seal_days(now: datetime | None = None) -> int:
    """Seal every finished day with bookings that has no seal yet; returns how many."""
    settled = ((now or timezone.now()) - SETTLED).astimezone(AMSTERDAM).date()
    last = Seal.objects.order_by("-day").first()
    open_entries = Entry.objects.filter(booked_at__lt=_start(settled))
    if last:
        open_entries = open_entries.filter(booked_at__gte=_start(last.day + timedelta(days=1)))
    days = sorted({moment.astimezone(AMSTERDAM).date() for moment in open_entries.values_list("booked_at", flat=True)})
    for day in days:
        _seal(day)
    return len(days)


@transaction.atomic
def _seal(day: date) -> None:
    last = Seal.objects.select_for_update().order_by("-day").first()
    if last is None or last.day < day:
        Seal.objects.create(**_content(day, last.digest if last else ""))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


def _content(day: date, previous: str) -> dict:
    entries = Entry.objects.filter(booked_at__gte=_start(day), booked_at__lt=_start(day + timedelta(days=1)))
    entries = entries.order_by("pk").prefetch_related("lines__debit", "lines__credit")
    digest = hashlib.sha256(previous.encode())
    count = total = 0
    for entry in entries.iterator(chunk_size=1000):
        lines = [[line.pk, line.debit.code, line.credit.code, line.cents] for line in entry.lines.all()]
        digest.update(_canonical(entry, lines))
        count, total = count + 1, total + sum(line[3] for line in lines)
    return {
        "day": day,
        "entries": count,
        "total_cents": total,
        "digest": digest.hexdigest(),
        "previous": previous,
    }


def _canonical(entry: Entry, lines: list) -> bytes:
    row = [
        entry.pk,
        entry.key,
        entry.kind,
        entry.value_date.isoformat(),
        entry.booked_at.astimezone(ZoneInfo("UTC")).isoformat(),
        entry.actor_id,
        entry.actor_label,
        entry.approver_one_id,
        entry.approver_two_id,
        entry.memo,
        entry.reverses_id,
        lines,
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def faults() -> list[str]:
    """Everything that is wrong with the books, in plain sentences; an empty list is the proof."""
    return [*_missing_triggers(), *_wrong_balances(), *_broken_seals()]


def _missing_triggers() -> list[str]:
    missing = expected(connection) - installed(connection)
    return [f"The database no longer guards the ledger: trigger {name} is missing." for name in sorted(missing)]


def _wrong_balances() -> list[str]:
    moved: dict[int, int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        for pk, cents in Line.objects.order_by().values_list(side).annotate(total=Sum("cents")):
            moved[pk] = moved.get(pk, 0) + sign * cents
    accounts = Account.objects.annotate(
        sign=Case(When(kind__in=[Account.Kind.ASSET, Account.Kind.EXPENSE], then=1), default=-1),
        cached=F("balance_cents"),
    )
    compared = [(account, account.sign * moved.get(account.pk, 0)) for account in accounts]
    return [
        f"Account {account.code} shows {account.cached} cents, its lines make {made}."
        for account, made in compared
        if account.cached != made
    ]


def _broken_seals() -> list[str]:
    faults, previous = [], ""
    for seal in Seal.objects.order_by("day"):
        content = _content(seal.day, previous)
        if content["digest"] != seal.digest or seal.previous != previous:
            faults.append(f"What was booked on {seal.day} is not what was sealed that night.")
        previous = seal.digest
    return faults
