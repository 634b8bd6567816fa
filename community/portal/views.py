from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.pages.latest import latest_reach, planned_next
from community.pages.queries import latest_unread_announcement
from community.pages.views.files import front_page
from community.portal.catching_up import catch_up
from community.portal.desk import quiet_subgroups, sees_figures, week
from community.portal.navigation import has_desk
from community.portal.queries import greeting, group_rows, group_sections
from community.portal.weekly_list import ask_managers, put_off, week_list
from groups.people.access import may_for_association
from notifications.access import visible_notices
from notifications.cards import cards_for
from notifications.queries import shown_notices
from theme.responses import page_or_partial, told

CARDS_ON_HOME, NOTICES_ON_HOME = 3, 20
SHOW = ("all", "unread", "me")


@login_not_required
@require_safe
def front(request):
    """Home for members; for a visitor what the association publishes, else the log-in page."""
    return home(request) if request.user.is_authenticated else front_page(request)


def home(request):
    """What is for you first, then what is new, then the rest."""
    show = request.GET.get("show") if request.GET.get("show") in SHOW else "all"
    cards = cards_for(request.user, for_desk=False)
    rows = group_rows(request.user)
    shown = [row for row in rows if row.unread] if show == "unread" else rows
    context = {
        "greeting": greeting(request.user),
        "cards": cards[:CARDS_ON_HOME],
        "card_count": len(cards),
        "catch_up": catch_up(request, cards),
        "show": show,
        "rows": shown,
        "sections": group_sections(shown),
        "unread_total": sum(row.unread for row in rows),
        "notices": _notices(request.user) if show == "me" else [],
        "announcement": latest_unread_announcement(request.user),
    }
    return page_or_partial(request, "portal/home.html", context, partials={"groups"})


def _notices(member):
    latest = visible_notices(member).order_by("-created_at", "-pk")[:NOTICES_ON_HOME]
    return shown_notices(latest, member)


@require_safe
def more(request):
    """The list behind the last button of the phone's bottom bar: every page that has no button of its own."""
    return page_or_partial(request, "portal/more.html", {})


@require_safe
def desk(request):
    """What waits for who keeps the community running: to judge first, then how things go."""
    if not has_desk(request):
        raise PermissionDenied
    context = {
        "cards": cards_for(request.user, for_desk=True),
        "week": week(request.user) if sees_figures(request.user) else None,
        "quiet": quiet_subgroups(request.user),
        "latest": latest_reach(request.user),
        "planned": planned_next(request.user),
    }
    return page_or_partial(request, "portal/desk.html", context, partials={"to-do"})


@require_http_methods(["GET", "HEAD", "POST"])
def this_week(request):
    """The community manager's list of the week, with one tap on each line."""
    if not may_for_association(request.user, "manage_subgroups"):
        raise PermissionDenied
    if request.method != "POST":
        return page_or_partial(request, "portal/week_list.html", {"week_list": week_list(request.user)})
    act = {"ask": ask_managers, "later": put_off}.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    if told(request, act, key=request.POST.get("item", "")[:60], by=request.user):
        done = _("Asked. It is a task of the manager now.") if act is ask_managers else _("Gone for this week.")
        messages.success(request, done)
    return redirect("this-week")
