"""Seeing the house as a member who asked for it: read-only, with the helper's own log-in, and nothing kept.

The helper stays logged in as themselves; only while one page is made it is made for the member. Three things hold it
closed: only looking is passed on, only the addresses named here are open, and the whole request runs in a
transaction that is rolled back, so that not even a read mark stays. A page that asks for fresh proof asks for the
member's, which the helper does not have.
"""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from groups.people.access import may_help
from groups.people.models import SupportAccess
from groups.people.services.support import end_support, note_page
from groups.people.surprises import places_of_surprises

HELPING = "helping"  # the key in the helper's session
LOOKING = frozenset({"GET", "HEAD"})
# What may be seen in somebody's eyes, by the name of its address; all other addresses are closed, new ones as well.
# Not here: entry, own settings, ballots, desks of the house and of groups, account numbers, claims, requests for help,
# files, forms, and whatever carries a secret of the member.
OPEN = frozenset(
    {
        *("home", "more", "search", "directory", "member", "portrait", "security-txt", "wagtail_serve", "picture"),
        *("subgroups", "subgroup", "subgroup-picture", "about-subgroup", "subgroup-members", "duty", "guidelines"),
        *("chat", "talk-rules", "threads", "thread", "catch-up", "asks", "questions", "message"),
        *("conversation-after", "conversation-people", "announcements", "announcement", "library", "library-page"),
        *("agenda", "subgroup-agenda", "event", "event-shifts", "tasks", "subgroup-tasks", "task"),
        *("albums", "subgroup-albums", "album", "photo", "photo-file", "photo-small", "counter", "service"),
        *("notices", "open-notice", "pots", "subgroup-pots", "pot", "payments", "payment", "my-fees", "fee-invoice"),
        *("agreements", "agreed-text", "agreed-version", "house_style", "house_icon", "manifest", "service_worker"),
        "offline",
    }
)
OPEN_WITH_LEAVE = frozenset({"direct-inbox", "direct"})  # private messages: only with a yes to those


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
        if request.method not in LOOKING or not _is_open(request.path_info, access):
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


def _is_open(path: str, access: SupportAccess) -> bool:
    try:
        name = resolve(path).view_name
    except Resolver404:
        return True  # there is nothing: the house says so in its own words
    return name in OPEN or (access.with_direct and name in OPEN_WITH_LEAVE)


def _closed(request, access):
    request.looking_along = access
    return render(request, "people/support_closed.html", {"access": access}, status=403)


def _as_member(request, access: SupportAccess, get_response):
    helper, member = request.user, access.member
    member.remembers, member.hides_direct = True, not access.with_direct
    member.looked_along_by, member.hides_places = helper.pk, places_of_surprises(helper)
    request.user, request.looking_along = member, access
    try:
        with transaction.atomic():
            response = get_response(request)
            transaction.set_rollback(True)
    finally:
        request.user = helper
    response["Not-To-Keep"] = "1"  # theme/service_worker.js: it would read the member's pages again without the leave
    if "public" not in response.get("Cache-Control", ""):
        response["Cache-Control"] = "private, no-store"  # nor pictures in the browser's own cache
    if response.get("Content-Disposition", "").startswith("attachment"):
        response.close()
        return _closed(request, access)
    if response.get("Content-Type", "").startswith("text/html"):
        note_page(access=access, path=request.path)
    return response
