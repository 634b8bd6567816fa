"""Held until somebody else looked at it: asking, approving, sending back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from community.pages.access import may_announce_to_all
from community.pages.audience import Scope
from community.pages.errors import AlreadySent, DecidedAlready, NobodyThere, NotOwnApproval, WaitsAlready
from community.pages.models import AnnouncementPage, Approval, EditorialRule
from community.pages.models.approving import FIRST_POSTS
from community.pages.services.timing import GRACE, schedule
from groups.people.access import members_with_right
from groups.people.audit import record
from groups.people.history.kept import settings_change
from notifications.services import notify


def needs_approval(announcement: AnnouncementPage, by) -> bool:
    """Whether the rule of one of its groups holds for this writer. Who writes for the association needs none."""
    if announcement.scope != Scope.GROUPS or may_announce_to_all(by):
        return False
    rules = EditorialRule.objects.filter(subgroup__in=announcement.subgroups.values("pk"))
    modes = set(rules.values_list("mode", flat=True))
    if EditorialRule.Mode.ALL in modes:
        return True
    approved = Approval.objects.filter(asked_by=by, is_approved=True).count()
    return EditorialRule.Mode.FIRST in modes and approved < FIRST_POSTS


@transaction.atomic
def ask_approval(*, announcement: AnnouncementPage, by, at: datetime | None) -> Approval:
    """Hold it for approval; who may give that hears of it. Raises AlreadySent, WaitsAlready, NobodyThere."""
    Page.objects.select_for_update().get(pk=announcement.pk)
    if AnnouncementPage.objects.filter(pk=announcement.pk, live=True).exists():
        raise AlreadySent
    if announcement.approvals.filter(decided_at__isnull=True).exists():
        raise WaitsAlready
    if not announcement.audience.members().exists():
        raise NobodyThere
    approval = Approval.objects.create(announcement=announcement, asked_by=by, at=at)
    notify(
        member_ids=list(members_with_right("manage_subgroups").exclude(pk=by.pk).values_list("pk", flat=True)),
        kind="announcement-approval",
        key=f"approval:{approval.pk}",
        context={"approval": approval.pk},
        dedupe=f"approval:{approval.pk}",
    )
    record(by=by, act="announcement.approval_asked", about=announcement)
    return approval


@transaction.atomic
def decide_approval(*, approval: Approval, by, yes: bool, reason: str = "") -> None:
    """Let it appear at the moment that was asked for, or send it back with a reason. Nobody decides on their own.

    Raises DecidedAlready, NotOwnApproval, NobodyThere. The caller has checked that `by` may approve.
    """
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    if approval.decided_at:
        raise DecidedAlready
    if approval.asked_by_id == by.pk:
        raise NotOwnApproval
    now = timezone.now()
    approval.decided_at, approval.decided_by, approval.is_approved, approval.reason = now, by, yes, reason
    approval.save(update_fields=["decided_at", "decided_by", "is_approved", "reason"])
    if yes:
        schedule(announcement=approval.announcement, by=by, at=max(approval.at or now, now + GRACE))
    record(by=by, act="announcement.approval_decided", about=approval.announcement, details={"yes": yes})
    if approval.asked_by_id:
        notify(
            member_ids=[approval.asked_by_id],
            kind="announcement-decided",
            key=f"approval:{approval.pk}:answer",
            context={"approval": approval.pk},
            dedupe=f"approval:{approval.pk}:answer",
        )


@transaction.atomic
def set_rule(*, subgroup, mode: str, by) -> None:
    """Choose whether announcements of this group are looked at first; empty: not."""
    with settings_change("announcements-first", subgroup, by=by, act="announcement.rule_set"):
        if mode:
            EditorialRule.objects.update_or_create(subgroup=subgroup, defaults={"mode": mode})
        else:
            EditorialRule.objects.filter(subgroup=subgroup).delete()
