"""One message: its place, and what one may do with it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.conversations.access import may_mark_answer, may_move, may_post, may_start_from, visible_messages
from groups.conversations.direct import read_by
from groups.conversations.forms import EditForm
from groups.conversations.models import Reaction
from groups.conversations.reactions import choices, react
from groups.conversations.services import edit_message, mark_answer, remove_message
from groups.conversations.writing_to import may_write_to
from theme.registry import Registry
from theme.responses import form_accepts, page_or_partial, told

act_links = Registry("What else can be done with another's message? function(message) -> ActLink")


@dataclass(frozen=True, slots=True)
class ActLink:
    label: str
    icon: str
    url: str


def _message(request, message_id):
    found = visible_messages(request.user).select_related("author", "conversation__subgroup")
    return get_object_or_404(found, pk=message_id)


def _is_archived(message) -> bool:
    """In an archived group everything stays as it was said."""
    subgroup = message.conversation.subgroup
    return subgroup is not None and subgroup.archived_at is not None


def place_of(message) -> str:
    return f"{message.conversation.get_absolute_url()}?om={message.number}#message-{message.pk}"


@require_safe
def message_place(request, message_id):
    """A link to a message goes on to where it stands."""
    return redirect(place_of(_message(request, message_id)))


@require_safe
def message_acts(request, message_id):
    message = _message(request, message_id)
    context = {
        "message": message,
        "place": place_of(message),
        "links": [link(message) for link in act_links],
        "is_own": message.author_id == request.user.pk,
        "readers": read_by(message, request.user),
        "may_write": message.author is not None and may_write_to(request.user, message.author),
        "choices": choices(message, request.user),
        "may_post": may_post(request.user, message.conversation),
        "may_mark": message.number > 1 and may_mark_answer(request.user, message.conversation),
        "may_move": may_move(request.user, message.conversation),
        "may_start": may_start_from(request.user, message.conversation),
        "is_answer": message.conversation.answer_id == message.pk,
    }
    return page_or_partial(request, "conversations/message_acts.html", context, partials={"message-acts"})


@require_http_methods(["GET", "HEAD", "POST"])
def message_edit(request, message_id):
    message = _message(request, message_id)
    if message.author_id != request.user.pk or message.is_gone or _is_archived(message):
        raise PermissionDenied
    form = EditForm(request.POST or None, initial={"text": message.text})
    if request.method == "POST" and form_accepts(form, edit_message, message=message, by=request.user):
        return redirect(place_of(message))
    context = {"message": message, "form": form, "place": place_of(message)}
    return page_or_partial(request, "conversations/message_edit.html", context, status=422 if form.errors else 200)


@require_POST
def message_react(request, message_id):
    message = _message(request, message_id)
    kind = request.POST.get("kind")
    if _is_archived(message):
        raise PermissionDenied
    if message.is_gone or kind not in Reaction.Kind.values:
        raise SuspiciousOperation("no such reaction")
    react(message=message, by=request.user, kind=kind, is_private=request.POST.get("private") == "1")
    if request.headers.get("HX-Request"):
        return TemplateResponse(
            request, "conversations/message_reactions.html", {"message": message, "reader": request.user}
        )
    return redirect(place_of(message))


@require_POST
def message_remove(request, message_id):
    message = _message(request, message_id)
    if message.author_id != request.user.pk:
        raise PermissionDenied
    told(request, remove_message, message=message, by=request.user)
    return redirect(place_of(message))


@require_POST
def message_answer(request, message_id):
    """Mark a reply as the answer, or take the mark away."""
    message = _message(request, message_id)
    if not may_mark_answer(request.user, message.conversation):
        raise PermissionDenied
    marked = message if request.POST.get("on") == "1" else None
    told(request, mark_answer, conversation=message.conversation, message=marked, by=request.user)
    return redirect(place_of(message))
