"""The practice bank: what a member would see at a real bank, with buttons for every ending."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from finance.providers.access import visible_attempts
from finance.providers.services import apply_status, practice_bank_is_open
from theme.responses import page_or_partial

ENDINGS = {"paid", "failed", "cancelled"}


@require_http_methods(["GET", "HEAD", "POST"])
def practice_bank(request, key):
    if not practice_bank_is_open():
        raise Http404
    attempt = get_object_or_404(visible_attempts(request.user), key=key)
    if request.method == "POST" and request.POST.get("ending") in ENDINGS:
        attempt = apply_status(attempt=attempt, status=request.POST["ending"])
        _tell(request, attempt)
        return redirect(attempt.return_path)
    return page_or_partial(request, "providers/practice_bank.html", {"attempt": attempt})


def _tell(request, attempt) -> None:
    if attempt.held_because:
        messages.info(request, _("This was paid twice. The treasurer pays it back."))
    elif attempt.status == "paid":
        messages.success(request, _("Paid. Thank you."))
    else:
        messages.info(request, _("Nothing was paid. You can try again."))
