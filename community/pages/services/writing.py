"""From draft to publication. The desk's short form and Wagtail's editor make the same page."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from community.pages.access import may_announce_to_all, subgroups_to_announce_to
from community.pages.audience import Audience, Scope
from community.pages.errors import AlreadySent, InThePast, NotYourAudience, ThreadsNeedGroups
from community.pages.models import AnnouncementPage
from community.pages.queries import announcement_section
from community.pages.services.approving import ask_approval, needs_approval
from community.pages.services.places import check_pins, places_of
from community.pages.services.timing import GRACE, locked, publish, schedule
from groups.people.audit import record


@transaction.atomic
def write_announcement(*, by, title: str, text: str, **fields) -> AnnouncementPage:
    """Make a draft.

    `fields`: scope, subgroups, kinds, roles, interests, sender, acknowledge_by, reply_mode, pinned_until, expire_at,
    and `items` (pages) of a newsletter.

    Raises NotYourAudience when `by` may not write to those people, TooManyPins.
    """
    section = announcement_section()
    announcement = AnnouncementPage(owner=by, live=False, has_unpublished_changes=True)
    _fill(announcement, title, text, by, fields)
    section.add_child(instance=announcement)
    announcement.save_revision(user=by, log_action=True)
    return announcement


@transaction.atomic
def change_announcement(*, announcement: AnnouncementPage, by, title: str, text: str, **fields) -> AnnouncementPage:
    """Change a draft, or correct what was published: a correction shows at once and tells nobody again."""
    announcement = locked(announcement)
    _fill(announcement, title, text, by, fields)
    planned_for = announcement.go_live_at if announcement.approved_schedule else None
    if not announcement.live:
        announcement.save()
    revision = announcement.save_revision(user=by, log_action=True)
    if announcement.live or planned_for:
        publish(revision, by)
    return announcement


@transaction.atomic
def plan_announcement(*, announcement: AnnouncementPage, by, at) -> None:
    """Let it appear at `at` (aware), or hold it until somebody approved, where the rule of its group asks that.

    Raises InThePast, AlreadySent, NobodyThere, WaitsAlready.
    """
    if at <= timezone.now():
        raise InThePast
    if needs_approval(announcement, by):
        ask_approval(announcement=announcement, by=by, at=at)
        return
    schedule(announcement=announcement, by=by, at=at)


def send_announcement(*, announcement: AnnouncementPage, by) -> None:
    """Send it now, that is after a short while in which it can be undone. Raises AlreadySent, NobodyThere."""
    plan_announcement(announcement=announcement, by=by, at=timezone.now() + GRACE)


@transaction.atomic
def withdraw_announcement(*, announcement: AnnouncementPage, by) -> None:
    """Undo before sending: what was planned is a draft again. Raises AlreadySent."""
    announcement = locked(announcement)
    if announcement.live:
        raise AlreadySent
    announcement.approvals.filter(decided_at__isnull=True).delete()
    Revision.objects.for_instance(announcement).filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=None
    )
    announcement.go_live_at = None
    announcement.save()
    announcement.save_revision(user=by)
    record(by=by, act="announcement.withdrawn", about=announcement)


def _fill(announcement: AnnouncementPage, title: str, text: str, by, fields: dict) -> None:
    subgroups = list(fields.pop("subgroups", []))
    announcement.title = announcement.draft_title = title
    announcement.body = [("message", text), *kept_items(announcement, fields.pop("items", None))]
    for name, value in fields.items():
        setattr(announcement, name, value)
    announcement.subgroups.set(subgroups if announcement.scope == Scope.GROUPS else [])
    _check_reach(by, announcement.scope, subgroups)
    if announcement.reply_mode == AnnouncementPage.ReplyMode.THREADS and announcement.scope != Scope.GROUPS:
        raise ThreadsNeedGroups
    if announcement.pinned_until:
        check_pins(announcement, places_of(announcement))


def kept_items(announcement: AnnouncementPage, chosen) -> list:
    """The block with items of a newsletter: those chosen now, or without a choice those that were there."""
    if chosen is None:
        return [("items", list(block.value)) for block in announcement.body if block.block_type == "items"]
    return [("items", list(chosen))] if chosen else []


def _check_reach(by, scope: str, subgroups: list) -> None:
    if scope != Scope.GROUPS:
        if not may_announce_to_all(by):
            raise NotYourAudience
        return
    allowed = set(subgroups_to_announce_to(by).values_list("pk", flat=True))
    if not subgroups or not {subgroup.pk for subgroup in subgroups} <= allowed:
        raise NotYourAudience


def audience_from(scope: str, subgroups=(), kinds=(), roles=(), interests=()) -> Audience:
    """The audience of a form that was not saved yet."""
    chosen = tuple(subgroup.pk for subgroup in subgroups) if scope == Scope.GROUPS else ()
    return Audience(scope, chosen, tuple(kinds), tuple(roles), tuple(interests))
