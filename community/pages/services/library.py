"""The knowledge base: proposing, deciding, restoring, looking again, putting away."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from community.pages.errors import AlreadyOver, ChangedMeanwhile, DecidedAlready, NothingChanged, NotOpenForProposals
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

    The new version is in the history under the name of who proposed it. Raises DecidedAlready, ChangedMeanwhile.
    The caller has checked that `by` keeps the page.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.decided_at:
        raise DecidedAlready
    Page.objects.select_for_update().get(pk=proposal.page_id)
    page = ContentPage.objects.get(pk=proposal.page_id)
    chosen = [change for change in changes(proposal.base, proposal.text) if change.number in parts]
    text = plain_text_of(page.body)
    for change in chosen:
        text = with_change(text, change)
        if text is None:
            raise ChangedMeanwhile
    if chosen:
        page.body = [("message", text)]
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


@transaction.atomic
def restore_version(*, page, version: Revision, by) -> None:
    """Put an older version back as the newest one; what was there in between stays in the history."""
    old = version.as_object()
    old.go_live_at = old.expire_at = None
    old.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    record(by=by, act="page.restored", about=page, details={"version": version.pk})


@transaction.atomic
def looked_again(*, page: ContentPage, by, review_on: date) -> None:
    """The owner found it still right: the next day to look is `review_on`. Raises AlreadyOver."""
    if review_on <= timezone.localdate():
        raise AlreadyOver
    page.review_on = review_on
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    record(by=by, act="page.reviewed", about=page, details={"next": review_on.isoformat()})


@transaction.atomic
def put_away(*, page: ContentPage, by) -> None:
    """Take it out of the lists; its text and history stay and it can be shown again."""
    page.unpublish(user=by)
    record(by=by, act="page.put_away", about=page)
