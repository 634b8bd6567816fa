"""Who may read the books, and who may sign them."""

from finance.ledger.models import Entry, SignOff
from groups.people.access import may_for_association


def sees_books(member) -> bool:
    return may_for_association(member, "see_books")


def may_sign(member) -> bool:
    return may_for_association(member, "audit")


def visible_entries(member):
    return (
        Entry.objects.prefetch_related("lines__debit", "lines__credit") if sees_books(member) else Entry.objects.none()
    )


def visible_sign_offs(member):
    return SignOff.objects.all() if sees_books(member) else SignOff.objects.none()
