"""The page for who answers for a poll: verdict, figures, turnout, downloads."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from groups.events.access import may_plan
from groups.people.picking import picked_part
from polls.access import barred_electors, may_run, may_see_figures, visible_polls
from polls.figures import figures_of
from polls.forms import AgainForm, BarForm, FollowUpForm, OutcomeForm
from polls.forms.fields import next_week_at_eight
from polls.kinds.base import is_number
from polls.models import Kind
from polls.papers import figures_csv, figures_pdf
from polls.quorum import missed_quorum
from polls.services import add_follow_up, bar_elector, let_rest, plan_from_dates, state_decision, state_outcome
from polls.services.again import seats_without_majority
from polls.services.draws import tie_of
from theme.responses import form_accepts, page_or_partial, told


def _figures(request, poll_id):
    """The poll and its figures; 404 when it is not visible, 403 for who may not see figures."""
    poll = get_object_or_404(visible_polls(request.user).select_related("subgroup"), pk=poll_id)
    if not may_see_figures(request.user, poll):
        raise PermissionDenied
    return poll, figures_of(poll)


@require_safe
def poll_figures(request, poll_id):
    return _page(request, *_figures(request, poll_id))


def _page(request, poll, figures, **refused):
    """The page with figures; `refused` holds a form that did not pass, under its own name."""
    outcome = getattr(poll, "outcome", None)
    said = {"text": outcome.text, "link": outcome.link} if outcome else None
    context = {
        "poll": poll,
        "figures": figures,
        "may_run": may_run(request.user, poll),
        "tied": tie_of(poll),
        "draws": poll.draws.order_by("pk"),
        "barred": barred_electors(request.user, poll),
        "bar_form": BarForm(poll=poll, by=request.user),
        "outcome": outcome,
        "outcome_form": OutcomeForm(initial=said),
        "follow_up_form": FollowUpForm(poll=poll, maker=request.user),
        "follow_ups": poll.follow_ups.select_related("task__subgroup", "task__assignee"),
        "seats_left": seats_without_majority(poll),
        "is_missed": missed_quorum(poll) and not poll.item_id,
        "taken_up": poll.followed_by.first(),
        "again_form": AgainForm(initial={"closes_at": next_week_at_eight}),
        **refused,
    }
    if poll.kind == Kind.DATES and figures.result and not poll.event_id and may_plan(request.user, poll.subgroup):
        context["moments"] = figures.result.bars
    status = 422 if any(form.errors for form in refused.values()) else 200
    return page_or_partial(request, "polls/figures.html", context, status=status)


@require_POST
def poll_outcome(request, poll_id):
    """Say what happens with the result; voters are told."""
    poll = _run(request, poll_id)
    form = OutcomeForm(request.POST)
    if form_accepts(form, state_outcome, poll=poll, by=request.user):
        return redirect("poll-figures", poll.pk)
    return _page(request, poll, figures_of(poll), outcome_form=form)


@require_POST
def poll_rest(request, poll_id):
    """Nothing follows from the result; nobody hears of it."""
    poll = _run(request, poll_id)
    if told(request, let_rest, poll=poll, by=request.user):
        messages.success(request, gettext("Noted on the poll's page. Nobody got a message."))
    return redirect("poll-figures", poll.pk)


@require_POST
def poll_follow_up(request, poll_id):
    """Something to be done because of the result, as a task."""
    poll = _run(request, poll_id)
    form = FollowUpForm(request.POST, poll=poll, maker=request.user)
    if part := picked_part(request, form):
        return part

    def add(**_cleaned):
        return add_follow_up(poll=poll, by=request.user, **form.task())

    if form_accepts(form, add):
        return redirect("poll-figures", poll.pk)
    return _page(request, poll, figures_of(poll), follow_up_form=form)


@require_POST
def poll_plan(request, poll_id):
    """Put a moment of a date finder in the agenda."""
    poll = _run(request, poll_id)
    option, place = request.POST.get("option", ""), request.POST.get("place", "").strip()[:160]
    chosen = int(option) if is_number(option) else None
    if told(request, plan_from_dates, poll=poll, by=request.user, option=chosen, place=place):
        return redirect(poll)
    return redirect("poll-figures", poll.pk)


@require_POST
def poll_bar(request, poll_id):
    """Take away somebody's right to vote while the poll is open."""
    poll = _run(request, poll_id)
    form = BarForm(request.POST, poll=poll, by=request.user)
    if part := picked_part(request, form):
        return part
    if form_accepts(form, bar_elector, poll=poll, by=request.user):
        return redirect("poll-figures", poll.pk)
    return _page(request, poll, figures_of(poll), bar_form=form)


@require_POST
def poll_decide(request, poll_id):
    """The chair states the decision of a meeting's vote."""
    poll = _run(request, poll_id)
    told(request, state_decision, poll=poll, by=request.user, text=request.POST.get("text", "")[:4000])
    return redirect("poll-figures", poll.pk)


def _run(request, poll_id):
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    if not may_run(request.user, poll):
        raise PermissionDenied
    return poll


@require_safe
def poll_csv(request, poll_id):
    poll, figures = _figures(request, poll_id)
    return _download(poll, figures, "csv", "text/csv; charset=utf-8", figures_csv)


@require_safe
def poll_pdf(request, poll_id):
    poll, figures = _figures(request, poll_id)
    return _download(poll, figures, "pdf", "application/pdf", figures_pdf)


def _download(poll, figures, ending, content_type, make):
    # Before there is a result there is nothing to download, whoever asks.
    if figures.result is None:
        raise PermissionDenied
    name = f"{slugify(poll.question)[:50] or 'poll'}-{poll.pk}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(make(poll, figures), content_type=content_type, headers=headers)
