from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.pages.access import may_announce, openable_announcements, visible_announcements, writable_announcements
from community.pages.forms import ReplyForm
from community.pages.queries import (
    my_reading,
    my_threads,
    pinned_announcements,
    replies_for,
    unread_announcements,
    with_unread_mark,
)
from community.pages.services import (
    acknowledge,
    read_all_announcements,
    read_announcement,
    remove_reply,
    reply_to_announcement,
)
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE, REPLIES_PER_PAGE = 20, 50


@require_safe
def announcement_list(request):
    """What is pinned first, then unread, then the rest, newest first."""
    member = request.user
    pinned = list(with_unread_mark(pinned_announcements(member), member).select_related("owner"))
    others = with_unread_mark(visible_announcements(member), member).exclude(pk__in=[page.pk for page in pinned])
    ordered = others.select_related("owner").order_by(F("is_unread").desc(), "-first_published_at", "-pk")
    context = {
        "pinned": pinned,
        "page": Paginator(ordered, PER_PAGE).get_page(request.GET.get("page")),
        "unread": unread_announcements(member).count(),
        "may_announce": may_announce(member),
    }
    return page_or_partial(request, "pages/announcement_list.html", context)


@require_safe
def announcement_detail(request, pk):
    announcement = get_object_or_404(openable_announcements(request.user).select_related("owner"), pk=pk)
    is_for_me = visible_announcements(request.user).filter(pk=pk).exists()
    if is_for_me:
        read_announcement(announcement=announcement, member=request.user)
    context = _context(request, announcement, is_for_me)
    return page_or_partial(request, "pages/announcement.html", context, partials={"discussion"})


@require_POST
def confirm_reading(request, pk):
    announcement = get_object_or_404(visible_announcements(request.user), pk=pk)
    if told(request, acknowledge, announcement=announcement, member=request.user):
        messages.success(request, _("Thank you. The sender sees that you have read it."))
    return redirect("announcement", pk=pk)


@require_POST
def reply(request, pk):
    announcement = get_object_or_404(visible_announcements(request.user).select_related("owner"), pk=pk)
    form = ReplyForm(request.POST)
    if form_accepts(form, reply_to_announcement, announcement=announcement, member=request.user):
        messages.success(request, _("Your reply is on its way to the sender."))
        return redirect("announcement", pk=pk)
    context = {**_context(request, announcement, True), "reply_form": form}
    return page_or_partial(request, "pages/announcement.html", context, status=422)


@require_POST
def read_all(request):
    read_all_announcements(member=request.user)
    return redirect("announcements")


@require_POST
def delete_reply(request, pk, reply_id):
    """Only what one may read can be pointed at; who may remove it is the service's question."""
    announcement = get_object_or_404(openable_announcements(request.user), pk=pk)
    may_write = writable_announcements(request.user).filter(pk=pk).exists()
    reply = get_object_or_404(replies_for(request.user, announcement, may_write), pk=reply_id)
    if told(request, remove_reply, reply=reply, by=request.user):
        messages.success(request, _("The reply is gone."))
    return redirect("announcement", pk=pk)


def _context(request, announcement, is_for_me):
    may_write = writable_announcements(request.user).filter(pk=announcement.pk).exists()
    replies = replies_for(request.user, announcement, may_write) if announcement.takes_replies else ()
    return {
        "announcement": announcement,
        "is_for_me": is_for_me,
        "reading": my_reading(request.user, announcement),
        "is_late": announcement.acknowledge_by and announcement.acknowledge_by < timezone.localdate(),
        "replies": Paginator(replies, REPLIES_PER_PAGE).get_page(request.GET.get("page", -1)),
        "threads": my_threads(request.user, announcement),
        "reply_form": ReplyForm() if is_for_me and announcement.takes_replies else None,
        "may_write": may_write,
    }
