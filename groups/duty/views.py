"""The roster of a group: who is on duty now and later, what to do in an emergency, and handing over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.duty.access import (
    emergency_texts,
    handovers_to,
    may_plan,
    own_handovers,
    own_turns,
    turns_ahead,
)
from groups.duty.forms import EmergencyForm, HandoverForm, TurnForm
from groups.duty.queries import turn_now
from groups.duty.services import answer_handover, ask_handover, cancel_turn, plan_turn, say_emergency, take_back
from groups.people.picking import picked_part
from groups.subgroups.access import entered_or_404
from groups.subgroups.pages import subgroup_context
from theme.responses import form_accepts, page_or_partial, told

EDIT = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 60


@require_safe
def duty(request, slug):
    subgroup = entered_or_404(request.user, slug)
    now = turn_now(subgroup)
    turns = turns_ahead(request.user).filter(subgroup=subgroup)
    context = {
        **subgroup_context(request, subgroup, "duty"),
        "now": now,
        "turns": turns.exclude(pk=now.pk if now else None)[:SHOWN],
        "emergency": emergency_texts(request.user).filter(subgroup=subgroup).first(),
        "asked_me": handovers_to(request.user).filter(turn__subgroup=subgroup),
        "asked_by_me": own_handovers(request.user).filter(turn__subgroup=subgroup).select_related("asked", "turn"),
        "may_plan": may_plan(request.user, subgroup),
    }
    return page_or_partial(request, "duty/duty.html", context)


def _planned(request, slug):
    subgroup = entered_or_404(request.user, slug)
    if not may_plan(request.user, subgroup):
        raise PermissionDenied
    return subgroup


@EDIT
def new_turn(request, slug):
    subgroup = _planned(request, slug)
    form = TurnForm(request.POST or None, subgroup=subgroup, by=request.user)
    if part := picked_part(request, form):
        return part
    if request.method == "POST" and form_accepts(form, plan_turn, subgroup=subgroup, by=request.user):
        messages.success(request, _("The turn is on the roster."))
        return redirect("duty", slug)
    return _form_page(request, "duty/turn_form.html", form, subgroup=subgroup)


@EDIT
def emergency(request, slug):
    subgroup = _planned(request, slug)
    present = emergency_texts(request.user).filter(subgroup=subgroup).first()
    form = EmergencyForm(request.POST or None, initial={"text": present.text if present else ""})
    if request.method == "POST" and form_accepts(form, say_emergency, subgroup=subgroup, by=request.user):
        return redirect("duty", slug)
    return _form_page(request, "duty/emergency_form.html", form, subgroup=subgroup)


@require_POST
def cancel(request, turn_id):
    turn = get_object_or_404(turns_ahead(request.user), pk=turn_id)
    if not may_plan(request.user, turn.subgroup):
        raise PermissionDenied
    slug = turn.subgroup.slug
    told(request, cancel_turn, turn=turn, by=request.user)
    return redirect("duty", slug)


@EDIT
def hand_over(request, turn_id):
    turn = get_object_or_404(own_turns(request.user), pk=turn_id)
    form = HandoverForm(request.POST or None, turn=turn, by=request.user)
    if part := picked_part(request, form):
        return part
    if request.method == "POST" and form_accepts(form, ask_handover, turn=turn, by=request.user):
        messages.success(request, _("Asked. Until there is a yes the turn stays yours."))
        return redirect("duty", turn.subgroup.slug)
    return _form_page(request, "duty/handover_form.html", form, turn=turn, subgroup=turn.subgroup)


@require_POST
def answer(request, handover_id, act):
    if act not in ("accept", "decline"):
        raise Http404
    found = get_object_or_404(handovers_to(request.user), pk=handover_id)
    slug = found.turn.subgroup.slug
    if told(request, answer_handover, handover=found, by=request.user, accept=act == "accept") and act == "accept":
        messages.success(request, _("The turn is yours now."))
    return redirect("duty", slug)


@require_POST
def keep(request, handover_id):
    """Take the question back."""
    found = get_object_or_404(own_handovers(request.user).select_related("turn__subgroup"), pk=handover_id)
    slug = found.turn.subgroup.slug
    told(request, take_back, handover=found)
    return redirect("duty", slug)


def _form_page(request, template, form, **context):
    return page_or_partial(request, template, {"form": form, **context}, status=422 if form.errors else 200)
