from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from notifications import services
from notifications.access import given_up_deliveries, may_operate, own_deliveries, unsure_deliveries
from notifications.bounces import mail_back
from notifications.health import checks, verdicts
from notifications.queries import delivery_counts, given_up_counts, shown_deliveries, unsure_rows
from theme.responses import page_or_partial

PER_PAGE = 30


@login_not_required
@require_safe
def health(request):
    """For an uptime monitor: 200 when all is well, 503 when something is not, and which part. No numbers, no names."""
    try:
        parts = {"database": True, **verdicts()}
    except DatabaseError:
        parts = {"database": False}
    is_good = all(parts.values())
    answer = {
        "status": "ok" if is_good else "failing",
        "parts": {code: "ok" if good else "failing" for code, good in parts.items()},
    }
    response = JsonResponse(answer, status=200 if is_good else 503)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def health_page(request):
    _only_operators(request)
    lines = checks()
    context = {**_health_context(), "checks": lines, "is_good": all(check.is_good for check in lines)}
    return page_or_partial(request, "notifications/health.html", context, partials={"checks"})


def _health_context() -> dict:
    return {
        "unsure": unsure_rows(unsure_deliveries().order_by("claimed_at")[:PER_PAGE]),
        "unsure_number": unsure_deliveries().count(),
        "given_up": given_up_counts(),
        "given_up_number": given_up_deliveries().count(),
        "counts": delivery_counts(),
    }


@require_POST
def judge(request, delivery_id):
    """A person decides about a delivery of which nobody knows whether it arrived."""
    _only_operators(request)
    delivery = get_object_or_404(unsure_deliveries(), pk=delivery_id)
    act = services.send_again if request.POST.get("act") == "again" else services.set_aside
    act(delivery=delivery, by=request.user)
    return redirect("health-page")


ACTS_ON_ALL = {
    ("given-up", "again"): services.send_given_up_again,
    ("given-up", "leave"): services.leave_given_up,
    ("unsure", "again"): services.send_unsure_again,
    ("unsure", "leave"): services.leave_unsure,
}


@require_POST
def judge_all(request):
    """The same about all at once. What may have arrived goes out again only for who says to know what that means."""
    _only_operators(request)
    which, does = request.POST.get("which"), request.POST.get("act")
    act = ACTS_ON_ALL.get((which, does))
    if act is None:
        return redirect("health-page")
    if (which, does) == ("unsure", "again") and "twice" not in request.POST:
        messages.error(request, _("Tick first that some members may get the same message twice."))
        return redirect("health-page")
    number = act(by=request.user)
    messages.success(request, _told(number) if does == "again" else _left(number))
    return redirect("health-page")


def _told(number: int) -> str:
    if not number:
        return _("There was nothing left to send.")
    return ngettext("%(number)d is sent again.", "%(number)d are sent again.", number) % {"number": number}


def _left(number: int) -> str:
    return ngettext("%(number)d is left as it is.", "%(number)d are left as they are.", number) % {"number": number}


def _only_operators(request):
    if not may_operate(request.user):
        raise Http404


@require_safe
def own_log(request):
    """What was sent to me, when and how it ended."""
    deliveries = own_deliveries(request.user).order_by("-created_at", "-pk")
    page = Paginator(deliveries, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "deliveries": shown_deliveries(page.object_list, request.user)}
    context["mail_back"] = mail_back(request.user)
    return page_or_partial(request, "notifications/log.html", context)
