"""Moving what is planned to another moment, and showing again what expired."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from community.pages.errors import InThePast, NotMovable
from community.pages.models import AnnouncementPage
from community.pages.services.approving import ask_approval, needs_approval
from groups.people.audit import record


@transaction.atomic
def move_page(*, page: Page, at: datetime, by) -> None:
    """Let a draft or planned page appear at `at` (aware). Raises NotMovable, InThePast.

    The caller has checked that `by` may write it. The text that goes out is the newest that was written.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    page = page.specific_class.objects.get(pk=page.pk)
    if page.live:
        raise NotMovable
    if at <= timezone.now():
        raise InThePast
    if isinstance(page, AnnouncementPage) and needs_approval(page, by):
        ask_approval(announcement=page, by=by, at=at)
        return
    newest = page.get_latest_revision_as_object()
    newest.go_live_at = at
    newest.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    type(page).objects.filter(pk=page.pk).update(go_live_at=at)
    record(by=by, act="page.moved", about=page, details={"at": at.isoformat()})


@transaction.atomic
def show_again(*, page: Page, by) -> None:
    """Bring back a page that expired or was taken offline, without an end date. Nobody is told of it again; who was
    not told yet, because it was taken away half-way, still hears of it.
    """
    newest = page.get_latest_revision_as_object()
    newest.go_live_at = newest.expire_at = None
    newest.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    record(by=by, act="page.shown_again", about=page)
