"""Back after a while: what mattered, then what is unread, with one button to leave the rest for what it is."""

from datetime import timedelta

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from groups.conversations.access import visible_conversations
from groups.conversations.catching_up import unread_rows
from groups.conversations.services import mark_all_read
from notifications.catching_up import caught_up
from theme.responses import page_or_partial

SPANS = (1, 3, 7, 14, 30)


@require_safe
def catch_up(request):
    typed = request.GET.get("days", "")
    days = int(typed) if typed.isdecimal() and int(typed[:3]) in SPANS else 7
    context = {
        "parts": caught_up(request.user, timezone.now() - timedelta(days=days)),
        "rows": unread_rows(request.user),
        "spans": SPANS,
        "days": days,
    }
    return page_or_partial(request, "conversations/catch_up.html", context)


@require_POST
def read_conversations(request):
    """Mark one conversation read, or all that are unread."""
    rows = unread_rows(request.user)
    if asked := request.POST.get("conversation"):
        chosen = visible_conversations(request.user).filter(pk=int(asked) if asked.isdecimal() else 0)
        rows = [row for row in rows if row in chosen]
    mark_all_read(conversations=rows, member=request.user)
    return redirect("catch-up")
