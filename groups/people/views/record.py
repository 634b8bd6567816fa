"""The register, person by person: what is on record, the periods of membership, and what waits for a look."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.access import (
    all_guardianships,
    all_members,
    answers_to_approve,
    membership_kinds,
)
from groups.people.forms import EndForm, KindForm, RecordForm
from groups.people.models import Look
from groups.people.profile_parts import answers, record_registry
from groups.people.proving import reauthentication_required
from groups.people.queries import on_record
from groups.people.services import (
    appoint_guardian,
    change_kind,
    change_record,
    decide_value,
    end_enrolment,
    end_guardianship,
    note_opening,
)
from groups.people.views.desk import only_with, picked
from notifications.bounces import mail_back
from theme.responses import form_accepts, page_or_partial, sent_id, told

PER_PAGE = 30


@require_safe
@only_with("manage_members")
def records(request):
    """Everybody with an account, found by name, number or address, or by kind of membership."""
    search, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")
    found = on_record(all_members(request.user), search, kind)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "search": search,
        "kind": kind,
        "kinds": membership_kinds(),
    }
    return page_or_partial(request, "people/records.html", context, partials={"found"})


@require_safe
@only_with("manage_members")
def member_record(request, member_id):
    """What the association has on record about one person, and what the secretary can do with it."""
    person = _person(request, member_id)
    note_opening(by=request.user, person=person, where=Look.Where.RECORD)
    return _record(request, person)


def _person(request, member_id):
    return get_object_or_404(all_members(request.user), pk=member_id)


def _record(request, person, status=200, **forms):
    guardianships = all_guardianships(request.user)
    context = {
        "person": person,
        "enrolments": person.enrolments.select_related("kind").order_by("-starts_on"),
        "is_enrolled": person.enrolments.filter(ends_on__isnull=True).exists(),
        "guardians": guardianships.filter(child=person),
        "children": guardianships.filter(guardian=person),
        "sections": answers(record_registry, request, person),
        "record_form": RecordForm(instance=person),
        "kind_form": KindForm(),
        "end_form": EndForm(),
        "guardian": picked(request, "guardian"),
        "mail_back": mail_back(person),
        **forms,
    }
    return page_or_partial(request, "people/record.html", context, status=status)


@require_POST
@only_with("manage_members")
def save_record(request, member_id):
    person = _person(request, member_id)
    form = RecordForm(request.POST, instance=_person(request, member_id))
    if form_accepts(form, change_record, member=person, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("member-record", member_id)
    return _record(request, person, 422, record_form=form)


@require_POST
@only_with("manage_members")
def save_kind(request, member_id):
    """Another kind of membership from today on, or a new period for who had left."""
    person = _person(request, member_id)
    form = KindForm(request.POST)
    if form_accepts(form, change_kind, member=person, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("member-record", member_id)
    return _record(request, person, 422, kind_form=form)


@require_POST
@only_with("manage_members")
@reauthentication_required
def end_membership_of(request, member_id):
    person = _person(request, member_id)
    form = EndForm(request.POST)
    if form_accepts(form, end_enrolment, member=person, by=request.user):
        messages.success(request, _("The membership ends on the day you chose. The groups and roles go with it."))
        return redirect("member-record", member_id)
    return _record(request, person, 422, end_form=form)


@require_POST
@only_with("manage_members")
@reauthentication_required
def add_guardian(request, member_id):
    person, guardian = _person(request, member_id), picked(request, "guardian")["picked"]
    if guardian and told(request, appoint_guardian, guardian=guardian, child=person, by=request.user):
        words = _("%(guardian)s can act for %(child)s now.")
        messages.success(request, words % {"guardian": guardian.display_name, "child": person.display_name})
    return redirect("member-record", member_id)


@require_POST
@only_with("manage_members")
@reauthentication_required
def end_guardian(request, member_id, guardianship_id):
    row = get_object_or_404(all_guardianships(request.user).filter(child=member_id), pk=guardianship_id)
    end_guardianship(guardianship=row, by=request.user)
    messages.success(request, _("From now on the guardian no longer acts for the child."))
    return redirect("member-record", member_id)


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_members")
def approvals(request):
    """Answers on profiles that the association wants to look at before they count."""
    waiting = answers_to_approve(request.user)
    if request.method == "POST":
        value = get_object_or_404(waiting, pk=sent_id(request.POST, "value"))
        accept = request.POST.get("decision") == "yes"
        decide_value(value=value, by=request.user, accept=accept)
        messages.success(request, _("Taken over.") if accept else _("Left as it was. The member hears it."))
        return redirect("approvals")
    return page_or_partial(request, "people/approvals.html", {"waiting": waiting})
