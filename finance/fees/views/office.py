"""The treasurer's fees: how things stand, plans and amounts, groups for who paid."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.fees.access import (
    conditioned_subgroups,
    manages_fees,
    may_approve,
    sees_fees,
    visible_arrangements,
    visible_plans,
    visible_runs,
    visible_write_offs,
)
from finance.fees.forms import ConditionForm, PlanForm, TierForm
from finance.fees.queries import fee_proof, open_credit, owed
from finance.fees.services import add_tier, remove_tier, save_plan, set_condition
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 30


@require_safe
def office(request):
    """How the fees stand, and what waits for a decision."""
    if not sees_fees(request.user):
        raise PermissionDenied
    context = {
        "owed": owed(),
        "proof": fee_proof(),
        "runs": visible_runs(request.user)[:10],
        "plans": visible_plans(request.user),
        "arrangements": visible_arrangements(request.user).filter(answered_at__isnull=True),
        "write_offs": visible_write_offs(request.user).filter(decided_at__isnull=True),
        "credit_notes": open_credit()[:PER_PAGE],
        "manages": manages_fees(request.user),
        "may_approve": may_approve(request.user),
    }
    return page_or_partial(request, "fees/office.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request):
    _ask_manager(request)
    today = timezone.localdate()
    first = {"anchor": today.replace(month=1, day=1), "starts_on": today.replace(month=1, day=1)}
    form = PlanForm(request.POST or None, initial=first)
    if request.method == "POST" and form_accepts(form, save_plan, by=request.user):
        messages.success(request, _("Saved. Now fill in the amounts."))
        return redirect("fee-plan", form.result.pk)
    context = {"form": form, "plan": None}
    return page_or_partial(request, "fees/plan.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_page(request, plan_id):
    _ask_manager(request)
    plan = get_object_or_404(visible_plans(request.user), pk=plan_id)
    form = PlanForm(request.POST or None, instance=plan)
    if request.method == "POST" and form_accepts(form, save_plan, plan=plan, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("fee-plan", plan_id)
    return _render_plan(request, plan_id, form, TierForm(), status=422 if form.errors else 200)


def _render_plan(request, plan_id, form, tier_form, status=200):
    context = {
        "plan": get_object_or_404(visible_plans(request.user), pk=plan_id),
        "form": form,
        "tier_form": tier_form,
    }
    return page_or_partial(request, "fees/plan.html", context, status=status)


@require_POST
def new_tier(request, plan_id):
    _ask_manager(request)
    plan = get_object_or_404(visible_plans(request.user), pk=plan_id)
    form = TierForm(request.POST)
    if form_accepts(form, add_tier, plan=plan, by=request.user):
        messages.success(request, _("Saved. Charges that were made before stay as they are."))
        return redirect("fee-plan", plan_id)
    return _render_plan(request, plan_id, PlanForm(instance=plan), form, status=422)


@require_POST
def drop_tier(request, plan_id, tier_id):
    _ask_manager(request)
    plan = get_object_or_404(visible_plans(request.user), pk=plan_id)
    tier = get_object_or_404(plan.tiers, pk=tier_id)
    if told(request, remove_tier, tier=tier, by=request.user):
        messages.success(request, _("Removed."))
    return redirect("fee-plan", plan_id)


@require_safe
def conditions(request):
    _ask_manager(request)
    page = Paginator(conditioned_subgroups(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return page_or_partial(request, "fees/conditions.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def condition_page(request, slug):
    _ask_manager(request)
    subgroup = get_object_or_404(conditioned_subgroups(request.user), slug=slug)
    standing = getattr(subgroup, "fee_condition", None)
    first = {"needs_paid_fee": standing.needs_paid_fee, "kinds": standing.kinds.all()} if standing else {}
    form = ConditionForm(request.POST or None, initial=first)
    if request.method == "POST" and form_accepts(form, set_condition, subgroup=subgroup, by=request.user):
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("fee-conditions")
    context = {"form": form, "subgroup": subgroup}
    return page_or_partial(request, "fees/condition.html", context, status=422 if form.errors else 200)


def _ask_manager(request) -> None:
    if not manages_fees(request.user):
        raise PermissionDenied
