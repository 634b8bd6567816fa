from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from groups.subgroups.access import entered_subgroups, may, with_module
from groups.subgroups.pages import subgroup_context
from groups.topics.access import subgroups_to_start_in
from groups.topics.forms import TopicForm, WhereForm
from groups.topics.models import Topic
from groups.topics.parts import KINDS
from groups.topics.services import start_topic
from theme.responses import form_accepts, page_or_partial


@require_http_methods(["GET", "HEAD", "POST"])
def new_ask(request):
    """From the list over all groups: first what and where, then the words."""
    subgroups = subgroups_to_start_in(request.user)
    if not subgroups:
        raise PermissionDenied
    form = WhereForm(request.POST or None, subgroups=subgroups, initial={"kind": request.GET.get("kind", "ask")})
    if request.method == "POST" and form.is_valid():
        return redirect("new-topic", slug=form.cleaned_data["subgroup"].slug, kind=form.cleaned_data["kind"])
    return page_or_partial(request, "topics/where.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_topic(request, slug, kind):
    subgroup = get_object_or_404(with_module(entered_subgroups(request.user), "threads"), slug=slug)
    if kind not in Topic.Kind.values:
        raise Http404
    if not may(request.user, "start_thread", subgroup):
        raise PermissionDenied
    form = TopicForm(request.POST or None, kind=kind)
    if request.method == "POST" and form_accepts(form, start_topic, kind=kind, subgroup=subgroup, by=request.user):
        return redirect(form.result)
    context = {**subgroup_context(request, subgroup, "threads"), "form": form, "start_label": KINDS[kind][2]}
    return page_or_partial(request, "topics/new.html", context, status=422 if form.errors else 200)
