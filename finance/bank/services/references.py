"""Giving out references."""

from django.db import transaction
from django.db.models import F

from finance.bank.models import ReferenceCounter
from finance.bank.references import make_reference


@transaction.atomic
def reserve_references(*, kind: int, count: int) -> list[str]:
    """`count` new RF references; `kind` is one digit that tells pots (1) from fees (2)."""
    ReferenceCounter.objects.get_or_create(kind=kind)
    ReferenceCounter.objects.filter(kind=kind).update(last=F("last") + count)
    last = ReferenceCounter.objects.get(kind=kind).last
    return [make_reference(f"{kind}{number:09d}") for number in range(last - count + 1, last + 1)]
