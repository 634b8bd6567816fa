"""Seeing the house as a member who asked for it: read-only, with the helper's own log-in, and nothing kept.

The helper stays logged in as themselves; only while one page is made it is made for the member. Three things hold it
closed: only looking is passed on, what is nobody's business is closed by its address, and the whole request runs in a
transaction that is rolled back, so that not even a read mark stays. A page that asks for fresh proof asks for the
member's, which the helper does not have.
"""

from urllib.parse import unquote

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.people.access import may_help
from groups.people.models import SupportAccess
from groups.people.services.support import end_support, note_page

HELPING = "helping"  # the key in the helper's session
LOOKING = frozenset({"GET", "HEAD"})
# Entry, own settings, ballots, desks, money offices, files and whatever carries a secret of the member.
CLOSED = (
    *("/account/", "/cms/", "/settings/", "/privacy/", "/profile/", "/welcome/", "/desk/", "/moderation/", "/health/"),
    *("/treasury/", "/books/", "/practice", "/polls/", "/meetings/", "/surveys/", "/agenda/calendar/", "/my-link/"),
    *("/invitations/", "/documents/", "/attachments/", "/notices/settings/", "/hooks/", "/dev/", "/members/act-"),
)
DIRECT = "/direct/"


def look_along(get_response):
    """While the session is one of helping, make pages for the member whose leave it has."""

    def middleware(request):
        if HELPING not in request.session or not request.user.is_authenticated:
            return get_response(request)
        access = _access(request)
        if access is None:
            del request.session[HELPING]
            messages.info(request, _("This help is over. You see the house as yourself again."))
            return redirect("support-desk")
        if request.path in (reverse("stop-looking-along"), reverse("account_logout")):
            return get_response(request)
        if request.method not in LOOKING or _is_closed(request.path, access):
            return _closed(request, access)
        return _as_member(request, access, get_response)

    return middleware


def _access(request) -> SupportAccess | None:
    """The leave this session works by, asked afresh at every request: it may have been taken back."""
    rows = SupportAccess.objects.running().filter(pk=request.session[HELPING], helper=request.user.pk)
    access = rows.select_related("member", "helper").first()
    if access and not may_help(request.user, access.member):
        end_support(access=access, by=None)
        return None
    return access


def _is_closed(path: str, access: SupportAccess) -> bool:
    path = unquote(path).lower()
    return path.startswith(CLOSED) or (path.startswith(DIRECT) and not access.with_direct)


def _closed(request, access):
    request.looking_along = access
    return render(request, "people/support_closed.html", {"access": access}, status=403)


def _as_member(request, access: SupportAccess, get_response):
    helper, member = request.user, access.member
    member.remembers, member.hides_direct = True, not access.with_direct
    request.user, request.looking_along = member, access
    try:
        with transaction.atomic():
            response = get_response(request)
            transaction.set_rollback(True)
    finally:
        request.user = helper
    response["Not-To-Keep"] = "1"  # theme/service_worker.js: it would read the member's pages again without the leave
    if response.get("Content-Disposition", "").startswith("attachment"):
        response.close()
        return _closed(request, access)
    if response.get("Content-Type", "").startswith("text/html"):
        note_page(access=access, path=request.path)
    return response
