from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.agreements.access import visible_guidelines
from groups.agreements.queries import announced, in_force, tally, to_accept
from groups.agreements.services import accept, publish_text
from groups.conversations.access import visible_messages
from groups.moderation.access import (
    may_judge,
    may_write_guidelines,
    open_flags,
    open_reports,
    own_acts,
    visible_reports,
)
from groups.moderation.forms import ActForm, CloseForm, GuideForm, GuidelinesForm, ReplyForm, ReportForm
from groups.moderation.guide import publish_from_answers
from groups.moderation.services import (
    act,
    answer_act,
    close_report,
    look_at,
    report_member,
    report_message,
    report_thing,
    take,
)
from groups.moderation.things import thing_kind
from groups.people.access import visible_members
from groups.subgroups.access import entered_subgroups
from theme.responses import form_accepts, page_or_partial, told
from theme.serving import serve_private

EDIT = require_http_methods(["GET", "HEAD", "POST"])


def _form_page(request, template, form, **context):
    return page_or_partial(request, template, {"form": form, **context}, status=422 if form.errors else 200)


@EDIT
def report_a_message(request, message_id):
    found = visible_messages(request.user).present().exclude(author=request.user)
    message = get_object_or_404(found.select_related("conversation__subgroup", "author"), pk=message_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, report_message, message=message, by=request.user):
        messages.success(request, _("Thank you. A moderator looks at it and you will hear what came of it."))
        return redirect(message)
    return _form_page(request, "moderation/report_new.html", form, words=message.text, back=message.get_absolute_url())


@EDIT
def report_a_member(request, member_id):
    about = get_object_or_404(visible_members(request.user).exclude(pk=request.user.pk), pk=member_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, report_member, about=about, by=request.user):
        messages.success(request, _("Thank you. A moderator looks at it and you will hear what came of it."))
        return redirect(about)
    return _form_page(
        request, "moderation/report_new.html", form, words=about.display_name, back=about.get_absolute_url()
    )


@EDIT
def report_a_thing(request, kind, number):
    thing = thing_kind(kind) and thing_kind(kind).find(request.user, number)
    if thing is None:
        raise Http404
    form = ReportForm(request.POST or None)
    values = {"kind": kind, "number": number, "thing": thing, "by": request.user}
    if request.method == "POST" and form_accepts(form, report_thing, **values):
        messages.success(request, _("Thank you. A moderator looks at it and you will hear what came of it."))
        return redirect(thing.path)
    return _form_page(request, "moderation/report_new.html", form, words=thing.words, back=thing.path)


@require_safe
def reports(request):
    if not may_judge(request.user):
        raise PermissionDenied
    rows = open_reports(request.user).select_related("about", "subgroup", "owner").order_by("created_at")
    context = {
        "page": Paginator(rows, 30).get_page(request.GET.get("page")),
        "flags": open_flags(request.user)[:30],
    }
    return page_or_partial(request, "moderation/reports.html", context)


@require_POST
def look_at_flag(request, flag_id):
    told(request, look_at, flag=get_object_or_404(open_flags(request.user), pk=flag_id), by=request.user)
    return redirect("reports")


def _report(request, report_id):
    found = visible_reports(request.user).select_related(
        "about", "subgroup", "owner", "message__conversation__subgroup"
    )
    return get_object_or_404(found, pk=report_id)


@EDIT
def report(request, report_id):
    report = _report(request, report_id)
    form = ActForm(request.POST or None, report=report)
    if request.method == "POST" and form_accepts(form, act, report=report, by=request.user):
        return redirect(report)
    context = {"acts": report.acts.select_related("by").order_by("at"), "close_form": CloseForm()}
    context["place"] = _place(request, report)
    return _form_page(request, "moderation/report.html", form, report=report, **context)


def _place(request, report) -> str:
    """Where the message stands among the others, for who may read there."""
    message = visible_messages(request.user).filter(pk=report.message_id, removed_at__isnull=True).first()
    return message.get_absolute_url() if message else ""


@require_safe
def report_picture(request, report_id):
    """For who judges: the photo as it was when it was reported, also when it has been taken away since."""
    report = _report(request, report_id)
    if not report.picture:
        raise Http404
    return serve_private(request, report.picture, name="photo.webp", content_type="image/webp")


@require_POST
def take_report(request, report_id):
    report = _report(request, report_id)
    told(request, take, report=report, by=request.user)
    return redirect(report)


@require_POST
def close(request, report_id):
    report = _report(request, report_id)
    form = CloseForm(request.POST)
    if form_accepts(form, close_report, report=report, by=request.user):
        return redirect("reports")
    for errors in form.errors.values():
        messages.error(request, errors[0])
    return redirect(report)


@EDIT
def act_page(request, act_id):
    """What a moderator did, for the member it is about; the moderator's name is not shown."""
    done = get_object_or_404(own_acts(request.user).select_related("report", "subgroup"), pk=act_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, answer_act, act=done, by=request.user):
        return redirect(done)
    return _form_page(request, "moderation/act.html", form, act=done)


@require_safe
def guidelines(request):
    visible = visible_guidelines(request.user)
    pending = set(to_accept(request.user, visible).values_list("pk", flat=True))
    texts = in_force(visible).select_related("subgroup").order_by("subgroup__name", "pk")
    may_write = may_write_guidelines(request.user)
    rows = [(text, tally(text) if may_write_guidelines(request.user, text.subgroup) else None) for text in texts]
    coming = announced(visible).select_related("subgroup").order_by("takes_effect_on", "pk")
    context = {"rows": rows, "pending": pending, "may_write": may_write, "coming": coming}
    return page_or_partial(request, "moderation/guidelines.html", context)


def _words_of(present) -> dict:
    return {"text": present.text, "text_en": present.text_en} if present else {}


@require_POST
def accept_guideline(request, guideline_id):
    guideline = get_object_or_404(visible_guidelines(request.user), pk=guideline_id)
    accept(text=guideline, member=request.user)
    return redirect("guidelines")


@EDIT
def guided_guidelines(request, slug):
    """Six questions; the answers become the guidelines of the group."""
    subgroup = get_object_or_404(entered_subgroups(request.user), slug=slug)
    if not may_write_guidelines(request.user, subgroup):
        raise PermissionDenied
    form = GuideForm(request.POST or None, initial={"purpose": subgroup.description})
    if request.method == "POST" and form_accepts(form, publish_from_answers, by=request.user, subgroup=subgroup):
        messages.success(request, _("The guidelines of your group are in force."))
        return redirect(f"{reverse('guidelines')}#group-{subgroup.pk}")
    return _form_page(request, "moderation/guidelines_guide.html", form, subgroup=subgroup)


@EDIT
def new_guidelines(request, slug=None):
    subgroup = get_object_or_404(entered_subgroups(request.user), slug=slug) if slug else None
    if not may_write_guidelines(request.user, subgroup):
        raise PermissionDenied
    present = in_force(visible_guidelines(request.user)).filter(subgroup=subgroup).first()
    form = GuidelinesForm(request.POST or None, initial=_words_of(present))
    if request.method == "POST" and form_accepts(form, publish_text, by=request.user, subgroup=subgroup):
        return redirect("guidelines")
    return _form_page(request, "moderation/guidelines_new.html", form, subgroup=subgroup)
