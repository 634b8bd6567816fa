"""Urgent announcements: one sender asks, a second one agrees."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.pages.access import writable_announcements
from community.pages.forms import UrgencyForm
from community.pages.services import ask_urgency, confirm_urgency, drop_urgency
from community.pages.views.desk import report_page, writers_only
from theme.responses import form_accepts, told


def _announcement(request, pk):
    writers_only(request)
    return get_object_or_404(writable_announcements(request.user).select_related("owner"), pk=pk)


@require_POST
def ask(request, pk):
    announcement = _announcement(request, pk)
    form = UrgencyForm(request.POST)
    if not form_accepts(form, ask_urgency, announcement=announcement, by=request.user):
        return report_page(request, announcement, form)
    messages.success(request, _("The others who may send this are asked. It goes out when one of them agrees."))
    return redirect("announcement-report", pk=pk)


@require_POST
def agree(request, pk):
    announcement = _announcement(request, pk)
    if told(request, confirm_urgency, announcement=announcement, by=request.user):
        messages.success(request, _("You agreed. It goes out in half a minute, also to who is in quiet hours."))
    return redirect("announcement-report", pk=pk)


@require_POST
def drop(request, pk):
    announcement = _announcement(request, pk)
    if told(request, drop_urgency, announcement=announcement, by=request.user):
        messages.success(request, _("Not urgent. It can still be sent as any other announcement."))
    return redirect("announcement-report", pk=pk)
