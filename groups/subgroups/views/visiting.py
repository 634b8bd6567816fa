"""Finding a group, looking at it from outside, coming in and going out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.profile_parts import with_lines
from groups.subgroups.access import (
    entered_or_404,
    entered_subgroups,
    inviting_me,
    is_member,
    my_memberships,
    my_places,
    readable_or_404,
    readable_subgroups,
    visible_subgroups,
)
from groups.subgroups.forms import AskForm, LeaveForm
from groups.subgroups.kinds import shows_itself
from groups.subgroups.modules import tabs_of, unread_by_subgroup
from groups.subgroups.pages import subgroup_context
from groups.subgroups.queries import (
    board_of,
    composition,
    found_subgroups,
    memberships_with_roles,
    officers,
    with_managers,
)
from groups.subgroups.services import (
    ask_to_join,
    give_up_waiting,
    join,
    leave,
    take_place,
    wait_for_place,
    withdraw_request,
)
from groups.subgroups.services.membership import is_last_manager
from groups.subgroups.standing import current_address, standing_in, standings
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 30


@require_safe
def subgroup_list(request):
    """Own groups first, then those one can join; the search looks in names, purposes and interests."""
    search = request.GET.get("q", "").strip()[:60]
    mine = my_memberships(request.user).select_related("subgroup").order_by("-is_favourite", "subgroup__name")
    others = visible_subgroups(request.user).exclude(pk__in=entered_subgroups(request.user))
    shown = with_managers(found_subgroups(others, search))
    standings(request.user, shown)
    context = {
        "memberships": _with_unread(request.user, mine) if not search else [],
        "others": shown,
        "search": search,
    }
    return page_or_partial(request, "subgroups/list.html", context, partials={"found"})


def _with_unread(member, memberships):
    unread = unread_by_subgroup(member)
    rows = list(memberships)
    for row in rows:
        row.unread = unread.get(row.subgroup_id, 0)
    return rows


@require_safe
def subgroup_page(request, slug):
    """The group's front door: members go on to its first tab, others read what it is for and how to join."""
    subgroup = visible_subgroups(request.user).filter(slug=slug).first()
    if subgroup is None:
        return _elsewhere(request, slug)
    if is_member(request.user, subgroup):
        tabs = tabs_of(subgroup)
        with_news = [tab for tab in tabs if tab.badge and tab.badge(request.user, subgroup)]
        calm = [tab for tab in tabs if tab.module == "threads"] or tabs
        return redirect(reverse((with_news or calm)[0].url_name, args=[subgroup.slug]))
    return _front(request, subgroup)


def _elsewhere(request, slug):
    """An archived group opens for who was in it; an old address leads on, if one may know where."""
    archived = readable_subgroups(request.user).filter(slug=slug).first()
    if archived:
        return _front(request, archived)
    address = current_address(slug)
    if address is None or not visible_subgroups(request.user).filter(slug=address).exists():
        raise Http404
    return redirect("subgroup", slug=address, permanent=True)


@require_safe
def about_subgroup(request, slug):
    """The same page as outsiders see, for members who want to read it again."""
    known = visible_subgroups(request.user) | readable_subgroups(request.user)
    return _front(request, get_object_or_404(known.distinct(), slug=slug))


def _front(request, subgroup, form=None, status=200):
    context = {
        **subgroup_context(request, subgroup, "about"),
        # A branch shows its board to everybody; of another group outsiders see who manages it.
        "board": board_of(subgroup) if shows_itself(subgroup) else [],
        "officers": [] if shows_itself(subgroup) else officers(subgroup, is_member(request.user, subgroup)),
        "standing": standing_in(request.user, subgroup),
        "is_closed": any(place.subgroup_id == subgroup.pk and place.closed_at for place in my_places(request.user)),
        "composition": composition(subgroup),
        "form": form or AskForm(),
    }
    return page_or_partial(request, "subgroups/front.html", context, status=status)


@require_safe
def subgroup_members(request, slug):
    subgroup = readable_or_404(request.user, slug)
    search = request.GET.get("q", "").strip()[:60]
    page = Paginator(memberships_with_roles(subgroup, search), PER_PAGE).get_page(request.GET.get("page"))
    with_lines(membership.member for membership in page)
    context = {**subgroup_context(request, subgroup, "members"), "page": page, "search": search}
    return page_or_partial(request, "subgroups/members.html", context, partials={"found"})


@require_safe
def picture(request, slug):
    """Of a group one may know about, or to which one is invited."""
    known = visible_subgroups(request.user) | readable_subgroups(request.user) | inviting_me(request.user)
    subgroup = get_object_or_404(known.distinct(), slug=slug)
    if not subgroup.picture:
        raise Http404
    response = FileResponse(subgroup.picture.open(), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@require_POST
def join_subgroup(request, slug):
    subgroup = get_object_or_404(visible_subgroups(request.user), slug=slug)
    if told(request, join, subgroup=subgroup, member=request.user):
        messages.success(request, _("You are in %(group)s.") % {"group": subgroup.name})
    return redirect(subgroup)


@require_POST
def ask_subgroup(request, slug):
    subgroup = get_object_or_404(visible_subgroups(request.user), slug=slug)
    form = AskForm(request.POST)
    if form_accepts(form, ask_to_join, subgroup=subgroup, member=request.user):
        messages.success(request, _("You have asked. A manager of the group looks at it."))
        return redirect(subgroup)
    return _front(request, subgroup, form, 422)


@require_POST
def unask_subgroup(request, slug):
    subgroup = get_object_or_404(visible_subgroups(request.user), slug=slug)
    withdraw_request(subgroup=subgroup, member=request.user)
    messages.success(request, _("You no longer ask to join."))
    return redirect(subgroup)


WAITING = {"wait": wait_for_place, "stop": give_up_waiting, "take": take_place}


@require_POST
def wait_for_subgroup(request, slug, act):
    subgroup = get_object_or_404(visible_subgroups(request.user), slug=slug)
    told(request, WAITING[act], subgroup=subgroup, member=request.user)
    return redirect(subgroup)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_subgroup(request, slug):
    """One page, two taps; the reason may stay empty. Who is the only manager reads how to find a successor."""
    subgroup = entered_or_404(request.user, slug)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form_accepts(form, leave, subgroup=subgroup, member=request.user):
        messages.success(request, _("You have left %(group)s.") % {"group": subgroup.name})
        return redirect("subgroups")
    context = {
        "subgroup": subgroup,
        "form": form,
        "is_last_manager": is_last_manager(subgroup, request.user),
    }
    return page_or_partial(request, "subgroups/leave.html", context, status=422 if form.errors else 200)


@require_POST
def favourite_subgroup(request, slug):
    """Turn the star of an own group on or off."""
    membership = get_object_or_404(my_memberships(request.user), subgroup__slug=slug)
    membership.is_favourite = not membership.is_favourite
    membership.save(update_fields=["is_favourite"])
    return redirect("subgroups")
