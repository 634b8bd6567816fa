"""The manager's desk: write, plan, send, undo, and see how it arrived."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.pages.access import may_announce, may_approve, may_edit_pages, writable_announcements
from community.pages.audience import Scope
from community.pages.forms import (
    AnnouncementForm,
    AudienceForm,
    PinForm,
    PlanForm,
    RepeatForm,
    UrgencyForm,
    fits_short_form,
    values_of,
)
from community.pages.letters import letters_csv, letters_pdf
from community.pages.notices import URGENT, kind_for_page
from community.pages.queries import (
    audience_size,
    desk_lists,
    for_letters,
    is_pinned,
    last_approval,
    open_members,
    planned_moment,
    reach_report,
    series_of,
    urgency_of,
)
from community.pages.services import (
    change_announcement,
    nudge,
    pin,
    plan_announcement,
    send_announcement,
    show_again,
    unpin,
    withdraw_announcement,
    write_announcement,
)
from community.pages.services.urgency import is_urgent
from community.pages.services.writing import audience_from
from groups.people.audit import record
from groups.people.proving import reauthentication_required
from notifications.budget import forecast
from theme.responses import form_accepts, page_or_partial, told
from theme.templatetags.theme import clock, long_day

PER_PAGE, NAMES_PER_PAGE = 20, 50


def writers_only(request):
    if not may_announce(request.user):
        raise PermissionDenied


@require_safe
def announcement_desk(request):
    writers_only(request)
    lists = desk_lists(writable_announcements(request.user))
    page = Paginator(lists.sent, PER_PAGE).get_page(request.GET.get("page"))
    context = {"lists": lists, "past": lists.past[:PER_PAGE], "page": page}
    context["may_edit_pages"] = may_edit_pages(request.user)
    return page_or_partial(request, "pages/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_announcement(request):
    writers_only(request)
    form = AnnouncementForm(request.POST or None, by=request.user)
    if request.method == "POST" and form_accepts(form, write_announcement, by=request.user):
        return redirect("announcement-report", pk=form.result.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_announcement(request, pk):
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    if not fits_short_form(announcement):
        return redirect("announcement-report", pk=pk)
    form = AnnouncementForm(request.POST or None, by=request.user, initial=values_of(announcement))
    if request.method == "POST" and form_accepts(form, change_announcement, announcement=announcement, by=request.user):
        return redirect("announcement-report", pk=pk)
    return _form_page(request, form, announcement)


def _form_page(request, form, announcement):
    context = {"form": form, "announcement": announcement, "size": _size(form), "scope_groups": Scope.GROUPS}
    status = 422 if form.errors else 200
    return page_or_partial(request, "pages/announcement_form.html", context, status=status)


@require_safe
def audience_count(request):
    """How many people the chosen audience is, while the form is being filled in."""
    writers_only(request)
    form = AudienceForm(request.GET, by=request.user)
    return page_or_partial(
        request, "pages/announcement_form.html", {"form": form, "size": _size(form)}, partials={"audience-size"}
    )


def _size(form):
    if not form.is_bound:
        return audience_size(audience_from(form.get_initial_for_field(form.fields["scope"], "scope")))
    values = form.cleaned_data if form.is_valid() or hasattr(form, "cleaned_data") else {}
    if "scope" not in values:
        return None
    names = ("scope", "subgroups", "kinds", "roles", "interests")
    return audience_size(audience_from(**{name: values[name] for name in names if name in values}))


@require_safe
def announcement_report(request, pk):
    """One announcement for who sends it: before sending its audience and buttons, afterwards how it arrived."""
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user).select_related("owner"), pk=pk)
    return report_page(request, announcement)


def report_page(request, announcement, urgency_form=None):
    """The page of one announcement on the desk; a form that was refused keeps what was typed."""
    context = {
        "announcement": announcement,
        "size": audience_size(announcement.audience),
        "planned_at": planned_moment(announcement),
        "report": reach_report(announcement),
        "replies": Paginator(
            announcement.replies.select_related("member").order_by("-written_at", "-pk"), NAMES_PER_PAGE
        ).get_page(request.GET.get("page")),
        "nudges": announcement.broadcasts.filter(number__gt=0).order_by("number"),
        "repeat_form": RepeatForm(),
        "series": series_of(announcement),
        "approval": last_approval(announcement),
        "may_approve": may_approve(request.user),
        "is_pinned": is_pinned(announcement),
        "pin_missed": announcement.pinned_until and announcement.pinned_until >= localdate(),
        "pin_form": PinForm(initial={"until": localdate() + timedelta(days=7)}),
        "plan_form": PlanForm(initial={"at": announcement.go_live_at}),
        "fits_short_form": fits_short_form(announcement),
        "may_edit_pages": may_edit_pages(request.user),
        "forecast": None if announcement.live else _forecast(announcement),
        "urgency": urgency_of(announcement),
        "urgency_form": urgency_form or UrgencyForm(),
    }
    status = 422 if urgency_form else 200
    return page_or_partial(request, "pages/announcement_report.html", context, partials={"reach"}, status=status)


def _forecast(announcement):
    kind = URGENT.code if is_urgent(announcement) else kind_for_page(announcement)
    return forecast(announcement.audience.members(), kind)


@require_POST
def send(request, pk):
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    told(request, send_announcement, announcement=announcement, by=request.user)
    return redirect("announcement-report", pk=pk)


@require_POST
def plan(request, pk):
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    form = PlanForm(request.POST)
    if form_accepts(form, plan_announcement, announcement=announcement, by=request.user):
        moment = f"{long_day(form.cleaned_data['at'])}, {clock(form.cleaned_data['at'])}"
        messages.success(request, _("Planned for %(moment)s.") % {"moment": moment})
    _say_errors(request, form)
    return redirect("announcement-report", pk=pk)


@require_POST
def withdraw(request, pk):
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    if told(request, withdraw_announcement, announcement=announcement, by=request.user):
        messages.success(request, _("Taken back. It is a draft again and nobody was told."))
    return redirect("announcement-report", pk=pk)


@require_POST
def pin_on_top(request, pk):
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    form = PinForm(request.POST)
    if form_accepts(form, pin, announcement=announcement, by=request.user):
        messages.success(request, _("It stands on top now."))
    _say_errors(request, form)
    return redirect("announcement-report", pk=pk)


@require_POST
def unpin_again(request, pk):
    writers_only(request)
    unpin(announcement=get_object_or_404(writable_announcements(request.user), pk=pk), by=request.user)
    return redirect("announcement-report", pk=pk)


@require_POST
def show_once_more(request, pk):
    writers_only(request)
    announcement = get_object_or_404(
        writable_announcements(request.user).filter(live=False, first_published_at__isnull=False), pk=pk
    )
    show_again(page=announcement, by=request.user)
    words = (
        _("It is back in the lists. Who had not been told yet still hears of it.")
        if announcement.broadcasts.filter(number=0, finished_at__isnull=True).exists()
        else _("It is back in the lists. Nobody is told again.")
    )
    messages.success(request, words)
    return redirect("announcement-report", pk=pk)


def _say_errors(request, form):
    for error in form.errors.values():
        messages.error(request, error[0])


@require_safe
def open_names(request, pk):
    """Who has not confirmed yet, for who may write to this audience and nobody else."""
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    found = open_members(announcement).order_by("last_name", "first_name", "pk")
    page = Paginator(found, NAMES_PER_PAGE).get_page(request.GET.get("page"))
    return page_or_partial(request, "pages/open_names.html", {"announcement": announcement, "page": page})


@require_POST
def send_nudge(request, pk):
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    if told(request, nudge, announcement=announcement, by=request.user):
        messages.success(request, _("The reminder goes to who has not confirmed yet."))
    return redirect("announcement-report", pk=pk)


LETTERS = {"csv": (letters_csv, "text/csv; charset=utf-8"), "pdf": (letters_pdf, "application/pdf")}


@require_safe
@reauthentication_required
def letter_list(request, pk, kind):
    """Names for who is reached by no other way, to print and to post."""
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    make, content_type = LETTERS[kind]
    record(by=request.user, act="announcement.letters_taken", about=announcement, details={"kind": kind})
    response = HttpResponse(make(announcement, for_letters(announcement)), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{announcement.title}.{kind}")
    return response
