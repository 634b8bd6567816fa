"""Lists, the ballot, and voting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, F, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.subgroups.access import readable_or_404
from groups.subgroups.pages import subgroup_context
from polls.access import (
    instruction_for,
    is_teller,
    may_run,
    may_see_figures,
    may_start_poll,
    represented_by,
    visible_polls,
)
from polls.entitlement import why_not
from polls.kinds import kind_of
from polls.models import Kind
from polls.promises import promises
from polls.queries import before_opening, named_choices, poll_rows, polls_of, right_to_vote, shown_result, signed_up
from polls.receipts import new_code
from polls.secrecy.envelopes import fingerprint
from polls.services import add_option, cast_vote
from polls.services.counting import ballot_shape
from polls.services.sealing import key_is_missing
from polls.shuffling import in_own_order
from polls.views.surveys import survey_page
from theme.errors import Refusal
from theme.responses import page_or_partial, told

PER_PAGE = 20
NAMES_PER_PAGE = 100


def newest_useful_first(polls):
    """Still open first, the nearest closing on top; then closed, the latest on top."""
    now = timezone.now()
    is_over = Case(When(state="open", closes_at__gt=now, then=Value(0)), default=Value(1))
    nearest = Case(When(state="open", closes_at__gt=now, then=F("closes_at")), default=Value(None))
    return polls.order_by(is_over, nearest, "-closes_at", "-pk")


@require_safe
def poll_list(request):
    return page_or_partial(request, "polls/list.html", _listed(request, polls_of(request.user), None))


@require_safe
def subgroup_polls(request, slug):
    subgroup = readable_or_404(request.user, slug)
    context = _listed(request, polls_of(request.user, subgroup), subgroup)
    context |= subgroup_context(request, subgroup, "polls")
    return page_or_partial(request, "polls/subgroup_list.html", context)


def _listed(request, polls, subgroup) -> dict:
    page = Paginator(newest_useful_first(polls), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "rows": poll_rows(page.object_list, request.user),
        "may_start": may_start_poll(request.user, subgroup),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def poll_detail(request, poll_id):
    """The ballot; after voting, and after closing, the result as far as it may be seen."""
    poll = get_object_or_404(
        visible_polls(request.user).select_related("subgroup").prefetch_related("options"), pk=poll_id
    )
    if poll.kind == Kind.SURVEY:
        return survey_page(request, poll)
    refusal = _vote(request, poll) if request.method == "POST" else None
    if request.method == "POST" and refusal is None and not request.htmx:
        messages.success(request, gettext("Your vote has been recorded."))
        return redirect(poll)
    return _ballot_page(request, poll, refusal)


def _vote(request, poll) -> Refusal | None:
    behalf = _on_behalf(request, poll)
    if behalf is None and right_to_vote(poll, request.user) is None:
        raise PermissionDenied
    try:
        cast_vote(poll=poll, by=request.user, posted=request.POST, on_behalf_of=behalf.pk if behalf else None)
    except Refusal as refusal:
        return refusal
    return None


def _on_behalf(request, poll):
    """The elector whose ballot this is when the reader holds a proxy and asks for it; 404 for anybody else's."""
    asked = request.POST.get("for") or request.GET.get("for", "")
    if not asked:
        return None
    if not asked.isdigit():
        raise Http404
    return get_object_or_404(represented_by(request.user, poll), pk=int(asked))


def _ballot_page(request, poll, refusal):
    behalf = _on_behalf(request, poll)
    elector = behalf or right_to_vote(poll, request.user)
    has_voted = bool(elector and elector.voted)
    is_barred = elector is not None and elector.barred_at is not None
    may_vote = poll.is_running and elector is not None and not is_barred and (poll.rules.may_change or not has_voted)
    kind, shape = kind_of(poll), ballot_shape(poll)
    is_changing = "change" in request.GET or refusal is not None
    context = {
        "poll": poll,
        "rules": poll.rules,
        "kind": kind,
        "elector": elector,
        "is_barred": is_barred,
        "why_not": why_not(poll, request.user) if poll.is_running and elector is None else "",
        "behalf": behalf,
        "instruction": instruction_for(request.user, poll, behalf) if behalf else "",
        "represented": list(represented_by(request.user, poll)) if poll.item_id else [],
        "has_voted": has_voted,
        "may_vote": may_vote,
        "shows_ballot": may_vote and (is_changing or not has_voted),
        "shows_preview": not poll.is_frozen,
        "options": _labelled(kind, in_own_order(poll, request.user)),
        "chosen": kind.posted_again(request.POST) if refusal else kind.chosen(elector.answer if elector else None),
        "own_words": kind.words(elector.answer, shape) if has_voted and elector.answer is not None else "",
        "promises": promises(poll),
        "signed_up": signed_up(poll) if poll.kind == Kind.SIGNUP and poll.is_frozen else None,
        **kind.extra(poll),
        "follow_ups": poll.follow_ups.select_related("task__subgroup", "task__assignee"),
        "receipt_code": new_code() if poll.rules.receipts and may_vote else "",
        "refusal": refusal,
        "receipt": fingerprint(elector.sealed) if elector and elector.sealed else "",
        "key_is_missing": poll.is_running and poll.is_secret and key_is_missing(poll),
        "is_teller": is_teller(request.user, poll),
        "result": shown_result(poll, elector, sees_figures=may_see_figures(request.user, poll)),
        "may_run": may_run(request.user, poll),
        **before_opening(poll),
        "may_see_figures": may_see_figures(request.user, poll),
    }
    status = 422 if refusal else 200
    return page_or_partial(request, "polls/poll.html", context, partials={"poll", "poll-result"}, status=status)


def _labelled(kind, options):
    for option in options:
        option.label = kind.label(option.text)
    return options


@require_safe
def poll_names(request, poll_id):
    """Who chose what, in an open poll whose result may be seen."""
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    result = shown_result(poll, right_to_vote(poll, request.user), sees_figures=may_see_figures(request.user, poll))
    if poll.secrecy != "open" or poll.kind == Kind.SURVEY or result is None:
        raise PermissionDenied
    page = Paginator(named_choices(poll), NAMES_PER_PAGE).get_page(request.GET.get("page"))
    kind, shape = kind_of(poll), ballot_shape(poll)
    rows = [(elector.member, kind.words(elector.answer, shape)) for elector in page]
    return page_or_partial(request, "polls/names.html", {"poll": poll, "page": page, "rows": rows})


@require_POST
def poll_add_option(request, poll_id):
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    if right_to_vote(poll, request.user) is None:
        raise PermissionDenied
    told(request, add_option, poll=poll, by=request.user, text=request.POST.get("text", "")[:200])
    return redirect(poll)
