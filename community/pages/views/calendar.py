"""The content calendar, on the desk and in the editor."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.pages.access import may_announce, may_edit_pages, own_occurrences, writable_announcements
from community.pages.calendar import ContentCalendar, movable_pages
from community.pages.forms import MoveForm, RepeatForm
from community.pages.services import move_page, repeat_announcement, skip_occurrence, stop_series
from theme.responses import form_accepts, page_or_partial, told
from theme.templatetags.theme import clock, long_day


@require_safe
def content_calendar(request):
    _planners_only(request)
    return page_or_partial(request, "pages/calendar.html", _context(request, reverse("content-calendar")))


@require_safe
def admin_calendar(request):
    """The same calendar inside the editor; community.pages.middleware keeps others out."""
    return TemplateResponse(request, "pages/admin/calendar.html", _context(request, reverse("cms-calendar")))


def _context(request, address: str) -> dict:
    return {
        "calendar": ContentCalendar(request.user, _month(request.GET.get("month", ""))),
        "as_list": request.GET.get("view") == "list",
        "address": address,
        "here": request.get_full_path(),
        "may_edit_pages": may_edit_pages(request.user),
    }


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


@require_POST
def move(request, pk):
    _planners_only(request)
    page = get_object_or_404(movable_pages(request.user), pk=pk)
    form = MoveForm(request.POST)
    if form_accepts(form, move_page, page=page, by=request.user):
        moment = f"{long_day(form.cleaned_data['at'])}, {clock(form.cleaned_data['at'])}"
        messages.success(request, _("“%(title)s” now appears on %(moment)s.") % {"title": page.title, "moment": moment})
    _say_errors(request, form)
    return _back(request)


@require_POST
def skip(request, pk):
    _planners_only(request)
    occurrence = get_object_or_404(own_occurrences(request.user), pk=pk)
    if told(request, skip_occurrence, occurrence=occurrence, by=request.user):
        messages.success(request, _("Skipped once. The next time goes on as planned."))
    return _back(request)


@require_POST
def repeat(request, pk):
    _planners_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    form = RepeatForm(request.POST)
    if form_accepts(form, repeat_announcement, announcement=announcement, by=request.user):
        messages.success(request, _("It comes back in this rhythm. The first times stand in the calendar."))
    _say_errors(request, form)
    return redirect("announcement-report", pk=pk)


@require_POST
def stop_repeating(request, pk):
    _planners_only(request)
    announcement = get_object_or_404(writable_announcements(request.user).filter(series__isnull=False), pk=pk)
    stop_series(series=announcement.series, by=request.user)
    messages.success(request, _("It comes back no more. What has appeared stays."))
    return redirect("announcement-report", pk=pk)


def _planners_only(request):
    if not may_announce(request.user):
        raise PermissionDenied


def _say_errors(request, form):
    for error in form.errors.values():
        messages.error(request, error[0])


def _back(request):
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect("content-calendar")
