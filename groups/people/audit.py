"""Writing and proving the audit log.

`record` writes inside the transaction of the act, so that the act and its row stand or fall together. The chain is
made afterwards by the clock (`link_entries`), in commit order, so that two acts never wait for each other.
"""

import hashlib
import json

from django.db import transaction
from django.db.models import Max

from groups.people.models import AuditEntry, AuditLink

START = "0" * 64


def record(*, by, act: str, about, reason: str = "", details: dict | None = None, subgroup_id: int | None = None):
    """Note that `by` (a member, or None for the clock) did `act` to `about` (a saved object).

    `act` is a stable code such as `subgroup.archived`. `details` holds plain values without message texts or choices;
    only settings are noted with what they were and what they became (history/kept.py).
    """
    entry = noted(by=by, act=act, about=about, reason=reason, details=details, subgroup_id=subgroup_id)
    entry.save()
    return entry


def record_many(entries: list[AuditEntry]) -> None:
    """Note the same act of many at once; `noted` makes the entries."""
    AuditEntry.objects.bulk_create(entries, batch_size=500)


def noted(*, by, act: str, about, reason="", details: dict | None = None, subgroup_id: int | None = None) -> AuditEntry:
    """What `record` writes, not yet written."""
    meta = getattr(about, "_meta", None)  # a place of settings is no row and has none
    if subgroup_id is None:
        is_subgroup = meta is not None and meta.label == "subgroups.Subgroup"
        subgroup_id = about.pk if is_subgroup else getattr(about, "subgroup_id", None)
    return AuditEntry(
        actor_id=by.pk if by else None,
        actor_name=str(by)[:160] if by else "",
        act=act,
        about=f"{meta.model_name if meta else type(about).__name__.lower()}:{about.pk}",
        about_name=str(about)[:160],
        subgroup_id=subgroup_id,
        reason=reason,
        details=details or {},
    )


def entry_digest(entry: AuditEntry, previous: str) -> str:
    """SHA-256 over the previous digest and every value of the entry, in one fixed spelling."""
    values = [
        previous,
        entry.pk,
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.act,
        entry.about,
        entry.about_name,
        entry.subgroup_id,
        entry.reason,
        entry.details,
    ]
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@transaction.atomic
def link_entries(limit: int = 1000) -> int:
    """Chain entries that have no link yet; returns how many. Safe to run at once: positions are unique."""
    last = AuditLink.objects.select_for_update().order_by("-position").first()
    position, digest = (last.position, last.digest) if last else (0, START)
    links = []
    for entry in AuditEntry.objects.filter(link__isnull=True).order_by("pk")[:limit]:
        position, digest = position + 1, entry_digest(entry, digest)
        links.append(AuditLink(position=position, entry=entry, digest=digest))
    AuditLink.objects.bulk_create(links)
    return len(links)


def broken_links() -> list[int]:
    """Entry ids at which the chain no longer holds: changed, or with a link that was taken out. Empty: all is well."""
    broken, digest, expected = [], START, 1
    for link in AuditLink.objects.select_related("entry").order_by("position").iterator():
        digest = entry_digest(link.entry, digest)
        if link.digest != digest or link.position != expected:
            broken.append(link.entry_id)
            digest = link.digest
        expected = link.position + 1
    return broken


def chain_length() -> int:
    return AuditLink.objects.aggregate(last=Max("position"))["last"] or 0
