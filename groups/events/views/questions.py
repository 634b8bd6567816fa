from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groups.events.forms import QuestionFormSet
from groups.events.queries import replies_by_person
from groups.events.services import ask_at_event
from groups.events.views.events import mine_to_change
from theme.errors import Refusal
from theme.responses import page_or_partial


@require_http_methods(["GET", "HEAD", "POST"])
def event_questions(request, pk):
    """What the organiser asks who comes; empty lines are left out."""
    event = mine_to_change(request, pk)
    now = list(event.questions.values("text", "is_required", "is_sensitive"))
    formset = QuestionFormSet(request.POST or None, initial=now, prefix="q")
    if request.method == "POST" and formset.is_valid():
        rows = [form.cleaned_data for form in formset if form.cleaned_data.get("text")]
        try:
            ask_at_event(event=event, questions=rows)
            messages.success(request, _("Saved. Who comes is asked these questions."))
            return redirect(event)
        except Refusal as refusal:
            messages.error(request, refusal.message)
    status = 422 if request.method == "POST" else 200
    return page_or_partial(request, "events/questions.html", {"event": event, "formset": formset}, status=status)


@require_safe
def event_replies(request, pk):
    event = mine_to_change(request, pk)
    context = {"event": event, "people": replies_by_person(event)}
    return page_or_partial(request, "events/replies.html", context)
