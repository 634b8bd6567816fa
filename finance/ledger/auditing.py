"""What the auditors do: look at entries, draw a sample, and sign a period."""

import hashlib
from datetime import date
from random import Random

from django.db import transaction
from django.utils import timezone

from finance.ledger.errors import NothingToSign
from finance.ledger.models import Entry, Seal, SignOff
from groups.people.audit import record

SAMPLE = 12


def signed_until() -> date | None:
    return SignOff.objects.order_by("-until").values_list("until", flat=True).first()


def sample_of(entries, seed: str, size: int = SAMPLE) -> list[Entry]:
    """The same draw for the same seed, so that two auditors look at the same entries."""
    ids = list(entries.values_list("pk", flat=True))
    drawn = Random(seed).sample(ids, min(size, len(ids)))
    return list(Entry.objects.filter(pk__in=drawn).prefetch_related("lines__debit", "lines__credit").order_by("pk"))


@transaction.atomic
def sign_off(*, until: date, by, remark: str = "") -> SignOff:
    """Sign the books up to and including a past day. Raises NothingToSign."""
    last = signed_until()
    if until >= timezone.localdate() or (last and until <= last):
        raise NothingToSign
    entries = Entry.objects.filter(value_date__lte=until)
    seals = "".join(Seal.objects.filter(day__lte=until).order_by("day").values_list("digest", flat=True))
    signed = SignOff.objects.create(
        until=until,
        entries=entries.count(),
        digest=hashlib.sha256(seals.encode()).hexdigest(),
        remark=remark[:1000],
        signed_by_id=by.pk,
        signed_by_label=str(by)[:160],
    )
    record(by=by, act="books.signed", about=signed, details={"until": until.isoformat(), "entries": signed.entries})
    return signed
