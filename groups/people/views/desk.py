"""The association's desk about people: applications, roles, the register, double members, guardians."""

from functools import wraps

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.access import (
    all_members,
    answers_to_approve,
    held_roles,
    may_for_association,
    merges,
    open_applications,
    register_imports,
)
from groups.people.audit import record
from groups.people.doubles import likely_doubles
from groups.people.forms import ApplyForm, ChildForm, DecideForm, ImportForm, RoleForm
from groups.people.proving import reauthentication_required
from groups.people.queries import by_name
from groups.people.register.applying import start_import
from groups.people.register.exporting import export_lines
from groups.people.register.planning import plan_import
from groups.people.register.undoing import ask_undo
from groups.people.services import (
    add_child,
    apply,
    confirm_application,
    decide_application,
    end_role,
    grant_role,
    keep_apart,
    merge_members,
    undo_merge,
)
from theme.errors import Refusal
from theme.responses import form_accepts, page_or_partial, sent_id, told


def only_with(right):
    """For who holds a right of the association today; everybody else is told that this is not theirs to do."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not may_for_association(request.user, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def picked(request, name="member"):
    """The member chosen from the search results, and the results for the search."""
    search = request.GET.get("q", "").strip()[:60]
    chosen = request.POST.get(name) or request.GET.get(name) or ""
    person = all_members(request.user).filter(pk=int(chosen)).first() if chosen.isdigit() else None
    return {"picked": person, "search": search, "results": found_people(request.user, search)}


def found_people(member, search: str):
    return by_name(all_members(member), search)[:10] if search else []


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def apply_online(request):
    form = ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Each application mails an address of which nobody knows yet whose it is.
        if refused := ratelimit.consume_or_429(request, action="apply", key=form.cleaned_data["email"].lower()):
            return refused
        apply(**form.values())
        return page_or_partial(request, "people/apply_mailed.html", {})
    return page_or_partial(request, "people/apply.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def confirm(request, token):
    """The link only opens a page: mail programs look at links, and looking is not confirming."""
    if request.method != "POST":
        return page_or_partial(request, "people/apply_confirm.html", {})
    try:
        confirm_application(token=token)
    except Refusal as refusal:
        return page_or_partial(request, "people/apply_gone.html", {"refusal": refusal}, status=404)
    return page_or_partial(request, "people/apply_waiting.html", {})


@require_safe
@only_with("decide_applications")
def applications(request):
    return page_or_partial(request, "people/applications.html", {"applications": open_applications(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("decide_applications")
def application(request, application_id):
    found = get_object_or_404(open_applications(request.user), pk=application_id)
    if request.method == "POST":
        form = DecideForm(request.POST)
        if form.is_valid() and told(request, decide_application, application=found, by=request.user, **form.values()):
            messages.success(request, _("%(name)s gets your answer by mail.") % {"name": found.display_name})
        return redirect("applications")
    return page_or_partial(request, "people/application.html", {"application": found})


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_roles")
@reauthentication_required
def roles(request):
    """Who holds which role of the association, until when, and who gave it."""
    form = RoleForm(request.POST or None)
    choice = picked(request)
    if request.method == "POST" and choice["picked"] and form.is_valid():
        grant_role(member=choice["picked"], by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s has the role.") % {"name": choice["picked"].display_name})
        return redirect("roles")
    context = {"grants": held_roles(request.user), "form": form, **choice}
    return page_or_partial(request, "people/roles.html", context, status=422 if form.errors else 200)


@require_POST
@only_with("manage_roles")
@reauthentication_required
def end_association_role(request, grant_id):
    grant = get_object_or_404(held_roles(request.user), pk=grant_id)
    end_role(grant=grant, by=request.user)
    messages.success(request, _("The role has ended."))
    return redirect("roles")


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_members")
def register(request):
    """The register: bring members in from a file, take them out as one, and what was done before."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = plan_import(name=upload.name, content=upload.read(), by=request.user)
        except Refusal as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("register-import", made.pk)
    context = {
        "form": form,
        "imports": register_imports(request.user)[:20],
        "merges": merges(request.user)[:10],
        "count": all_members(request.user).count(),
        "approvals": answers_to_approve(request.user).count(),
    }
    return page_or_partial(request, "people/register.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_members")
@reauthentication_required(allow_get=True)
def register_import(request, import_id):
    """The dry run, line by line; then the progress; then the way back."""
    made = get_object_or_404(register_imports(request.user), pk=import_id)
    if request.method == "POST":
        act, task = (ask_undo, "put_back") if "undo" in request.POST else (start_import, "take_over")
        if told(request, act, made=made, by=request.user):
            _tell_worker(task, made.pk)
        return redirect("register-import", import_id)
    outcome = request.GET.get("outcome", "")
    rows = made.rows.filter(outcome=outcome) if outcome else made.rows.all()
    context = {
        "made": made,
        "page": Paginator(rows.order_by("line"), 30).get_page(request.GET.get("page")),
        "outcome": outcome,
        "counts": made.counts(),
        "live": f"me register.{made.pk}",
    }
    return page_or_partial(request, "people/import.html", context, partials={"progress"})


def _tell_worker(task: str, import_id: int) -> None:
    from groups.people import tasks

    def tell():
        getattr(tasks, task).delay(import_id)

    # Without a broker the clock finds the import within a minute.
    transaction.on_commit(tell, robust=True)


@require_POST
@only_with("manage_members")
@reauthentication_required
def export(request):
    """All members as one file; noted in the log, because it leaves the house."""
    record(by=request.user, act="register.exported", about=request.user)
    lines = export_lines(all_members(request.user), reader=request.user)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="members-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_members")
@reauthentication_required
def merge(request):
    """Two accounts of one person: choose which one stays and which one goes."""
    kept, gone = picked(request, "kept")["picked"], picked(request, "gone")
    if request.method == "POST" and "undo" in request.POST:
        found = get_object_or_404(merges(request.user), pk=sent_id(request.POST, "undo"))
        if told(request, undo_merge, merge=found, by=request.user):
            messages.success(request, _("They are two people again."))
        return redirect("register")
    if request.method == "POST" and kept and gone["picked"]:
        if told(request, merge_members, kept=kept, gone=gone["picked"], by=request.user):
            messages.success(request, _("They are one person now. You can undo this for 30 days."))
        return redirect("register")
    if request.method == "POST" and "different" in request.POST:
        return _keep_apart(request)
    context = {
        "kept": kept,
        "gone": gone["picked"],
        "search": gone["search"],
        "results": gone["results"],
        "doubles": likely_doubles(all_members(request.user)) if not kept and not gone["search"] else [],
    }
    return page_or_partial(request, "people/merge.html", context)


def _keep_apart(request):
    """“first:second” from the list of likely doubles: they are two people."""
    first, _sep, second = request.POST["different"].partition(":")
    people = all_members(request.user)
    numbers = [int(pk) for pk in (first, second) if pk.isdigit()]
    found = list(people.filter(pk__in=numbers))
    if len(found) == 2:
        keep_apart(first=found[0], second=found[1], by=request.user)
    return redirect("merge-members")


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_members")
@reauthentication_required(allow_get=True)
def children(request):
    """Give a child an account under a guardian."""
    form = ChildForm(request.POST or None)
    choice = picked(request)
    if request.method == "POST" and choice["picked"]:
        values = {"guardian": choice["picked"], "by": request.user}
        if form_accepts(form, add_child, **values):
            messages.success(request, _("%(name)s can be looked after now.") % {"name": form.result.display_name})
            return redirect("children")
    context = {"form": form, **choice}
    return page_or_partial(request, "people/children.html", context, status=422 if form.errors else 200)
