"""Fee runs: looked at, started, followed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.fees.access import manages_fees, sees_fees, visible_runs
from finance.fees.forms import RunForm
from finance.fees.models import RunNote
from finance.fees.queries import run_lines
from finance.fees.services import cancel_run, make_run, refresh_run, start_run
from finance.fees.tasks import go_on
from groups.people.proving import reauthentication_required
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def new_run(request):
    if not manages_fees(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    first = {
        "name": _("Membership fee %(year)s") % {"year": today.year},
        "first_on": today.replace(month=1, day=1),
        "last_on": today.replace(month=12, day=31),
        "due_on": today + timezone.timedelta(days=30),
        "tells": True,
    }
    form = RunForm(request.POST or None, initial=first)
    if request.method == "POST" and form_accepts(form, make_run, by=request.user):
        go_on(form.result)
        return redirect("fee-run", form.result.pk)
    return page_or_partial(request, "fees/new_run.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def run_page(request, run_id):
    """What the run would do, or how far it is; each note by name."""
    if not sees_fees(request.user):
        raise PermissionDenied
    run = get_object_or_404(visible_runs(request.user), pk=run_id)
    labels = dict(RunNote.Code.choices)
    counts = run.notes.order_by().values("code").annotate(number=Count("pk")).order_by("code")
    chosen = request.GET.get("note", "")
    notes = run.notes.filter(code=chosen) if chosen in labels else run.notes.all()
    context = {
        "run": run,
        "lines": run_lines(run),
        "counts": [(row["code"], labels[row["code"]], row["number"]) for row in counts],
        "chosen": chosen,
        "page": Paginator(notes.select_related("member"), PER_PAGE).get_page(request.GET.get("page")),
        "manages": manages_fees(request.user),
    }
    return page_or_partial(request, "fees/run.html", context, partials={"run-state"})


ACTS = {"start": start_run, "cancel": cancel_run}


@require_POST
@reauthentication_required
def run_act(request, run_id, act):
    if not manages_fees(request.user):
        raise PermissionDenied
    run = get_object_or_404(visible_runs(request.user), pk=run_id)
    if told(request, ACTS[act], run=run, by=request.user):
        if act == "cancel":
            messages.success(request, _("The run is put away. Nothing was booked."))
            return redirect("fees-office")
        go_on(run)
    return redirect("fee-run", run_id)


@require_POST
def run_refresh(request, run_id):
    if not manages_fees(request.user):
        raise PermissionDenied
    run = get_object_or_404(visible_runs(request.user), pk=run_id)
    if told(request, refresh_run, run=run):
        go_on(run)
    return redirect("fee-run", run_id)
