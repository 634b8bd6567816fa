"""One general meeting: agenda, documents, questions, presence, proxies, minutes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.picking import picked_part
from polls.access import may_run_meetings, meeting_proxies, possible_holders, visible_meetings, visible_polls
from polls.agenda import add_document, add_item, answer, ask, change_item, remove_document, remove_item
from polls.meeting_forms import (
    CheckInForm,
    DocumentForm,
    ItemForm,
    MinutesForm,
    ProxyForm,
    QuestionForm,
    SecondMeetingForm,
)
from polls.minutes import draft_minutes
from polls.quorum import missed_quorum
from polls.services import (
    accept_proxy,
    call_meeting,
    check_in,
    close_meeting,
    give_proxy,
    open_meeting,
    second_meeting,
    withdraw_proxy,
    write_minutes,
)
from polls.views.meetings import leading
from theme.responses import form_accepts, page_or_partial, told
from theme.serving import serve_private


def _meeting(request, meeting_id, *, lead=False):
    meeting = get_object_or_404(visible_meetings(request.user), pk=meeting_id)
    if lead:
        leading(request)
    return meeting


def _item(request, meeting_id, number, *, lead=True):
    return get_object_or_404(_meeting(request, meeting_id, lead=lead).items, number=number)


@require_safe
def meeting_detail(request, meeting_id):
    return _page(request, _meeting(request, meeting_id))


def _page(request, meeting, **refused):
    """The page of a meeting; `refused` holds a form that did not pass, under its own name."""
    may_run = may_run_meetings(request.user)
    polls = "polls__tallies", "polls__decision", "polls__followed_by"
    items = list(meeting.items.select_related("repeats").prefetch_related(*polls, "documents", "questions__asked_by"))
    context = {
        "meeting": meeting,
        "items": items,
        "documents": meeting.documents.filter(item=None),
        "open_polls": set(visible_polls(request.user).filter(item__meeting=meeting).values_list("pk", flat=True)),
        "may_run": may_run,
        "is_present": meeting.attendances.filter(member=request.user).exists(),
        "present": meeting.attendances.count(),
        "attendances": meeting.attendances.select_related("member")[:500] if may_run else [],
        "proxies": meeting_proxies(request.user, meeting).select_related("giver", "holder"),
        "own_proxy": meeting.proxies.standing().filter(giver=request.user).select_related("holder").first(),
        "missed": _missed(meeting, items) if may_run else [],
        "item_form": ItemForm(),
        "document_form": DocumentForm(),
        "check_in_form": CheckInForm(meeting=meeting, by=request.user),
        "question_form": QuestionForm(),
        "second_form": SecondMeetingForm(),
        "minutes_form": MinutesForm(initial={"text": meeting.minutes or draft_minutes(meeting)}) if may_run else None,
        **refused,
    }
    status = 422 if any(getattr(form, "errors", None) for form in refused.values()) else 200
    return page_or_partial(request, "polls/meetings/meeting.html", context, partials={"agenda"}, status=status)


def _missed(meeting, items) -> list:
    """Votes that missed their quorum and wait for a second meeting."""
    if not meeting.closed_at or meeting.second_meetings.exists():
        return []
    return [poll for item in items for poll in item.polls.all() if missed_quorum(poll)]


@require_POST
def meeting_item(request, meeting_id):
    meeting = _meeting(request, meeting_id, lead=True)
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, item_form=form)
    add_item(meeting=meeting, **form.cleaned_data)
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_item_change(request, meeting_id, number):
    item = _item(request, meeting_id, number)
    form = ItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        told(request, change_item, item=item, **form.cleaned_data)
        return redirect(item.meeting)
    context = {"form": form, "item": item, "meeting": item.meeting}
    return page_or_partial(request, "polls/meetings/item.html", context, status=422 if form.errors else 200)


@require_POST
def meeting_item_remove(request, meeting_id, number):
    item = _item(request, meeting_id, number)
    told(request, remove_item, item=item)
    return redirect(item.meeting)


@require_POST
def meeting_document_add(request, meeting_id):
    """A document for the whole meeting, or for the point that the form names."""
    meeting = _meeting(request, meeting_id, lead=True)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, meeting, document_form=form)
    number = form.cleaned_data["item"]
    item = get_object_or_404(meeting.items, number=number) if number else None
    add_document(meeting=meeting, by=request.user, taken_in=form.cleaned_data["file"], item=item)
    return redirect(meeting)


@require_safe
def meeting_document(request, meeting_id, document_id):
    document = get_object_or_404(_meeting(request, meeting_id).documents, pk=document_id)
    return serve_private(request, document.file, name=document.name, content_type=document.content_type)


@require_POST
def meeting_document_remove(request, meeting_id, document_id):
    document = get_object_or_404(_meeting(request, meeting_id, lead=True).documents, pk=document_id)
    told(request, remove_document, document=document, by=request.user)
    return redirect(document.meeting)


@require_POST
def meeting_ask(request, meeting_id, number):
    """A member asks a question about a point, with their name."""
    item = _item(request, meeting_id, number, lead=False)
    form = QuestionForm(request.POST)
    if not form_accepts(form, ask, item=item, by=request.user):
        return _page(request, item.meeting, question_form=form, asked_about=item.number)
    return redirect(f"{item.meeting.get_absolute_url()}#item-{item.number}")


@require_POST
def meeting_answer(request, meeting_id, number, question_id):
    question = get_object_or_404(_item(request, meeting_id, number).questions, pk=question_id)
    text = request.POST.get("text", "").strip()[:2000]
    if text:
        answer(question=question, by=request.user, text=text)
    return redirect(f"{question.item.meeting.get_absolute_url()}#item-{number}")


STEPS = {"call": call_meeting, "open": open_meeting, "close": close_meeting}


@require_POST
def meeting_step(request, meeting_id, step):
    meeting = _meeting(request, meeting_id, lead=True)
    told(request, STEPS[step], meeting=meeting, by=request.user)
    return redirect(meeting)


@require_POST
def meeting_check_in(request, meeting_id):
    """The reader is present; who leads the meeting checks in others, by name, who have no phone with them."""
    if "member-search" not in request.POST:
        meeting = _meeting(request, meeting_id)
        told(request, check_in, meeting=meeting, member=request.user)
        return redirect(meeting)
    meeting = _meeting(request, meeting_id, lead=True)
    form = CheckInForm(request.POST, meeting=meeting, by=request.user)
    if part := picked_part(request, form):
        return part
    if not form_accepts(form, check_in, meeting=meeting):
        return _page(request, meeting, check_in_form=form)
    messages.success(request, gettext("%(member)s is present.") % {"member": form.cleaned_data["member"]})
    return redirect(meeting)


@require_POST
def meeting_second(request, meeting_id):
    """Prepare the second meeting about what missed its quorum."""
    meeting = _meeting(request, meeting_id, lead=True)
    form = SecondMeetingForm(request.POST)
    if not form_accepts(form, second_meeting, meeting=meeting, by=request.user):
        return _page(request, meeting, second_form=form)
    return redirect(form.result)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_proxy(request, meeting_id):
    """Give a proxy: find a member by name, out of everybody with a vote."""
    meeting = _meeting(request, meeting_id)
    form = ProxyForm(request.POST or None, holders=possible_holders(request.user), meeting=meeting, by=request.user)
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
    if not form_accepts(form, write_minutes, meeting=meeting, by=request.user):
        return _page(request, meeting, minutes_form=form)
    return redirect(meeting)
