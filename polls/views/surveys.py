"""Surveys: preparing questions, filling in, one-time links, results per question."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from polls.access import elector_of_link, may_run, may_see_figures, visible_polls
from polls.forms import QuestionForm
from polls.kinds.base import is_number
from polls.promises import promises
from polls.queries import before_opening, right_to_vote
from polls.services.surveys import add_question, fill_in, hand_out_links, remove_question
from polls.survey_pages import asked_questions, question_results
from theme.errors import Refusal
from theme.responses import form_accepts, page_or_partial, told


def survey_page(request, poll):
    """The page of a survey for a member: questions to fill in, or what came out."""
    elector = right_to_vote(poll, request.user)
    refusal = None
    if request.method == "POST":
        if elector is None:
            raise PermissionDenied
        refusal = _filled_in(poll, elector, request.POST)
        if refusal is None:
            messages.success(request, gettext("Thank you. Your answers have been recorded."))
            return redirect(poll)
    context = {
        **_sheet(request, poll, elector, refusal),
        "may_run": may_run(request.user, poll),
        **before_opening(poll),
        "results": question_results(poll, elector, sees_figures=may_see_figures(request.user, poll)),
        "question_form": QuestionForm(),
    }
    return page_or_partial(request, "polls/surveys/survey.html", context, status=422 if refusal else 200)


def _filled_in(poll, elector, posted) -> Refusal | None:
    try:
        fill_in(poll=poll, elector=elector, posted=posted)
    except Refusal as refusal:
        return refusal
    return None


def _sheet(request, poll, elector, refusal) -> dict:
    fills = poll.is_running and elector is not None and not elector.voted
    return {
        "poll": poll,
        "promises": promises(poll),
        "elector": elector,
        "fills": fills,
        "refusal": refusal,
        "sections": asked_questions(poll, request.POST if refusal else None),
    }


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_by_link(request, token):
    """A survey for somebody without an account. A used link shows only that it was used."""
    elector = elector_of_link(token)
    if elector is None:
        return page_or_partial(request, "polls/surveys/thanks.html", {"is_unknown": True}, status=404)
    refusal = _filled_in(elector.poll, elector, request.POST) if request.method == "POST" else None
    if elector.voted or (request.method == "POST" and refusal is None):
        return page_or_partial(request, "polls/surveys/thanks.html", {"poll": elector.poll})
    context = _sheet(request, elector.poll, elector, refusal)
    return page_or_partial(request, "polls/surveys/by_link.html", context, status=422 if refusal else 200)


def _own(request, poll_id):
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    if not may_run(request.user, poll):
        raise PermissionDenied
    return poll


@require_POST
def survey_question(request, poll_id):
    poll = _own(request, poll_id)
    form = QuestionForm(request.POST)

    def add(**_cleaned):
        return add_question(poll=poll, **form.question())

    if not form_accepts(form, add):
        context = {**_sheet(request, poll, None, None), "may_run": True, "question_form": form}
        return page_or_partial(request, "polls/surveys/survey.html", context, status=422)
    return redirect(poll)


@require_POST
def survey_question_remove(request, poll_id):
    poll = _own(request, poll_id)
    number = request.POST.get("number", "")
    if is_number(number):
        told(request, remove_question, poll=poll, number=int(number))
    return redirect(poll)


@require_POST
def survey_links(request, poll_id):
    """The one-time links, shown this once."""
    poll = _own(request, poll_id)
    tokens = hand_out_links(poll=poll) if poll.is_running else []
    return page_or_partial(request, "polls/surveys/links.html", {"poll": poll, "tokens": tokens})
