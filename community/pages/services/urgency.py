"""Urgent: asked by one sender, agreed to by a second one, and only for the words that both have read."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from community.pages.access import writable_announcements
from community.pages.errors import (
    AlreadySent,
    ChangedSince,
    NobodyElse,
    NobodyThere,
    NothingAsked,
    SecondSenderNeeded,
)
from community.pages.models import AnnouncementPage, Urgency
from community.pages.services.writing import send_announcement
from groups.people.access import members_with_right
from groups.people.audit import record
from groups.people.models import Member
from groups.subgroups.models import SubgroupRoleGrant
from notifications.services import notify, read_notices

MOST_ASKED = 20


@transaction.atomic
def ask_urgency(*, announcement: AnnouncementPage, by: Member, reason: str) -> Urgency:
    """Ask the others who may send this announcement whether it is urgent; asking anew replaces the question.

    Nothing is sent yet. Raises AlreadySent, NobodyThere, NobodyElse. The caller has checked that `by` may write it.
    """
    announcement = _draft(announcement)
    if not announcement.audience.members().exists():
        raise NobodyThere
    others = second_senders(announcement, by)
    if not others:
        raise NobodyElse
    Urgency.objects.filter(announcement=announcement).delete()
    urgency = Urgency.objects.create(
        announcement=announcement, reason=reason, fingerprint=fingerprint(announcement), asked_by=by
    )
    record(by=by, act="announcement.urgency_asked", about=announcement, reason=reason)
    notify(
        member_ids=[other.pk for other in others],
        kind="urgency.asked",
        key=key_of(announcement),
        context={"announcement": announcement.pk, "by": by.first_name, "reason": reason},
        dedupe=f"urgency:{urgency.pk}",
    )
    return urgency


@transaction.atomic
def confirm_urgency(*, announcement: AnnouncementPage, by: Member) -> Urgency:
    """The second sender agrees: it is sent, and rings at once. Raises NothingAsked, SecondSenderNeeded, AlreadySent,
    ChangedSince, NobodyThere. The caller has checked that `by` may write it.
    """
    announcement = _draft(announcement)
    urgency = _asked(announcement)
    if urgency.asked_by_id == by.pk:
        raise SecondSenderNeeded
    if urgency.fingerprint != fingerprint(announcement):
        raise ChangedSince
    if not urgency.is_confirmed:
        urgency.confirmed_by, urgency.confirmed_at = by, timezone.now()
        urgency.save(update_fields=["confirmed_by", "confirmed_at"])
        record(by=by, act="announcement.urgency_confirmed", about=announcement, reason=urgency.reason)
    _settled(announcement)
    send_announcement(announcement=announcement, by=by)
    return urgency


@transaction.atomic
def drop_urgency(*, announcement: AnnouncementPage, by: Member) -> None:
    """No, or not after all: it stays a draft that can be sent as any other. Who asked hears it from another one.

    Raises AlreadySent, NothingAsked.
    """
    announcement = _draft(announcement)
    urgency = _asked(announcement)
    record(by=by, act="announcement.urgency_dropped", about=announcement, reason=urgency.reason)
    _settled(announcement)
    urgency.delete()
    if urgency.asked_by_id != by.pk:
        notify(
            member_ids=[urgency.asked_by_id],
            kind="urgency.declined",
            key=key_of(announcement),
            context={"announcement": announcement.pk, "by": by.first_name},
        )


def second_senders(announcement: AnnouncementPage, by: Member) -> list[Member]:
    """Who else may send this to the same people: at most twenty, association first."""
    grants = SubgroupRoleGrant.objects.on().filter(
        membership__subgroup__in=announcement.subgroups.all(), membership__left_at__isnull=True
    )
    holders = Member.objects.filter(is_active=True, pk__in=grants.values("membership__member"))
    candidates = [*members_with_right("announce").order_by("pk"), *holders.order_by("pk")]
    others = {member.pk: member for member in candidates if member.pk != by.pk}
    may = [other for other in others.values() if writable_announcements(other).filter(pk=announcement.pk).exists()]
    return may[:MOST_ASKED]


def is_urgent(announcement: AnnouncementPage) -> bool:
    """Whether two people agreed to these very words and this audience."""
    urgency = Urgency.objects.filter(announcement=announcement, confirmed_at__isnull=False).first()
    return urgency is not None and urgency.fingerprint == fingerprint(announcement)


def fingerprint(announcement: AnnouncementPage) -> str:
    """A digest of what members will read and of who they are."""
    groups = sorted(announcement.subgroups.values_list("pk", flat=True))
    parts = [
        announcement.title,
        announcement.plain_text,
        announcement.scope,
        groups,
        list(announcement.kinds),
        list(announcement.roles),
    ]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def key_of(announcement: AnnouncementPage) -> str:
    return f"{announcement.key}:urgency"


def _draft(announcement: AnnouncementPage) -> AnnouncementPage:
    Page.objects.select_for_update().get(pk=announcement.pk)
    announcement = AnnouncementPage.objects.get(pk=announcement.pk)
    if announcement.live:
        raise AlreadySent
    return announcement


def _asked(announcement: AnnouncementPage) -> Urgency:
    urgency = Urgency.objects.filter(announcement=announcement).first()
    if urgency is None:
        raise NothingAsked
    return urgency


def _settled(announcement: AnnouncementPage) -> None:
    """The question is answered: it leaves the notices of everybody who was asked."""
    from notifications.models import Notice

    waiting = Notice.objects.filter(key=key_of(announcement), read_at__isnull=True)
    for member in Member.objects.filter(pk__in=waiting.values("member")):
        read_notices(member=member, keys=[key_of(announcement)])
