"""Who may read the books, and who may sign them."""

from finance.ledger.asking import in_kept_ring
from finance.ledger.models import Account, Entry, Line, SignOff
from groups.people.access import may_for_association


def sees_books(member) -> bool:
    return may_for_association(member, "see_books")


def may_sign(member) -> bool:
    return may_for_association(member, "audit")


def visible_entries(member):
    """All entries for who sees the books, but those of a ring that is a surprise for them."""
    if not sees_books(member):
        return Entry.objects.none()
    kept = Line.objects.filter(in_kept_ring(member, "debit__") | in_kept_ring(member, "credit__"))
    return Entry.objects.exclude(pk__in=kept.values("entry")).prefetch_related("lines__debit", "lines__credit")


def visible_accounts(member):
    return Account.objects.exclude(in_kept_ring(member)) if sees_books(member) else Account.objects.none()


def visible_sign_offs(member):
    return SignOff.objects.all() if sees_books(member) else SignOff.objects.none()
