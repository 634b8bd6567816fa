import json
import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notifications.errors import UnknownPushService
from notifications.forms import DeviceForm
from notifications.services import forget_device, report_bounce, subscribe_device


@require_POST
def subscribe(request):
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": ""}, status=422)
    try:
        subscribe_device(member=request.user, device=_device(request), **form.cleaned_data)
    except UnknownPushService as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    return HttpResponse(status=204)


def _device(request) -> str:
    """What a member recognises their device by: the platform the browser names, nothing finer."""
    platform = request.headers.get("Sec-CH-UA-Platform", "").strip('"')
    agent = request.headers.get("User-Agent", "")
    known = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    return platform or next((name for name in known if name in agent), "")


@require_POST
def forget(request):
    forget_device(member=request.user, endpoint=request.POST.get("endpoint", ""))
    return HttpResponse(status=204)


@require_POST
def forget_listed(request, device_id):
    """From the list of devices, also for one that is lost or not at hand."""
    device = get_object_or_404(request.user.push_subscriptions, pk=device_id)
    forget_device(member=request.user, endpoint=device.endpoint)
    messages.success(request, _("That device gets no more pushes."))
    return redirect("notice-settings")


@csrf_exempt  # posted by the mail provider, who proves itself with the shared secret
@login_not_required
@require_POST
def bounce(request):
    """The mail provider reports a mail that came back. Takes the names that Postmark, Mailgun and SES use as well."""
    expected = f"Bearer {settings.BOUNCE_SECRET}"
    if not settings.BOUNCE_SECRET or not secrets.compare_digest(request.headers.get("Authorization", ""), expected):
        raise Http404
    try:
        report = json.loads(request.body)
    except ValueError:
        return HttpResponse(status=400)
    if not isinstance(report, dict):
        return HttpResponse(status=400)
    if _may_still_arrive(report):
        return HttpResponse(status=202)
    known = report_bounce(
        return_path=_first(report, "return_path"),
        address=_first(report, "address", "Email", "email", "recipient"),
        reference=f"report:{_first(report, 'id', 'ID', 'event-id', 'MessageID', 'messageId')}",
        reason=_first(report, "reason", "Description", "error"),
    )
    return HttpResponse(status=204 if known else 202)


# A full mailbox or a slow server, in the words of Postmark, Mailgun and SES: the address itself may be good.
PASSING = {"softbounce", "transient", "temporary", "dnserror", "autoresponder", "challengeverification"}


def _may_still_arrive(report: dict) -> bool:
    return _first(report, "Type", "severity", "bounceType", "type").lower() in PASSING


def _first(report: dict, *names: str) -> str:
    return next((str(report[name]) for name in names if report.get(name)), "")
