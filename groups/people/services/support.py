"""Giving, using and ending the leave to look along."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groups.people.access import may_help
from groups.people.audit import record
from groups.people.errors import CannotHelp, SupportOver
from groups.people.models import Audience, Look, Member, SupportAccess
from notifications.services import notify


@transaction.atomic
def grant_support(*, member: Member, helper: Member, minutes: int, with_direct: bool) -> SupportAccess:
    """Let `helper` see the house as `member` does; an earlier leave ends. Raises CannotHelp."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    if not may_help(helper, member):
        raise CannotHelp
    for earlier in SupportAccess.objects.filter(member=member, ended_at__isnull=True):
        end_support(access=earlier, by=member)
    now = timezone.now()
    access = SupportAccess.objects.create(
        member=member,
        helper=helper,
        minutes=minutes,
        with_direct=with_direct,
        granted_at=now,
        until=now + timedelta(minutes=minutes),
    )
    details = {"helper": helper.pk, "minutes": minutes, "direct": with_direct}
    record(by=member, act="support.granted", about=member, details=details)
    notify(member_ids=[helper.pk], kind="support", key=f"support:{access.pk}", context={"access": access.pk})
    return access


@transaction.atomic
def open_support(*, access: SupportAccess, by: Member) -> SupportAccess:
    """The helper begins to look; the member is told at once, and sees it under “who looked”. Raises SupportOver."""
    access = SupportAccess.objects.select_for_update(of=("self",)).select_related("member").get(pk=access.pk)
    is_running = access.ended_at is None and access.until > timezone.now()
    if not is_running or access.helper_id != by.pk or not may_help(by, access.member):
        raise SupportOver
    if access.opened_at is None:
        access.opened_at = timezone.now()
        access.save(update_fields=["opened_at"])
    record(by=by, act="support.opened", about=access.member, details={"access": access.pk})
    Look.objects.get_or_create(
        viewed=access.member, viewer=by, audience=Audience.BOARD, where=Look.Where.SUPPORT, day=timezone.localdate()
    )
    notify(
        member_ids=[access.member_id],
        kind="support_opened",
        key=f"support-opened:{access.pk}",
        context={"access": access.pk},
    )
    return access


@transaction.atomic
def end_support(*, access: SupportAccess, by: Member | None) -> None:
    """From now on nothing can be seen by it; ending twice is once. `by` is None when the rules end it."""
    running = SupportAccess.objects.filter(pk=access.pk, ended_at__isnull=True)
    if running.update(ended_at=timezone.now(), ended_by=by):
        record(by=by, act="support.ended", about=access.member, details={"access": access.pk})


def note_page(*, access: SupportAccess, path: str) -> None:
    """One page that was opened in the eyes of the member; the address says enough, and no content is kept."""
    record(by=access.helper, act="support.page", about=access.member, details={"access": access.pk, "path": path[:200]})


def end_what_is_over() -> int:
    """Close leaves whose time is over, so that the log says when each ended; returns how many."""
    over = SupportAccess.objects.filter(ended_at__isnull=True, until__lte=timezone.now()).select_related("member")
    for access in over:
        end_support(access=access, by=None)
    return len(over)
