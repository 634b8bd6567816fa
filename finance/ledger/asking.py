"""What higher apps know of the books: how a ring is called, of which a member is to know nothing yet, what is proof."""

from django.db.models import Q

from theme.registry import Registry

ring_names = Registry("How are these rings called? function(rings) -> {ring: name}")
proofs = Registry(
    "On which page may this member see what proves these entries? function(member, entries) -> {id: path}"
)
kept_rings = Registry("Of which rings is this member to know nothing yet? function(member) -> values of rings")


def in_kept_ring(member, path: str = "") -> Q:
    """Accounts of rings that are kept from the member, for `exclude`; `path` leads to the account (“debit__”)."""
    found = Q(pk__in=[])
    for ask in kept_rings:
        found |= Q(**{f"{path}ring__in": ask(member)})
    return found


def with_proofs(member, entries: list) -> list:
    """These entries, each knowing the page of its proof where there is one that the member may see."""
    paths = {}
    for ask in proofs:
        paths |= ask(member, entries)
    for entry in entries:
        entry.proof = paths.get(entry.pk, "")
    return entries


def name_rings(entries) -> list:
    """These entries, with their lines read, whose accounts know how their ring is called."""
    entries = list(entries)
    lines = [line for entry in entries for line in entry.lines.all()]
    accounts = [account for line in lines for account in (line.debit, line.credit) if account.ring]
    rings, names = {account.ring for account in accounts}, {}
    for ask in ring_names:
        names |= ask(rings)
    for account in accounts:
        account.ring_name = names.get(account.ring, "")
    return entries
