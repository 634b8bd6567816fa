"""The bank line behind an entry: the auditor compares them."""

from django.urls import reverse

from finance.bank.access import reads_lines
from finance.bank.models import Match
from finance.ledger.asking import proofs

LINE = "bank_line"


@proofs
def bank_lines(member, entries) -> dict[int, str]:
    """A line is booked under its own number; what it was for by its match, which is undone by a mirror."""
    if not reads_lines(member):
        return {}
    meant = {entry.pk: entry.reverses_id or entry.pk for entry in entries}
    matched = dict(Match.objects.filter(entry__in=meant.values()).values_list("entry", "line"))
    lines = {entry.pk: _own_number(entry) or matched.get(meant[entry.pk]) for entry in entries}
    return {entry_id: reverse("bank-line", args=[line_id]) for entry_id, line_id in lines.items() if line_id}


def _own_number(entry) -> int | None:
    is_line = entry.kind == LINE and not entry.reverses_id
    return int(entry.key.rpartition(":")[2]) if is_line else None
