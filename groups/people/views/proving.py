"""Proving anew who one is, without a password and without a second step."""

from urllib.parse import urlsplit

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groups.people.idle import KEPT_KEY
from theme.responses import page_or_partial


@require_http_methods(["GET", "HEAD", "POST"])
def prove_by_code(request):
    """Out, and in again with a new code by mail; allauth sees to it that `next` stays within the house."""
    if request.method == "POST":
        wanted = request.POST.get("next", "")
        logout(request)
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': wanted})}")
    wanted = request.GET.get("next", "")
    if STATE_SESSION_KEY in request.session or KEPT_KEY in request.session:
        # A button was pressed, and its address cannot be opened: afterwards it is back to the page with the button.
        wanted = urlsplit(request.headers.get("Referer", "")).path or reverse("home")
    return page_or_partial(request, "people/prove.html", {"next": wanted})


@require_http_methods(["GET", "HEAD", "POST"])
def sent_while_locked(request):
    """What was sent when the session had locked, to look at first; sending is the browser's own new request."""
    if request.method == "POST":
        request.session.pop(KEPT_KEY, None)
        messages.info(request, _("Nothing was sent."))
        return redirect("home")
    kept = request.session.get(KEPT_KEY)
    if kept is None:
        return redirect("home")
    seen = [(name, value) for name, value in kept["fields"] if value.strip()]
    return page_or_partial(request, "people/sent_while_locked.html", {"kept": kept, "seen": seen})
