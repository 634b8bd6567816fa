"""Starting a poll, opening it, closing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.picking import picked_part
from groups.subgroups.access import entered_subgroups
from polls.access import (
    may_run,
    may_run_meetings,
    may_start_poll,
    repeating_items,
    visible_meetings,
    visible_polls,
)
from polls.agenda import initial_from_statutes
from polls.forms import FORMS, AgainForm
from polls.kinds import KINDS
from polls.models import Kind
from polls.services import close_poll, create_poll, open_poll, second_ballot, vote_again
from polls.services.again import seats_without_majority
from polls.services.surveys import start_from
from theme.responses import form_accepts, page_or_partial, told

KIND_WORDS = {
    Kind.GAUGE: _("Choose one or several options."),
    Kind.STATEMENT: _("From disagree to agree, in five steps."),
    Kind.DATES: _("Find a moment that suits most people."),
    Kind.RANKING: _("What matters most? Equal places are allowed."),
    Kind.POINTS: _("Everybody divides a number of points."),
    Kind.MARKS: _("Everybody gives each option a mark from 0 to 10."),
    Kind.SIGNUP: _("Who comes? With places and a waiting list."),
    Kind.SURVEY: _("Several questions in sections, with or without names."),
    Kind.CONSENT: _("A proposal goes on when nobody objects."),
    Kind.MOTION: _("In favour or against, with the majority your statutes ask for."),
    Kind.ELECTION: _("Choose people for one or more seats, secret by default."),
}


def _place(request, slug):
    """The subgroup the new poll is for, or None for the association; 403 for who may not start one there."""
    subgroup = get_object_or_404(entered_subgroups(request.user), slug=slug) if slug else None
    if not may_start_poll(request.user, subgroup):
        raise PermissionDenied
    return subgroup


@require_safe
def choose_kind(request, slug=None):
    subgroup = _place(request, slug)
    formal = {Kind.MOTION, Kind.ELECTION}
    kinds = [(kind, KIND_WORDS[kind], KINDS[kind].icon, kind in formal) for kind in FORMS]
    return page_or_partial(request, "polls/kinds.html", {"kinds": kinds, "subgroup": subgroup})


@require_http_methods(["GET", "HEAD", "POST"])
def make_poll(request, kind, slug=None):
    subgroup = _place(request, slug)
    return _make(request, kind, {"subgroup": subgroup})


@require_http_methods(["GET", "HEAD", "POST"])
def make_item_poll(request, meeting_id, number, kind):
    """A vote at a meeting: it starts from what the statutes say."""
    meeting = get_object_or_404(visible_meetings(request.user), pk=meeting_id)
    if not may_run_meetings(request.user):
        raise PermissionDenied
    item = get_object_or_404(meeting.items, number=number)
    return _make(request, kind, {"item": item}, initial_from_statutes(item, kind))


def _make(request, kind, place, initial=None):
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, initial=initial, maker=request.user, subgroup=place.get("subgroup"))
    if part := picked_part(request, form):
        return part
    if request.method == "POST" and form_accepts(form, _create(request, place, kind, form)):
        return redirect(form.result)
    context = {"form": form, "kind": Kind(kind), **place}
    return page_or_partial(request, "polls/make.html", context, status=422 if form.errors else 200)


def _create(request, place, kind, form):
    def create(**_cleaned):
        poll = create_poll(by=request.user, kind=kind, **place, **form.making())
        if form.cleaned_data.get("template"):
            start_from(poll=poll, template=form.cleaned_data["template"])
        return poll

    return create


@require_POST
def poll_again(request, poll_id):
    """A second ballot, or the same vote without quorum; at a second meeting under the point that repeats it."""
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    if not may_run(request.user, poll):
        raise PermissionDenied
    form = AgainForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Choose a closing time in the future."))
        return redirect("poll-figures", poll.pk)
    values = {"poll": poll, "by": request.user, "closes_at": form.cleaned_data["closes_at"]}
    if form.cleaned_data["item"]:
        values["item"] = get_object_or_404(repeating_items(request.user, poll), pk=form.cleaned_data["item"])
    again = second_ballot if seats_without_majority(poll) else vote_again
    if not form_accepts(form, lambda **_cleaned: again(**values)):
        messages.error(request, form.non_field_errors()[0])
        return redirect("poll-figures", poll.pk)
    return redirect(form.result)


def _own_poll(request, poll_id):
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    if not may_run(request.user, poll):
        raise PermissionDenied
    return poll


@require_POST
def poll_open(request, poll_id):
    poll = _own_poll(request, poll_id)
    told(request, open_poll, poll=poll, by=request.user)
    return redirect(poll)


@require_POST
def poll_close(request, poll_id):
    poll = _own_poll(request, poll_id)
    told(request, close_poll, poll=poll, by=request.user)
    return redirect(poll)


@require_POST
def poll_discard(request, poll_id):
    """Throw away a poll that has not opened."""
    poll = _own_poll(request, poll_id)
    if poll.is_frozen:
        raise PermissionDenied
    poll.delete()
    return redirect("polls")
