from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from notifications.access import may_operate, own_deliveries
from notifications.health import checks, stuck_deliveries, verdicts
from notifications.queries import delivery_counts, shown_deliveries
from notifications.services import send_again, set_aside
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
    context = {
        "checks": lines,
        "is_good": all(check.is_good for check in lines),
        "stuck": stuck_deliveries().order_by("claimed_at")[:PER_PAGE],
        "counts": delivery_counts(),
    }
    return page_or_partial(request, "notifications/health.html", context, partials={"checks"})


@require_POST
def judge(request, delivery_id):
    """A person decides about a delivery of which nobody knows whether it arrived."""
    _only_operators(request)
    delivery = get_object_or_404(stuck_deliveries(), pk=delivery_id)
    act = send_again if request.POST.get("act") == "again" else set_aside
    act(delivery=delivery, by=request.user)
    return redirect("health-page")


def _only_operators(request):
    if not may_operate(request.user):
        raise Http404


@require_safe
def own_log(request):
    """What was sent to me, when and how it ended."""
    deliveries = own_deliveries(request.user).order_by("-created_at", "-pk")
    page = Paginator(deliveries, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "deliveries": shown_deliveries(page.object_list, request.user)}
    return page_or_partial(request, "notifications/log.html", context)
