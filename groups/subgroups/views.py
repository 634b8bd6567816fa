from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from groups.subgroups.access import entered_subgroups, is_member, members_of, visible_subgroups
from groups.subgroups.modules import tabs_of
from groups.subgroups.services import join, leave
from theme.responses import page_or_partial, told

PER_PAGE = 30


@require_safe
def subgroup_list(request):
    mine = entered_subgroups(request.user)
    others = visible_subgroups(request.user).exclude(pk__in=mine)
    return page_or_partial(request, "subgroups/list.html", {"mine": mine, "others": others})


@require_safe
def subgroup_page(request, slug):
    """The group's front door: members go on to its first tab, others read what it is for and how to join."""
    subgroup = get_object_or_404(visible_subgroups(request.user), slug=slug)
    if is_member(request.user, subgroup):
        return redirect(reverse(tabs_of(subgroup)[0].url_name, args=[subgroup.slug]))
    return page_or_partial(request, "subgroups/front.html", {"subgroup": subgroup})


@require_safe
def subgroup_members(request, slug):
    subgroup = get_object_or_404(entered_subgroups(request.user), slug=slug)
    page = Paginator(members_of(subgroup), PER_PAGE).get_page(request.GET.get("page"))
    return page_or_partial(request, "subgroups/members.html", {"subgroup": subgroup, "page": page})


@require_POST
def join_subgroup(request, slug):
    subgroup = get_object_or_404(visible_subgroups(request.user), slug=slug)
    told(request, join, subgroup=subgroup, member=request.user)
    return redirect(subgroup)


@require_POST
def leave_subgroup(request, slug):
    subgroup = get_object_or_404(entered_subgroups(request.user), slug=slug)
    return redirect("subgroups" if told(request, leave, subgroup=subgroup, member=request.user) else subgroup)
