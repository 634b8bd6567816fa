"""Summaries: what was left for the member's own hour, in one mail, with rights asked again when it is sent."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.kinds import NoticeKind, Words, is_still_true, notice_kind, register_kind, words_of
from notifications.models import Channel, Delivery, Notice, NoticeSettings
from notifications.places import places_of
from notifications.services.outbox import wake
from theme.registry import Registry

OLDEST = timedelta(days=8)
MOST_ITEMS = 40

digest_registry = Registry(
    "What else belongs in a member's summary? function(member, after, until) -> list of DigestPart"
)


@dataclass(frozen=True, slots=True)
class DigestPart:
    """A heading of the summary (a group, or empty) and what is new under it."""

    title: str
    items: list[Words] = field(default_factory=list)


DIGEST = register_kind(
    NoticeKind(
        code="digest",
        label=_("Summary"),
        icon="newspaper",
        words=lambda member, context, count: Words(str(_("Your summary")), "", "/notices/"),
        channels=frozenset({Channel.MAIL}),
        bulk=True,
        personal=True,  # does not count as an interruption
        urgent=True,  # comes at the hour the member chose, even if that is a quiet one
        listed=False,
    )
)


@transaction.atomic
def queue_digests(limit: int = 500) -> int:
    """Queue the summaries that are due; returns how many. Composed only when sent, so that rights hold then.

    The row of the member is locked and its plan emptied in the same transaction, so no summary is queued twice.
    """
    now = timezone.now()
    due = NoticeSettings.objects.select_for_update(skip_locked=True).filter(next_digest_at__lte=now)
    rows = list(due.order_by("next_digest_at")[:limit])
    Delivery.objects.bulk_create([_delivery(row, now) for row in rows], ignore_conflicts=True)
    NoticeSettings.objects.filter(pk__in=[row.pk for row in rows]).update(next_digest_at=None, last_digest_at=now)
    if rows:
        transaction.on_commit(wake, robust=True)
    return len(rows)


def _delivery(row: NoticeSettings, now: datetime) -> Delivery:
    after = max(row.last_digest_at or now - OLDEST, now - OLDEST)
    return Delivery(
        member_id=row.pk,
        channel=Channel.MAIL,
        kind=DIGEST.code,
        key="digest",
        dedupe=f"digest:{row.next_digest_at.isoformat()}",
        context={"after": after.isoformat(), "until": now.isoformat()},
        rank=Delivery.Rank.BULK,
    )


def digest_parts(member, context: dict) -> list[DigestPart]:
    """What the summary says now: unread notices that waited for it, then what other apps add; empty parts left out."""
    after, until = (datetime.fromisoformat(context[key]) for key in ("after", "until"))
    own = _notice_parts(member, after, until)
    others = [part for source in digest_registry for part in source(member, after, until)]
    return [part for part in [*others, *own] if part.items]


def _notice_parts(member, after: datetime, until: datetime) -> list[DigestPart]:
    places = places_of(member)
    waiting = Notice.objects.filter(
        member=member, in_digest=True, read_at__isnull=True, created_at__gt=after, created_at__lte=until
    )
    parts: dict[str, DigestPart] = {}
    for notice in waiting.filter(place__in=["", *places]).order_by("place", "-created_at")[:MOST_ITEMS]:
        kind = notice_kind(notice.kind)
        if is_still_true(kind, member, notice.context):
            title = places[notice.place].name if notice.place else ""
            part = parts.setdefault(notice.place, DigestPart(title))
            part.items.append(words_of(kind, member, notice.context, notice.count))
    return list(parts.values())
