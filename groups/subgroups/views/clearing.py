"""Emptying and deleting a group, for its managers: what would go, asking for it, and calling it off."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from groups.people.proving import reauthentication_required
from groups.subgroups.access import clearings_under_way
from groups.subgroups.contents import held_since, plan_of, refusals
from groups.subgroups.forms import ClearForm
from groups.subgroups.models import Clearing
from groups.subgroups.services import ask_clearing, call_off_clearing
from groups.subgroups.views.desk import desk_page, own_desk
from theme.responses import form_accepts, told


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def clear(request, slug):
    subgroup = own_desk(request, slug)
    forms = {kind: _form(request, subgroup, kind) for kind in Clearing.Kind.values}
    sent = forms.get(request.POST.get("kind", ""))
    if request.method == "POST" and sent and form_accepts(sent, ask_clearing, subgroup=subgroup, by=request.user):
        messages.success(request, _("Everybody in the group is told. Until then a manager can call it off."))
        return redirect("clear-subgroup", slug)
    return desk_page(
        request,
        subgroup,
        "clear",
        "clearing",
        status=422 if request.method == "POST" else 200,
        forms=forms,
        plan=plan_of(subgroup),
        refusals=refusals(subgroup),
        held_since=held_since(subgroup),
        under_way=clearings_under_way(subgroup).select_related("asked_by").first(),
    )


def _form(request, subgroup, kind: str) -> ClearForm:
    is_sent = request.method == "POST" and request.POST.get("kind") == kind
    return ClearForm(
        request.POST if is_sent else None, subgroup=subgroup, initial={"kind": kind}, prefix=None, auto_id=f"{kind}_%s"
    )


@require_POST
def call_off(request, slug):
    subgroup = own_desk(request, slug)
    if told(request, call_off_clearing, subgroup=subgroup, by=request.user):
        messages.success(request, _("Called off. The group stays as it is."))
    return redirect("clear-subgroup", slug)
