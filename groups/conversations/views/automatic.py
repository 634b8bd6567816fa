"""A group's automatic answers, for who manages it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from groups.conversations.automatic import add_answer, remove_answer
from groups.conversations.forms import AnswerForm
from groups.subgroups.access import entered_subgroups, may_manage
from groups.subgroups.pages import subgroup_context
from theme.responses import form_accepts, page_or_partial


def _managed(request, slug):
    subgroup = get_object_or_404(entered_subgroups(request.user), slug=slug)
    if not may_manage(request.user, subgroup):
        raise PermissionDenied
    return subgroup


@require_http_methods(["GET", "HEAD", "POST"])
def auto_answers(request, slug):
    subgroup = _managed(request, slug)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, add_answer, subgroup=subgroup, by=request.user):
        return redirect("auto-answers", slug=slug)
    context = {**subgroup_context(request, subgroup, "chat"), "form": form, "answers": subgroup.auto_answers.all()}
    return page_or_partial(request, "conversations/auto_answers.html", context, status=422 if form.errors else 200)


@require_POST
def auto_answer_remove(request, slug, answer_id):
    answer = get_object_or_404(_managed(request, slug).auto_answers, pk=answer_id)
    remove_answer(answer=answer, by=request.user)
    return redirect("auto-answers", slug=slug)
