"""Recurring announcements: the clock plans each time a month ahead, so that it can be seen, moved and skipped."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.pages.errors import AlreadySent, InThePast, NobodyThere, RepeatedAlready, RepeatNeedsApproval
from community.pages.models import AnnouncementPage, AnnouncementSeries, Occurrence
from community.pages.queries import announcement_section
from community.pages.services.approving import needs_approval
from groups.events.rhythm import occurrences
from groups.people.audit import record

AHEAD = timedelta(days=35)
COPIED = ("title", "draft_title", "body", "sender", "scope", "kinds", "roles", "interests", "reply_mode")


@transaction.atomic
def repeat_announcement(*, announcement: AnnouncementPage, by, rhythm: str, first_at: datetime, until=None):
    """Make a draft the example of a series and plan its first times.

    Raises AlreadySent, RepeatedAlready, InThePast, NobodyThere. The caller has checked that `by` may write it.
    """
    if announcement.live or announcement.approved_schedule:
        raise AlreadySent
    if AnnouncementSeries.objects.filter(example=announcement).exists():
        raise RepeatedAlready
    if first_at <= timezone.now() or (until and until < timezone.localdate(first_at)):
        raise InThePast
    if not announcement.audience.members().exists():
        raise NobodyThere
    if needs_approval(announcement, by):
        raise RepeatNeedsApproval
    series = AnnouncementSeries.objects.create(
        example=announcement, rhythm=rhythm, first_at=first_at, until=until, started_by=by
    )
    record(by=by, act="announcement.repeated", about=announcement, details={"rhythm": rhythm})
    plan_occurrences()
    return series


@transaction.atomic
def stop_series(*, series: AnnouncementSeries, by) -> None:
    """No further times; what was planned and has not appeared is taken back. Once more changes nothing."""
    series = AnnouncementSeries.objects.select_for_update().get(pk=series.pk)
    if series.stopped_at:
        return
    series.stopped_at, series.stopped_by = timezone.now(), by
    series.save(update_fields=["stopped_at", "stopped_by"])
    for occurrence in series.occurrences.filter(announcement__live=False, at__gt=timezone.now()):
        skip_occurrence(occurrence=occurrence, by=by)
    record(by=by, act="announcement.series_stopped", about=series.example)


@transaction.atomic
def skip_occurrence(*, occurrence: Occurrence, by) -> None:
    """Leave one time out; the series goes on. Raises AlreadySent."""
    occurrence = Occurrence.objects.select_for_update().get(pk=occurrence.pk)
    page = occurrence.announcement
    if occurrence.skipped_at:
        return
    if page and (page.live or page.first_published_at):
        raise AlreadySent
    occurrence.announcement, occurrence.skipped_at, occurrence.skipped_by = None, timezone.now(), by
    occurrence.save(update_fields=["announcement", "skipped_at", "skipped_by"])
    if page:
        page.delete()
    record(by=by, act="announcement.skipped", about=occurrence.series.example, details={"at": str(occurrence.at)})


def plan_occurrences() -> None:
    """Plan what falls within the next five weeks and is not planned or skipped yet. May run twice at once."""
    for pk in AnnouncementSeries.objects.filter(stopped_at__isnull=True).values_list("pk", flat=True):
        _plan_series(pk)


@transaction.atomic
def _plan_series(pk: int) -> None:
    series = (
        AnnouncementSeries.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, stopped_at__isnull=True)
        .first()
    )
    if series is None:
        return
    known = set(series.occurrences.values_list("at", flat=True))
    for at in moments(series):
        if at > timezone.now() and at not in known:
            page = _occurrence_page(series, at)
            Occurrence.objects.create(series=series, at=at, announcement=page)


def moments(series: AnnouncementSeries) -> list[datetime]:
    """All its times from the first until five weeks from now, at the same hour on the clock of Amsterdam."""
    horizon = timezone.localdate(timezone.now() + AHEAD)
    until = min(series.until, horizon) if series.until else horizon
    if timezone.localdate(series.first_at) > until:
        return []
    pairs = occurrences(series.first_at, series.first_at + timedelta(minutes=1), series.rhythm, until, most=5000)
    return [start for start, _end in pairs]


def _occurrence_page(series: AnnouncementSeries, at: datetime) -> AnnouncementPage:
    example = series.example
    page = AnnouncementPage(owner=example.owner, live=False, has_unpublished_changes=True, go_live_at=at)
    for name in COPIED:
        setattr(page, name, getattr(example, name))
    page.subgroups.set(example.subgroups.all())
    announcement_section().add_child(instance=page)
    page.save_revision().publish(skip_permission_checks=True)
    return page
