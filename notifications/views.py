from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from notifications.kinds import notice_kind
from notifications.queries import shown_notices
from notifications.services import read_notices
from theme.responses import page_or_partial

PER_PAGE = 30


@require_safe
def notice_list(request):
    page = Paginator(request.user.notices.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    for notice in page.object_list:
        notice.member = request.user
    context = {"page": page, "notices": shown_notices(page.object_list)}
    return page_or_partial(request, "notifications/list.html", context, partials={"notices"})


@require_safe
def open_notice(request, notice_id):
    """Follow a notice to what it is about, and count it as read."""
    notice = get_object_or_404(request.user.notices, pk=notice_id)
    notice.member = request.user
    read_notices(member=request.user, keys=[notice.key])
    return redirect(notice_kind(notice.kind).words(request.user, notice.context, notice.count).path)


@require_POST
def read_all(request):
    read_notices(member=request.user)
    return redirect("notices")
