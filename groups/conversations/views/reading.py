"""What an open page asks and tells while it stands open."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from groups.conversations.access import visible_conversations
from groups.conversations.direct import note_presence
from groups.conversations.mentions import suggestions
from groups.conversations.queries import newer_than
from groups.conversations.services import follow, read_up_to


@require_safe
def after(request, conversation_id):
    """The messages a page missed while its line was down."""
    conversation = get_object_or_404(visible_conversations(request.user), pk=conversation_id)
    lines = newer_than(conversation, request.user, _number(request.GET.get("after")))
    return TemplateResponse(request, "conversations/lines.html", {"lines": lines, "reader": request.user})


@require_safe
def people(request, conversation_id):
    """Who can be named with an @ here: the names that begin with what is typed."""
    conversation = get_object_or_404(visible_conversations(request.user), pk=conversation_id)
    found = suggestions(conversation, request.user, request.GET.get("q", ""))
    return JsonResponse({"people": [{"name": person.display_name, "initials": person.initials} for person in found]})


@require_POST
def read(request, conversation_id):
    """The page says how far it was really seen."""
    conversation = get_object_or_404(visible_conversations(request.user), pk=conversation_id)
    note_presence(request.user.pk)
    number = read_up_to(conversation=conversation, member=request.user, number=_number(request.POST.get("number")))
    if request.headers.get("HX-Request"):
        return JsonResponse({"number": number, "unread": conversation.last_number - number})
    return redirect(conversation)


@require_POST
def follow_conversation(request, conversation_id):
    conversation = get_object_or_404(visible_conversations(request.user), pk=conversation_id)
    follow(conversation=conversation, member=request.user, on=request.POST.get("on") == "1")
    return HttpResponse(status=204) if request.htmx else redirect(conversation)


def _number(value) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0
