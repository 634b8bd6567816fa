"""Makers for the fees."""

from datetime import date

from finance.fees.models import FeePlan, FeeTier
from finance.fees.services import make_run, start_run, work_on
from groups.people.models import AssociationRole, Enrolment
from tests.factories import MemberFactory, MembershipKindFactory, member_with


def plan_for(kind_name="Lid", cents=120_00, tiers=(), **fields) -> FeePlan:
    """A yearly plan from 1 January 2020 with one amount, or with `tiers` as (cents, from age, to age)."""
    values = {"anchor": date(2020, 1, 1), "starts_on": date(2020, 1, 1), "proration": "day", **fields}
    plan = FeePlan.objects.create(kind=MembershipKindFactory(name=kind_name), **values)
    for amount, low, high in tiers or ((cents, None, None),):
        FeeTier.objects.create(plan=plan, valid_from=date(2020, 1, 1), cents=amount, min_age=low, max_age=high)
    return plan


def enrolled(starts_on, ends_on=None, kind_name="Lid", **fields):
    member = MemberFactory(enrolled=False, **fields)
    stay(member, starts_on, ends_on, kind_name)
    return member


def stay(member, starts_on, ends_on=None, kind_name="Lid") -> Enrolment:
    return Enrolment.objects.create(
        member=member, kind=MembershipKindFactory(name=kind_name), starts_on=starts_on, ends_on=ends_on
    )


def treasurer():
    return member_with(AssociationRole.TREASURER, first_name="Farid", enrolled=False)


def charge_year(year=2026, by=None, **fields):
    """Run the fees of a year to the end; gives the run."""
    by = by or treasurer()
    values = {"name": f"Contributie {year}", "due_on": date(year, 12, 31), **fields}
    run = make_run(first_on=date(year, 1, 1), last_on=date(year, 12, 31), by=by, **values)
    work_on(run.pk)
    start_run(run=run, by=by)
    return work_on(run.pk)
