from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from notifications.access import visible_notices
from notifications.kinds import notice_kind, words_of
from notifications.queries import shown_notices
from notifications.services import read_notices
from theme.responses import page_or_partial

PER_PAGE = 30


@require_safe
def notice_list(request):
    notices = visible_notices(request.user).order_by("-created_at", "-pk")
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    shown = shown_notices(page.object_list, request.user)
    today = timezone.localdate()
    context = {
        "page": page,
        "today": [notice for notice in shown if timezone.localdate(notice.at) == today],
        "earlier": [notice for notice in shown if timezone.localdate(notice.at) != today],
        "has_unread": any(notice.is_unread for notice in shown),
    }
    return page_or_partial(request, "notifications/list.html", context, partials={"notices"})


@require_safe
def open_notice(request, notice_id):
    """Follow a notice to what it is about, and count it as read."""
    notice = get_object_or_404(visible_notices(request.user), pk=notice_id)
    read_notices(member=request.user, keys=[notice.key])
    return redirect(words_of(notice_kind(notice.kind), request.user, notice.context, notice.count).path)


@require_POST
def read_all(request):
    read_notices(member=request.user)
    return redirect("notices")
