"""What moderators do with conversations: move messages, close and pin discussions."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from groups.conversations.access import (
    may_moderate,
    may_move,
    movable_from,
    targets_of,
    visible_conversations,
    visible_messages,
)
from groups.conversations.forms import MoveForm
from groups.conversations.moving import move_messages, split_off
from groups.conversations.services import close_thread, pin_thread
from theme.responses import form_accepts, page_or_partial


@require_http_methods(["GET", "HEAD", "POST"])
def message_move(request, message_id):
    """Take a message, and those after it that are chosen, to another discussion of the group."""
    found = visible_messages(request.user).present().select_related("conversation__subgroup")
    message = get_object_or_404(found, pk=message_id)
    conversation = message.conversation
    if not may_move(request.user, conversation):
        raise PermissionDenied
    form = MoveForm(
        request.POST or None,
        messages=list(movable_from(message, request.user)),
        targets=targets_of(conversation, request.user).order_by("-last_at"),
    )
    if request.method == "POST" and form_accepts(form, _move, conversation=conversation, by=request.user):
        return redirect(form.result)
    context = {"form": form, "message": message, "conversation": conversation}
    return page_or_partial(request, "conversations/message_move.html", context, status=422 if form.errors else 200)


def _move(*, conversation, by, numbers, title, to):
    if to is None:
        return split_off(conversation=conversation, numbers=numbers, title=title, by=by)
    move_messages(conversation=conversation, numbers=numbers, to=to, by=by)
    return to


def _moderated(request, conversation_id):
    threads = visible_conversations(request.user).filter(kind="thread").select_related("subgroup")
    conversation = get_object_or_404(threads, pk=conversation_id)
    if not may_moderate(request.user, conversation):
        raise PermissionDenied
    return conversation


@require_POST
def thread_close(request, conversation_id):
    conversation = _moderated(request, conversation_id)
    close_thread(conversation=conversation, by=request.user, on=request.POST.get("on") == "1")
    return redirect(conversation)


@require_POST
def thread_pin(request, conversation_id):
    conversation = _moderated(request, conversation_id)
    pin_thread(conversation=conversation, by=request.user, on=request.POST.get("on") == "1")
    return redirect(conversation)
