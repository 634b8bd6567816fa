"""The knowledge base: proposing, deciding, restoring, looking again, putting away."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision

from community.pages.errors import (
    AlreadyOver,
    ChangedMeanwhile,
    DecidedAlready,
    NoPlainWords,
    NothingChanged,
    NotOpenForProposals,
    PutAway,
)
from community.pages.models import ContentPage, PageUse, Proposal
from community.pages.texts import plain_text_of
from groups.people.audit import record
from notifications.services import notify
from theme.comparing import changes, with_change


def note_use(page) -> None:
    """Somebody read it today. One write per page and day."""
    today = timezone.localdate()
    if not PageUse.objects.filter(page=page.pk, read_on=today).exists():
        PageUse.objects.update_or_create(page_id=page.pk, defaults={"read_on": today})


@transaction.atomic
def propose_change(*, page: ContentPage, by, text: str, note: str = "") -> Proposal:
    """Propose another text. The caller has checked that `by` may read it.

    Raises NotOpenForProposals, NothingChanged.
    """
    if not page.takes_proposals:
        raise NotOpenForProposals
    base = plain_text_of(page.body)
    if not changes(base, text):
        raise NothingChanged
    proposal = Proposal.objects.create(page=page, by=by, base=base, text=text, note=note)
    if page.owner_id and page.owner_id != by.pk:
        notify(
            member_ids=[page.owner_id],
            kind="page-proposal",
            key=f"proposal:{proposal.pk}",
            context={"proposal": proposal.pk},
        )
    return proposal


@transaction.atomic
def decide_proposal(*, proposal: Proposal, by, parts: list[int], answer: str = "") -> Proposal:
    """Take the chosen parts (numbers of comparing.changes) into the page, none is a refusal.

    The new version is in the history under the name of who proposed it. Raises DecidedAlready, ChangedMeanwhile,
    and PutAway or NoPlainWords when parts are chosen for a page that shows nothing or more than words by now.
    The caller has checked that `by` keeps the page.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.decided_at:
        raise DecidedAlready
    Page.objects.select_for_update().get(pk=proposal.page_id)
    page = ContentPage.objects.get(pk=proposal.page_id)
    chosen = [change for change in changes(proposal.base, proposal.text) if change.number in parts]
    if chosen:
        page.body = [("message", _text_with(page, chosen))]
        page.save_revision(user=proposal.by).publish(user=by, skip_permission_checks=True)
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.parts_taken, proposal.answer = len(chosen), answer
    proposal.save(update_fields=["decided_at", "decided_by", "parts_taken", "answer"])
    record(by=by, act="page.proposal_decided", about=page, details={"parts": len(chosen)})
    if proposal.by_id and proposal.by_id != by.pk:
        notify(
            member_ids=[proposal.by_id],
            kind="page-decided",
            key=f"proposal:{proposal.pk}",
            context={"proposal": proposal.pk},
        )
    return proposal


def _text_with(page: ContentPage, chosen: list) -> str:
    """The page's text with these parts in it. Raises PutAway, NoPlainWords, ChangedMeanwhile."""
    if not page.live:
        raise PutAway
    if not page.is_plain_words:  # a picture that was added since would be lost
        raise NoPlainWords
    text = plain_text_of(page.body)
    for change in chosen:
        text = with_change(text, change)
        if text is None:
            raise ChangedMeanwhile
    return text


@transaction.atomic
def restore_version(*, page: ContentPage, version: Revision, by) -> None:
    """Put the words of an older version back as the newest one; what was there in between stays in the history.

    For whom the page is, who looks after it and its dates stay as they are now: an old text never opens a page to
    others again. A page that was put away is shown.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    page, old = ContentPage.objects.get(pk=page.pk), version.as_object()
    page.title, page.draft_title, page.intro, page.body = old.title, old.title, old.intro, old.body
    page.go_live_at = page.expire_at = None
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    record(by=by, act="page.restored", about=page, details={"version": version.pk})


@transaction.atomic
def looked_again(*, page: ContentPage, by, review_on: date) -> None:
    """The owner found it still right: the next day to look is `review_on`. Raises AlreadyOver.

    Nothing was written, so there is no new version: it would push a draft or a planned change of somebody else aside.
    Those that can still be published learn the day, or publishing one would bring the old day back.
    """
    if review_on <= timezone.localdate():
        raise AlreadyOver
    Page.objects.select_for_update().get(pk=page.pk)
    ContentPage.objects.filter(pk=page.pk).update(review_on=review_on)
    page.refresh_from_db()
    versions = Revision.objects.for_instance(page)
    to_come = Q(pk__in=[page.live_revision_id, page.latest_revision_id]) | Q(approved_go_live_at__isnull=False)
    for version in versions.filter(to_come):
        content = {**version.content, "review_on": review_on.isoformat()}
        versions.filter(pk=version.pk).update(content=content)
    record(by=by, act="page.reviewed", about=page, details={"next": review_on.isoformat()})


@transaction.atomic
def put_away(*, page: ContentPage, by) -> None:
    """Take it out of the lists; its text and history stay and it can be shown again.

    The caller has checked that `by` keeps the page.
    """
    # Wagtail's page rights are about its own editor only; an owner need not be in there.
    UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    record(by=by, act="page.put_away", about=page)
