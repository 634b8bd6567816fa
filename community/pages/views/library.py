"""The knowledge base for readers and owners, and what the board and editors see of pages and announcements."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.pages.access import (
    announcements_to_count,
    may_edit_pages,
    may_keep,
    may_read_page,
    readable,
    sees_acknowledgements,
)
from community.pages.forms import DecideForm, ProposalForm, ReviewForm
from community.pages.library import history_of, kept_pages, library_pages, stale_pages, visible_proposals
from community.pages.models import ContentPage
from community.pages.queries import confirmed_of
from community.pages.services.library import (
    decide_proposal,
    looked_again,
    propose_change,
    put_away,
    restore_version,
)
from community.pages.services.moving import show_again
from community.pages.texts import plain_text_of, whole_text_of
from theme.comparing import changes, differing_paragraphs
from theme.responses import form_accepts, page_or_partial

PER_PAGE, ANNOUNCEMENTS_PER_PAGE = 30, 10


def _readable_page(request, pk) -> ContentPage:
    """A page that may be read now, with every page above it; for who keeps it also when it was put away."""
    page = get_object_or_404(readable(ContentPage, request.user) | kept_pages(request.user), pk=pk)
    if page.live and not may_read_page(request.user, page):
        raise Http404
    return page


def _kept_page(request, pk) -> ContentPage:
    page = _readable_page(request, pk)
    if not may_keep(request.user, page):
        raise PermissionDenied
    return page


@require_safe
def library(request):
    words = request.GET.get("q", "")[:100]
    page = Paginator(library_pages(request.user, words), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "may_edit_pages": may_edit_pages(request.user)}
    return page_or_partial(request, "pages/library.html", context)


@require_safe
def library_page(request, pk):
    """The page at an address of its own, also while the front page is not published."""
    return _readable_page(request, pk).serve(request)


@require_safe
def page_history(request, pk):
    page = _readable_page(request, pk)
    context = {
        "page": page,
        "versions": history_of(page),
        "proposals": visible_proposals(request.user, page),
        "may_keep": may_keep(request.user, page),
        "review_form": ReviewForm(initial={"review_on": timezone.localdate() + timedelta(days=182)}),
    }
    return page_or_partial(request, "pages/history.html", context)


@require_safe
def page_version(request, pk, version_id):
    """An older version beside the page as it is now, for who keeps the page."""
    page = _kept_page(request, pk)
    version = get_object_or_404(page.revisions, pk=version_id)
    old = version.as_object()
    parts = differing_paragraphs(whole_text_of(page), whole_text_of(old))
    context = {"page": page, "old": old, "version": version, "parts": parts}
    return page_or_partial(request, "pages/version.html", context)


@require_POST
def restore(request, pk, version_id):
    page = _kept_page(request, pk)
    restore_version(page=page, version=get_object_or_404(page.revisions, pk=version_id), by=request.user)
    messages.success(request, _("This version is the page again."))
    return redirect("page-history", pk=pk)


@require_POST
def review(request, pk):
    page = _kept_page(request, pk)
    form = ReviewForm(request.POST)
    if form_accepts(form, looked_again, page=page, by=request.user):
        messages.success(request, _("Thank you. You are asked again on that day."))
    for error in form.errors.values():
        messages.error(request, error[0])
    return redirect("page-history", pk=pk)


@require_POST
def archive(request, pk):
    page = _kept_page(request, pk)
    if page.live:
        put_away(page=page, by=request.user)
        messages.success(request, _("Put away. Its history stays and you can show it again."))
    return redirect("stale-pages" if may_edit_pages(request.user) else "library")


@require_POST
def bring_back(request, pk):
    page = _kept_page(request, pk)
    show_again(page=page, by=request.user)
    return redirect("page-history", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request, pk):
    page = get_object_or_404(readable(ContentPage, request.user), pk=pk)
    if not may_read_page(request.user, page):
        raise Http404
    form = ProposalForm(request.POST or None, initial={"text": plain_text_of(page.body)})
    if request.method == "POST" and form_accepts(form, propose_change, page=page, by=request.user):
        messages.success(request, _("Your proposal is with the owner of the page."))
        return redirect("proposal", pk=pk, proposal_id=form.result.pk)
    context = {"form": form, "page": page}
    return page_or_partial(request, "pages/propose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request, pk, proposal_id):
    """The parts of a proposal beside what stands there; who keeps the page ticks what is taken in."""
    page = _readable_page(request, pk)
    found = get_object_or_404(visible_proposals(request.user, page), pk=proposal_id)
    parts = changes(found.base, found.text)
    form = DecideForm(request.POST or None, parts=parts)
    keeps = may_keep(request.user, page)
    if request.method == "POST":
        if not keeps:
            raise PermissionDenied
        if form_accepts(form, decide_proposal, proposal=found, by=request.user):
            messages.success(request, _("Decided. Who proposed it hears of it."))
            return redirect("proposal", pk=pk, proposal_id=proposal_id)
    context = {"page": page, "proposal": found, "parts": parts, "form": form, "may_keep": keeps}
    return page_or_partial(request, "pages/proposal.html", context, status=422 if form.errors else 200)


@require_safe
def stale(request):
    if not may_edit_pages(request.user):
        raise PermissionDenied
    page = Paginator(stale_pages(), PER_PAGE).get_page(request.GET.get("page"))
    return page_or_partial(request, "pages/stale.html", {"page": page})


@require_safe
def acknowledgements(request):
    """For the board: each announcement that asks to confirm, with how many did."""
    if not sees_acknowledgements(request.user):
        raise PermissionDenied
    asked = announcements_to_count(request.user).defer("body").order_by("-first_published_at")
    page = Paginator(asked, ANNOUNCEMENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": confirmed_of(list(page), request.user)}
    return page_or_partial(request, "pages/acknowledgements.html", context)
