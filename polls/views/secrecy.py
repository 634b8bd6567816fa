"""Tellers, draws, publication, and the list in which voters find their envelope."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polls.access import is_teller, may_run, may_see_figures, visible_polls
from polls.ballot_files import ballot_file
from polls.forms import DrawForm
from polls.kinds import kind_of
from polls.queries import final_tally, right_to_vote, shown_result
from polls.services import count_with_tellers, draw_lots, prepare_teller, publish_result
from polls.services.counting import ballot_shape
from polls.services.draws import tie_of
from theme.responses import form_accepts, page_or_partial, told


def _poll_of_teller(request, poll_id):
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    if not (is_teller(request.user, poll) or may_run(request.user, poll)):
        raise PermissionDenied
    return poll


@require_safe
def poll_tellers(request, poll_id):
    """Who the tellers are and whether they are ready; the own passphrase before opening, the count after closing."""
    poll = _poll_of_teller(request, poll_id)
    tellers = list(poll.tellers.select_related("member").order_by("pk"))
    own = next((teller for teller in tellers if teller.member_id == request.user.pk), None)
    context = {"poll": poll, "tellers": tellers, "own": own, "may_count": poll.state == poll.State.CLOSED}
    return page_or_partial(request, "polls/tellers.html", context)


@require_POST
def poll_passphrase(request, poll_id):
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    teller = poll.tellers.filter(member_id=request.user.pk).first()
    if teller is None or poll.is_frozen:
        raise PermissionDenied
    passphrase = request.POST.get("passphrase", "")
    if passphrase != request.POST.get("again"):
        messages.error(request, gettext("The two passphrases differ. Type the same one twice."))
    elif told(request, prepare_teller, teller=teller, passphrase=passphrase):
        messages.success(request, gettext("Your passphrase is set. Keep it on paper: nobody can look it up."))
    return redirect("poll-tellers", poll.pk)


@require_POST
def poll_count(request, poll_id):
    poll = _poll_of_teller(request, poll_id)
    given = {teller.pk: request.POST.get(f"passphrase-{teller.pk}", "") for teller in poll.tellers.all()}
    filled = {pk: passphrase for pk, passphrase in given.items() if passphrase}
    counted = told(request, count_with_tellers, poll=poll, passphrases=filled, by=request.user)
    return redirect(poll) if counted else redirect("poll-tellers", poll.pk)


@require_POST
def poll_publish(request, poll_id):
    poll = _poll_of_teller(request, poll_id)
    told(request, publish_result, poll=poll, by=request.user)
    return redirect(poll)


@require_http_methods(["GET", "HEAD", "POST"])
def poll_draw(request, poll_id):
    """Draw lots between tied options, with witnesses."""
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    if not may_run(request.user, poll):
        raise PermissionDenied
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, draw_lots, poll=poll, by=request.user):
        return redirect("poll-figures", poll.pk)
    tied = poll.options.filter(number__in=tie_of(poll))
    context = {"poll": poll, "form": form, "tied": tied, "draws": poll.draws.order_by("pk")}
    return page_or_partial(request, "polls/draw.html", context, status=422 if form.errors else 200)


@require_safe
def poll_envelopes(request, poll_id):
    """The fingerprints of all envelopes that were counted, for voters to find their own."""
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    tally = final_tally(poll)
    if tally is None or not poll.is_secret:
        raise PermissionDenied
    return page_or_partial(request, "polls/envelopes.html", {"poll": poll, "envelopes": tally.envelopes})


@require_safe
def poll_receipts(request, poll_id):
    """Each counted choice beside a code that only its voter knows."""
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    result = shown_result(poll, right_to_vote(poll, request.user), sees_figures=may_see_figures(request.user, poll))
    # With few votes no figures are shown, and these are figures.
    if not poll.rules.receipts or result is None or not result.is_final or not result.bars:
        raise PermissionDenied
    kind, shape = kind_of(poll), ballot_shape(poll)
    rows = [(code, kind.words(answer, shape)) for code, answer in final_tally(poll).receipts]
    return page_or_partial(request, "polls/receipts.html", {"poll": poll, "rows": rows})


@require_safe
def poll_ballots(request, poll_id):
    """The anonymous ballots in the form that `manage.py count` reads, so that anyone can count again."""
    poll = get_object_or_404(visible_polls(request.user), pk=poll_id)
    elector = right_to_vote(poll, request.user)
    result = shown_result(poll, elector, sees_figures=may_see_figures(request.user, poll))
    content = ballot_file(poll, final_tally(poll)) if result and result.is_final and result.bars else None
    if content is None:
        raise PermissionDenied
    headers = {"Content-Disposition": f'attachment; filename="ballots-{poll.pk}.json"'}
    return JsonResponse(content, headers=headers)
