"""General meetings: what the statutes say, convocation, agenda, presence, proxies, minutes, decisions."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.picking import picked_part
from polls.access import (
    may_run_meetings,
    visible_decisions,
    visible_meetings,
    visible_suspensions,
)
from polls.agenda import statutes_row
from polls.meeting_forms import MeetingForm, StatutesForm, SuspensionForm
from polls.minutes import decisions_pdf, minutes_pdf
from polls.services import (
    end_suspension,
    suspend,
)
from polls.services.statutes import answer_statutes
from theme.responses import form_accepts, page_or_partial


def leading(request):
    if not may_run_meetings(request.user):
        raise PermissionDenied


@require_safe
def meeting_list(request):
    context = {"meetings": visible_meetings(request.user), "may_run": may_run_meetings(request.user)}
    return page_or_partial(request, "polls/meetings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def statutes(request):
    leading(request)
    form = StatutesForm(request.POST or None, instance=statutes_row())
    if request.method == "POST" and form.is_valid():
        answer_statutes(statutes=form.save(commit=False), by=request.user)
        return redirect("meetings")
    return page_or_partial(request, "polls/meetings/statutes.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def suspensions(request):
    """Whose right to vote is suspended, and suspending somebody."""
    leading(request)
    form = SuspensionForm(request.POST or None, by=request.user)
    if part := picked_part(request, form):
        return part
    if request.method == "POST" and form_accepts(form, suspend, by=request.user):
        return redirect("suspensions")
    context = {"form": form, "suspensions": visible_suspensions(request.user), "today": timezone.localdate()}
    status = 422 if form.errors else 200
    return page_or_partial(request, "polls/meetings/suspensions.html", context, status=status)


@require_POST
def suspension_end(request, suspension_id):
    leading(request)
    suspension = get_object_or_404(visible_suspensions(request.user), pk=suspension_id)
    end_suspension(suspension=suspension, by=request.user)
    return redirect("suspensions")


@require_http_methods(["GET", "HEAD", "POST"])
def make_meeting(request):
    leading(request)
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save())
    return page_or_partial(request, "polls/meetings/make.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def meeting_pdf(request, meeting_id):
    meeting = get_object_or_404(visible_meetings(request.user), pk=meeting_id)
    return _pdf(f"notulen-{meeting.pk}", minutes_pdf(meeting))


@require_safe
def decision_list(request):
    return page_or_partial(request, "polls/meetings/decisions.html", {"decisions": visible_decisions(request.user)})


@require_safe
def decision_pdf(request):
    return _pdf("besluiten", decisions_pdf(visible_decisions(request.user)))


def _pdf(name: str, content: bytes):
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
