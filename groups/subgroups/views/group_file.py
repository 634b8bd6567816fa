"""Bringing groups in from a file, and taking them out as one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from groups.people.audit import record
from groups.people.proving import reauthentication_required
from groups.subgroups.access import group_imports, managed_subgroups
from groups.subgroups.forms import GroupFileForm
from groups.subgroups.group_file import apply_groups, group_lines, plan_groups, undo_groups
from groups.subgroups.views.umbrella import only_with
from theme.errors import Refusal
from theme.responses import page_or_partial, told


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_subgroups")
def groups_file(request):
    form = GroupFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            return redirect("group-import", plan_groups(name=upload.name, content=upload.read(), by=request.user).pk)
        except Refusal as refusal:
            form.add_error("file", refusal.message)
    context = {"form": form, "imports": group_imports(request.user)[:20]}
    return page_or_partial(request, "subgroups/group_file.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_subgroups")
@reauthentication_required(allow_get=True)
def group_import(request, import_id):
    """The dry run, line by line; then what was done, and the way back."""
    made = get_object_or_404(group_imports(request.user), pk=import_id)
    if request.method == "POST":
        undoing = "undo" in request.POST
        if told(request, undo_groups if undoing else apply_groups, made=made, by=request.user):
            messages.success(
                request, _("The import has been undone.") if undoing else _("The file has been taken over.")
            )
        return redirect("group-import", import_id)
    page = Paginator(made.rows, 60).get_page(request.GET.get("page"))
    return page_or_partial(
        request, "subgroups/group_import.html", {"made": made, "counts": made.counts(), "page": page}
    )


@require_POST
@only_with("manage_subgroups")
@reauthentication_required
def export_groups(request):
    """All groups as one file; noted in the log, because it leaves the house."""
    record(by=request.user, act="groups.exported", about=request.user)
    lines = group_lines(managed_subgroups(request.user))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="groups-{timezone.localdate():%Y-%m-%d}.csv"'
    return response
