"""The privacy officer's desk: requests with their thirty days, terms of keeping, legal holds."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from community.privacy.access import (
    may_keep_registers,
    visible_breaches,
    visible_holds,
    visible_losses,
    visible_requests,
    visible_runs,
    visible_terms,
)
from community.privacy.forms import AnswerForm, HoldForm, RequestForm, TermForm
from community.privacy.retention import ask_hold, confirm_hold, lift_hold, set_term, term_of
from community.privacy.services import close_request, register_request
from groups.people.proving import reauthentication_required
from theme.responses import form_accepts, page_or_partial, told
from theme.retention import retention_rule, retention_rules


def for_the_officer(view):
    """The desk is known to exist, so who may not use it gets a 403."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not may_keep_registers(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_officer
def requests(request):
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, register_request, by=request.user):
        return redirect("privacy-request", form.result.pk)
    found = visible_requests(request.user)
    context = {
        "form": form,
        "open": found.filter(closed_at__isnull=True),
        "closed": found.filter(closed_at__isnull=False).order_by("-closed_at")[:30],
        "breaches": visible_breaches(request.user)[:30],
        "losses": visible_losses(request.user)[:10],
    }
    return page_or_partial(request, "privacy/requests.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_officer
def one_request(request, request_id):
    found = get_object_or_404(visible_requests(request.user), pk=request_id)
    form = AnswerForm(request.POST or None, instance=None if found.closed_at else found)
    if request.method == "POST" and form_accepts(form, close_request, by=request.user, request=found):
        return redirect("privacy-requests")
    context = {"found": found, "form": form}
    return page_or_partial(request, "privacy/request.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_officer
@reauthentication_required(allow_get=True)
def retention(request):
    form = TermForm(request.POST or None, by=request.user)
    if request.method == "POST" and form_accepts(form, _set_term, by=request.user):
        return redirect("privacy-retention")
    context = {
        "form": form,
        "hold_form": HoldForm(by=request.user),
        "rules": [(rule, term_of(rule)) for rule in retention_rules()],
        "terms": visible_terms(request.user).select_related("subgroup", "set_by")[:50],
        "runs": visible_runs(request.user).select_related("subgroup")[:30],
        "holds": visible_holds(request.user).filter(lifted_at__isnull=True).select_related("subgroup", "asked_by"),
    }
    return page_or_partial(request, "privacy/retention.html", context, status=422 if form.errors else 200)


def _set_term(*, by, rule, subgroup, days):
    return set_term(by=by, rule=retention_rule(rule), subgroup=subgroup, days=days)


@require_POST
@for_the_officer
def ask(request):
    form = HoldForm(request.POST, by=request.user)
    if form_accepts(form, ask_hold, by=request.user):
        return redirect("privacy-retention")
    return page_or_partial(request, "privacy/hold.html", {"form": form}, status=422)


@require_POST
@for_the_officer
@reauthentication_required
def confirm(request, hold_id):
    told(request, confirm_hold, by=request.user, hold=get_object_or_404(visible_holds(request.user), pk=hold_id))
    return redirect("privacy-retention")


@require_POST
@for_the_officer
@reauthentication_required
def lift(request, hold_id):
    told(request, lift_hold, by=request.user, hold=get_object_or_404(visible_holds(request.user), pk=hold_id))
    return redirect("privacy-retention")
