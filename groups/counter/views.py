from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.counter.access import (
    all_services,
    answers_requests,
    overdue_requests,
    requests_to_answer,
    visible_requests,
    visible_services,
)
from groups.counter.forms import AnswerForm, AskForm, OwnerForm, ServiceForm
from groups.counter.services import answer_request, ask_service, keep_service, take_request
from theme.responses import form_accepts, page_or_partial, told

EDIT = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 30


@require_safe
def counter(request):
    """What one can ask for, and how the own requests stand."""
    mine = visible_requests(request.user).filter(member=request.user).select_related("service", "owner")
    context = {
        "services": visible_services(request.user),
        "page": Paginator(mine, PER_PAGE).get_page(request.GET.get("page")),
        "answers": answers_requests(request.user),
    }
    return page_or_partial(request, "counter/counter.html", context)


@EDIT
def service(request, service_id):
    found = get_object_or_404(visible_services(request.user), pk=service_id)
    form = AskForm(request.POST or None, question=found.question)
    if request.method == "POST" and form_accepts(form, ask_service, service=found, member=request.user):
        messages.success(request, _("Your request has number %(number)s.") % {"number": form.result.pk})
        return redirect(form.result)
    context = {"service": found, "form": form}
    return page_or_partial(request, "counter/service.html", context, status=422 if form.errors else 200)


def _request(request, service_request_id):
    found = visible_requests(request.user).select_related("service", "member", "owner")
    return get_object_or_404(found, pk=service_request_id)


def _answering(request, found) -> bool:
    return answers_requests(request.user) and found.member_id != request.user.pk


@EDIT
def request_page(request, service_request_id):
    """For who asked how it stands; for who answers also the way to answer."""
    found = _request(request, service_request_id)
    answering = _answering(request, found)
    if request.method == "POST" and not answering:
        raise PermissionDenied
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, answer_request, request=found, by=request.user):
        messages.success(request, _("The member hears it."))
        return redirect(found)
    context = {"found": found, "steps": found.steps.select_related("by"), "is_mine": found.owner_id == request.user.pk}
    if answering and found.is_open:
        context |= {"form": form, "owner_form": OwnerForm(request=found, by=request.user)}
    return page_or_partial(request, "counter/request.html", context, status=422 if form.errors else 200)


@require_POST
def take(request, service_request_id):
    """Make it one's own, or hand it to somebody else who answers."""
    found = _request(request, service_request_id)
    if not _answering(request, found):
        raise PermissionDenied
    form = OwnerForm(request.POST, request=found, by=request.user)
    owner = form.cleaned_data["owner"] if "owner" in request.POST and form.is_valid() else None
    if told(request, take_request, request=found, by=request.user, owner=owner):
        messages.success(request, _("The member sees who is on it."))
    return redirect(found)


@require_safe
def desk(request):
    if not answers_requests(request.user):
        raise PermissionDenied
    waiting = requests_to_answer(request.user).order_by("due_on", "asked_at", "pk")
    context = {
        "page": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
        "late": overdue_requests(request.user).exclude(owner=None).exclude(owner=request.user).order_by("due_on", "pk"),
        "services": all_services(request.user),
    }
    return page_or_partial(request, "counter/desk.html", context)


@EDIT
def edit_service(request, service_id=None):
    if not answers_requests(request.user):
        raise PermissionDenied
    found = get_object_or_404(all_services(request.user), pk=service_id) if service_id else None
    form = ServiceForm(request.POST or None, instance=found, by=request.user)
    if request.method == "POST" and form_accepts(form, keep_service, by=request.user, service=found):
        messages.success(request, _("Saved."))
        return redirect("counter-desk")
    context = {"form": form, "service": found}
    return page_or_partial(request, "counter/service_form.html", context, status=422 if form.errors else 200)
