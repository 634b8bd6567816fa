"""The practice bank, the way back from a payment, and the address where a provider reports."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.providers.access import attempt_named, visible_attempts
from finance.providers.services import apply_status, hear, practice_bank_is_open, refresh
from finance.providers.tasks import handle_soon
from theme.responses import page_or_partial, told

PROVIDER_ID = re.compile(r"tr_[A-Za-z0-9_]{1,57}")
ENDINGS = {"paid", "failed", "cancelled"}


@require_http_methods(["GET", "HEAD", "POST"])
def practice_bank(request, key):
    """What a member would see at a real bank, with buttons for every ending."""
    if not practice_bank_is_open():
        raise Http404
    attempt = get_object_or_404(visible_attempts(request.user), key=key, provider="practice")
    if request.method == "POST" and request.POST.get("ending") in ENDINGS:
        attempt = apply_status(attempt=attempt, status=request.POST["ending"])
        _tell(request, attempt)
        return redirect(attempt.return_path)
    return page_or_partial(request, "providers/practice_bank.html", {"attempt": attempt})


@require_safe
def come_back(request, key):
    """The payer returns, maybe before the provider's notice: ask how it stands, and say so."""
    attempt = get_object_or_404(visible_attempts(request.user), key=key)
    told(request, refresh, attempt=attempt)
    attempt.refresh_from_db()
    _tell(request, attempt)
    return redirect(attempt.return_path)


def _tell(request, attempt) -> None:
    if attempt.held_because == "duplicate":
        messages.info(request, _("This was paid twice. The treasurer pays it back."))
    elif attempt.held_because:
        messages.info(
            request, _("Your payment came in, but it cannot be counted here any more. The treasurer looks at it.")
        )
    elif attempt.status == "paid":
        messages.success(request, _("Paid. Thank you."))
    elif attempt.is_live:
        messages.info(request, _("Your bank has not answered yet. You need not do anything; you get a receipt."))
    else:
        messages.info(request, _("Nothing was paid. You can try again."))


@csrf_exempt  # posted by Mollie, which proves nothing: what it says is asked back over our own connection
@login_not_required
@require_POST
def mollie_webhook(request, key):
    """Always 200 for what we do not know, so that nobody learns which keys exist; 503 when we could not keep it."""
    provider_id, attempt = request.POST.get("id", ""), attempt_named(key)
    if attempt is None or not PROVIDER_ID.fullmatch(provider_id):
        return HttpResponse()
    notice = hear(attempt=attempt, provider_id=provider_id)
    if notice is None:
        return HttpResponse(status=503)
    handle_soon(notice)
    return HttpResponse()
