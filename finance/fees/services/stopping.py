"""Giving notice: a membership ends with its period, when the notice term is kept; it can be taken back until then."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from finance.fees.calendar import ONE_DAY, add_months, period_at
from finance.fees.errors import AlreadyStopped
from finance.fees.models import FeePlan, Stop
from groups.people.access import members_with_right
from groups.people.audit import record
from groups.people.models import Enrolment, Member
from groups.people.services import end_enrolment
from notifications.services import notify


def plan_of(enrolment: Enrolment, day: date | None = None) -> FeePlan | None:
    plans = FeePlan.objects.on(day or timezone.localdate()).filter(kind=enrolment.kind_id)
    return plans.order_by("-starts_on").first()


def first_possible_end(enrolment: Enrolment, today: date | None = None) -> date:
    """The last day of membership when notice is given today: the end of the first period that leaves the term."""
    today = today or timezone.localdate()
    plan = plan_of(enrolment, today)
    if plan is None:
        return today
    return period_at(plan.anchor, plan.months, add_months(today, plan.notice_months)).ends_on


@transaction.atomic
def stop_membership(*, enrolment: Enrolment, by, reason: str = "") -> Stop:
    """The member leaves at the first possible end; no new period is charged. Raises AlreadyStopped."""
    Member.objects.select_for_update().get(pk=enrolment.member_id)
    enrolment = Enrolment.objects.select_related("member", "kind").get(pk=enrolment.pk)
    if enrolment.ends_on:
        raise AlreadyStopped
    ends_on = first_possible_end(enrolment)
    end_enrolment(member=enrolment.member, by=by, ends_on=ends_on)
    stop = Stop.objects.create(enrolment=enrolment, ends_on=ends_on, reason=reason[:300], asked_by_label=str(by)[:160])
    notify(
        member_ids=members_with_right("manage_fees").values_list("pk", flat=True),
        kind="fee_stopped",
        key=f"fee:stop:{stop.pk}",
        context={"stop": stop.pk},
    )
    return stop


@transaction.atomic
def take_back_stop(*, stop: Stop, by) -> Stop:
    """Stay after all, while the last day has not passed. Raises AlreadyStopped."""
    stop = Stop.objects.select_for_update(of=("self",)).select_related("enrolment__member").get(pk=stop.pk)
    enrolment = stop.enrolment
    later = Enrolment.objects.filter(member=enrolment.member_id, starts_on__gt=enrolment.starts_on)
    if stop.undone_at or stop.ends_on < timezone.localdate() or later.exists():
        raise AlreadyStopped
    Enrolment.objects.filter(pk=enrolment.pk, ends_on=stop.ends_on).update(ends_on=None)
    stop.undone_at, stop.undone_by_label = timezone.now(), str(by)[:160]
    stop.save(update_fields=["undone_at", "undone_by_label"])
    record(by=by, act="enrolment.continued", about=enrolment.member)
    return stop


def next_period_start(plan: FeePlan, day: date) -> date:
    return period_at(plan.anchor, plan.months, day).ends_on + ONE_DAY
