"""Keeping plans, amounts, grants and conditions."""

from datetime import date

from django.db import transaction

from finance.fees.errors import PlanInUse, PlanOverlaps
from finance.fees.models import Charge, Condition, FeeDetails, FeeGrant, FeePlan, FeeTier
from finance.fees.standing import align_places
from groups.people.audit import record
from groups.people.history.kept import settings_change

SHAPE = ("kind", "months", "anchor", "starts_on", "proration")


@transaction.atomic
def save_plan(*, by, plan: FeePlan | None = None, **fields) -> FeePlan:
    """Make or change a plan. How it is counted stays once charges were made by it. Raises PlanInUse, PlanOverlaps."""
    plan = FeePlan.objects.select_for_update().get(pk=plan.pk) if plan else FeePlan()
    is_used = plan.pk and Charge.objects.filter(plan=plan).exists()
    if is_used and any(name in fields and fields[name] != getattr(plan, name) for name in SHAPE):
        raise PlanInUse
    for name, value in fields.items():
        setattr(plan, name, value)
    others = FeePlan.objects.filter(kind=plan.kind).exclude(pk=plan.pk)
    for other in others:
        if _overlap(plan, other):
            raise PlanOverlaps
    with settings_change("fee-plan", plan, by=by, act="fees.plan_saved"):
        plan.save()
    return plan


def _overlap(one: FeePlan, other: FeePlan) -> bool:
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


@transaction.atomic
def add_tier(*, plan: FeePlan, by, **fields) -> FeeTier:
    """An amount from a day on; the same day and age again is a correction while nothing was charged by it.

    Raises PlanInUse.
    """
    FeePlan.objects.select_for_update().get(pk=plan.pk)
    ages = {"min_age": fields["min_age"]} if fields.get("min_age") is not None else {"min_age__isnull": True}
    standing = FeeTier.objects.filter(plan=plan, valid_from=fields["valid_from"], **ages).first()
    if standing:
        remove_tier(tier=standing, by=by)
    tier = FeeTier.objects.create(plan=plan, **fields)
    record(by=by, act="fees.amount_set", about=plan, details={"cents": tier.cents, "from": str(tier.valid_from)})
    return tier


@transaction.atomic
def remove_tier(*, tier: FeeTier, by) -> None:
    """Take out an amount that nobody was charged by. Raises PlanInUse."""
    if Charge.objects.filter(tier=tier).exists():
        raise PlanInUse
    record(by=by, act="fees.amount_removed", about=tier.plan, details={"cents": tier.cents})
    tier.delete()


@transaction.atomic
def grant_discount(*, member, by, **fields) -> FeeGrant:
    grant = FeeGrant.objects.create(member=member, granted_by_label=str(by)[:160], **fields)
    record(by=by, act="fees.discount_granted", about=member, details={"kind": grant.kind, "value": grant.value})
    return grant


@transaction.atomic
def end_discount(*, grant: FeeGrant, last_on: date, by) -> None:
    """Let a discount hold up to and including a day; one that had not begun by then goes."""
    record(by=by, act="fees.discount_ended", about=grant.member, details={"until": str(last_on)})
    if last_on < grant.starts_on:
        grant.delete()
    else:
        FeeGrant.objects.filter(pk=grant.pk).update(ends_on=last_on)


@transaction.atomic
def set_birth(*, member, born_on: date | None, by) -> FeeDetails:
    details = FeeDetails.objects.update_or_create(member=member, defaults={"born_on": born_on})[0]
    record(by=by, act="fees.birth_set", about=member)
    return details


@transaction.atomic
def set_condition(*, subgroup, needs_paid_fee: bool, kinds, by) -> Condition | None:
    """Who may enter a group: only some kinds, only who paid; without either the condition goes."""
    kinds = list(kinds)
    with settings_change("fee-condition", subgroup, by=by, act="fees.condition_set"):
        condition = _save_condition(subgroup, needs_paid_fee, kinds, by)
    align_places()
    return condition


def _save_condition(subgroup, needs_paid_fee: bool, kinds: list, by) -> Condition | None:
    if not needs_paid_fee and not kinds:
        Condition.objects.filter(subgroup=subgroup).delete()
        return None
    values = {"needs_paid_fee": needs_paid_fee, "set_by_label": str(by)[:160]}
    condition = Condition.objects.update_or_create(subgroup=subgroup, defaults=values)[0]
    condition.kinds.set(kinds)
    return condition
