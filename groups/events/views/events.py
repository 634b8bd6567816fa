from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.events.access import may_change, may_plan, may_see_names, visible_events
from groups.events.following import parts_of
from groups.events.forms import AnswerForm, CodeForm, EventForm
from groups.events.ical import calendar_of
from groups.events.models import Answer
from groups.events.queries import by_day, feed_of, guests, owner_of_feed, upcoming, who_hears, with_answers
from groups.events.services import (
    CODE_MARGIN,
    answer_event,
    attend,
    cancel_event,
    change_event,
    make_feed,
    plan_event,
    revoke_feed,
)
from groups.events.views.shifts import shifts_context
from groups.subgroups.access import readable_or_404
from groups.subgroups.pages import subgroup_context
from notifications.budget import forecast
from theme.errors import Refusal
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 30


@require_safe
def agenda(request):
    page = _page(request, visible_events(request.user))
    context = {"page": page, "days": by_day(page), "may_plan": may_plan(request.user, None)}
    return page_or_partial(request, "events/agenda.html", context)


@require_safe
def subgroup_agenda(request, slug):
    subgroup = _subgroup(request, slug)
    page = _page(request, visible_events(request.user).filter(subgroup=subgroup))
    context = {
        **subgroup_context(request, subgroup, "agenda"),
        "page": page,
        "days": by_day(page),
        "may_plan": may_plan(request.user, subgroup),
    }
    return page_or_partial(request, "events/subgroup_agenda.html", context)


def _page(request, events):
    found = with_answers(upcoming(events), request.user)
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))


def _subgroup(request, slug):
    return readable_or_404(request.user, slug, "agenda")


@require_safe
def event_detail(request, pk):
    return event_page(request, pk)


def _context(request, event, form=None):
    now = timezone.now()
    everybody = list(guests(event)) if may_see_names(request.user, event) else []
    mine = event.answers.filter(member=request.user).first()
    return {
        "event": event,
        "mine": mine,
        "answer_form": form or answer_form(event, mine),
        "choices": Answer.Choice,
        "code_form": CodeForm(),
        "may_change": may_change(request.user, event),
        "going": [row for row in everybody if row.choice == Answer.Choice.YES and not row.is_waiting],
        "in_line": [row for row in everybody if row.is_waiting],
        "perhaps": [row for row in everybody if row.choice == Answer.Choice.MAYBE],
        "not_going": [row for row in everybody if row.choice == Answer.Choice.NO],
        "code_works": event.starts_at - CODE_MARGIN <= now <= event.ends_at + CODE_MARGIN and not event.cancelled_at,
        "parts": parts_of(request, event),
        **shifts_context(request, event),
    }


def answer_form(event, mine, typed=None) -> AnswerForm:
    initial = {"remark": mine.remark} if mine else {}
    if mine:
        initial |= {f"q{question}": text for question, text in mine.replies.values_list("question", "text")}
    return AnswerForm(typed, event=event, questions=event.questions.all(), initial=initial)


@require_POST
def answer(request, pk):
    event = get_object_or_404(visible_events(request.user), pk=pk)
    form = answer_form(event, None, request.POST)
    if not form_accepts(form, answer_event, event=event, member=request.user):
        return event_page(request, pk, form)
    return event_page(request, pk) if request.htmx else redirect(event)


def event_page(request, pk, form=None):
    """The page, or the part that htmx replaces; with a form that was refused, what was typed stays."""
    event = get_object_or_404(with_answers(visible_events(request.user), request.user), pk=pk)
    context = _context(request, event, form)
    return page_or_partial(
        request, "events/event.html", context, partials={"answer"}, status=422 if form is not None else 200
    )


@require_POST
def note_attendance(request, pk):
    event = get_object_or_404(visible_events(request.user), pk=pk)
    form = CodeForm(request.POST)
    if form.is_valid() and told(request, attend, event=event, member=request.user, **form.cleaned_data):
        messages.success(request, _("You are noted as present."))
    return redirect(event)


@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request):
    return _new(request, None, {})


@require_http_methods(["GET", "HEAD", "POST"])
def new_subgroup_event(request, slug):
    subgroup = _subgroup(request, slug)
    return _new(request, subgroup, subgroup_context(request, subgroup, "agenda"))


def _new(request, subgroup, context):
    if not may_plan(request.user, subgroup):
        raise PermissionDenied
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(plan_event(by=request.user, subgroup=subgroup, **form.planned()))
    back = reverse("subgroup-agenda", args=[subgroup.slug]) if subgroup else reverse("agenda")
    context = {**context, "form": form, "subgroup": subgroup, "back": back}
    return page_or_partial(request, "events/event_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_event(request, pk):
    event = mine_to_change(request, pk)
    form = EventForm(request.POST or None, instance=event)
    if request.method == "POST" and form.is_valid():
        try:
            change_event(event=event, by=request.user, **form.planned())
            return redirect(event)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "event": event, "subgroup": event.subgroup, "back": event.get_absolute_url()}
    context["forecast"] = forecast(who_hears(event, but=request.user), "event-changed")
    return page_or_partial(request, "events/event_form.html", context, status=422 if form.errors else 200)


@require_POST
def cancel(request, pk):
    event = mine_to_change(request, pk)
    if told(request, cancel_event, event=event, by=request.user):
        messages.success(request, _("Cancelled. Everybody who answered yes or maybe hears it."))
    return redirect(event)


def mine_to_change(request, pk):
    event = get_object_or_404(visible_events(request.user).select_related("subgroup"), pk=pk)
    if not may_change(request.user, event):
        raise PermissionDenied
    return event


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request):
    """The private address for a calendar program: made here, shown once, ended here."""
    address = ""
    if request.method == "POST":
        token = make_feed(member=request.user)
        address = f"{settings.BASE_URL}{reverse('calendar-ics', args=[token])}"
    return page_or_partial(request, "events/feed.html", {"feed": feed_of(request.user), "address": address})


@require_POST
def revoke_calendar(request):
    revoke_feed(member=request.user)
    messages.success(request, _("The address no longer works."))
    return redirect("calendar-feed")


@login_not_required
@require_safe
def feed(request, token):
    """What a calendar program fetches: only what the owner of the address may see at this moment."""
    member = owner_of_feed(token)
    if member is None:
        raise Http404
    recent = timezone.now() - timedelta(days=60)
    return _ics(visible_events(member).filter(ends_at__gte=recent), "agenda.ics")


@require_safe
def event_ics(request, pk):
    events = visible_events(request.user).filter(pk=pk)
    if not events:
        raise Http404
    return _ics(events, "event.ics")


def _ics(events, name):
    response = HttpResponse(calendar_of(events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
