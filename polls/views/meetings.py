"""General meetings: what the statutes say, convocation, agenda, presence, proxies, minutes, decisions."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.picking import picked_part
from polls.access import (
    may_run_meetings,
    meeting_proxies,
    possible_holders,
    visible_decisions,
    visible_meetings,
    visible_polls,
    visible_suspensions,
)
from polls.agenda import add_item, statutes_row
from polls.meeting_forms import ItemForm, MeetingForm, MinutesForm, ProxyForm, StatutesForm, SuspensionForm
from polls.minutes import decisions_pdf, minutes_pdf
from polls.services import (
    accept_proxy,
    call_meeting,
    check_in,
    close_meeting,
    end_suspension,
    give_proxy,
    open_meeting,
    suspend,
    withdraw_proxy,
    write_minutes,
)
from theme.responses import form_accepts, page_or_partial, told


def _leading(request):
    if not may_run_meetings(request.user):
        raise PermissionDenied


def _meeting(request, meeting_id, *, lead=False):
    meeting = get_object_or_404(visible_meetings(request.user), pk=meeting_id)
    if lead:
        _leading(request)
    return meeting


@require_safe
def meeting_list(request):
    context = {"meetings": visible_meetings(request.user), "may_run": may_run_meetings(request.user)}
    return page_or_partial(request, "polls/meetings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def statutes(request):
    _leading(request)
    form = StatutesForm(request.POST or None, instance=statutes_row())
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("meetings")
    return page_or_partial(request, "polls/meetings/statutes.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def suspensions(request):
    """Whose right to vote is suspended, and suspending somebody."""
    _leading(request)
    form = SuspensionForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, suspend, by=request.user):
        return redirect("suspensions")
    context = {"form": form, "suspensions": visible_suspensions(request.user), "today": timezone.localdate()}
    status = 422 if form.errors else 200
    return page_or_partial(request, "polls/meetings/suspensions.html", context, status=status)


@require_POST
def suspension_end(request, suspension_id):
    _leading(request)
    suspension = get_object_or_404(visible_suspensions(request.user), pk=suspension_id)
    end_suspension(suspension=suspension, by=request.user)
    return redirect("suspensions")


@require_http_methods(["GET", "HEAD", "POST"])
def make_meeting(request):
    _leading(request)
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save())
    return page_or_partial(request, "polls/meetings/make.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def meeting_detail(request, meeting_id):
    meeting = _meeting(request, meeting_id)
    mine = meeting.proxies.standing().filter(giver=request.user).select_related("holder").first()
    context = {
        "meeting": meeting,
        "items": meeting.items.prefetch_related("polls__tallies", "polls__decision"),
        "open_polls": set(visible_polls(request.user).values_list("pk", flat=True)),
        "may_run": may_run_meetings(request.user),
        "is_present": meeting.attendances.filter(member=request.user).exists(),
        "present": meeting.attendances.count(),
        "proxies": meeting_proxies(request.user, meeting).select_related("giver", "holder"),
        "own_proxy": mine,
        "item_form": ItemForm(),
        "minutes_form": MinutesForm(initial={"text": meeting.minutes}),
    }
    return page_or_partial(request, "polls/meetings/meeting.html", context)


@require_POST
def meeting_item(request, meeting_id):
    meeting = _meeting(request, meeting_id, lead=True)
    form = ItemForm(request.POST)
    if form.is_valid():
        add_item(meeting=meeting, **form.cleaned_data)
    return redirect(meeting)


STEPS = {"call": call_meeting, "open": open_meeting, "close": close_meeting}


@require_POST
def meeting_step(request, meeting_id, step):
    meeting = _meeting(request, meeting_id, lead=True)
    told(request, STEPS[step], meeting=meeting, by=request.user)
    return redirect(meeting)


@require_POST
def meeting_check_in(request, meeting_id):
    meeting = _meeting(request, meeting_id)
    told(request, check_in, meeting=meeting, member=request.user)
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_proxy(request, meeting_id):
    """Give a proxy: find a member by name, out of everybody with a vote."""
    meeting = _meeting(request, meeting_id)
    form = ProxyForm(request.POST or None, holders=possible_holders(request.user))
    if part := picked_part(request, form):
        return part
    if request.method == "POST" and form_accepts(form, give_proxy, meeting=meeting, giver=request.user):
        return redirect(meeting)
    context = {"meeting": meeting, "form": form}
    return page_or_partial(request, "polls/meetings/proxy.html", context, status=422 if form.errors else 200)


@require_POST
def meeting_proxy_accept(request, meeting_id, proxy_id):
    meeting = _meeting(request, meeting_id)
    proxy = get_object_or_404(meeting.proxies.standing().filter(holder=request.user), pk=proxy_id)
    told(request, accept_proxy, proxy=proxy, by=request.user)
    return redirect(meeting)


@require_POST
def meeting_proxy_withdraw(request, meeting_id, proxy_id):
    meeting = _meeting(request, meeting_id)
    proxy = get_object_or_404(meeting.proxies.standing().filter(giver=request.user), pk=proxy_id)
    told(request, withdraw_proxy, proxy=proxy, by=request.user)
    return redirect(meeting)


@require_POST
def meeting_minutes(request, meeting_id):
    meeting = _meeting(request, meeting_id, lead=True)
    form = MinutesForm(request.POST)
    form_accepts(form, write_minutes, meeting=meeting, by=request.user)
    return redirect(meeting)


@require_safe
def meeting_pdf(request, meeting_id):
    meeting = _meeting(request, meeting_id)
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
