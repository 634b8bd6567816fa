"""Reminders of fees that are open, and word before a membership goes on by itself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from finance.bank.queries import bank_known_until
from finance.fees.calendar import ONE_DAY, period_at
from finance.fees.models import Arrangement, CollectionItem, FeePlan, Part
from groups.people.models import Enrolment
from notifications.models import Reminder
from notifications.reminders import Due, reminder_registry

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOURS = range(10, 20)
# Days before (less than zero) and after the last day to pay; after these follows a letter, by hand.
STEPS = (-7, 7, 21)
# What should have been said while nothing ran is still said this many days later.
CATCH_UP = timedelta(days=2)
SHORT = 3  # months: shorter periods go on without a word


@reminder_registry
def due_fees(now: datetime):
    """Parts that come due or are late, at their steps; nobody is called late while the bank may know better."""
    local = now.astimezone(AMSTERDAM)
    if local.hour not in HOURS:
        return
    known_until = bank_known_until()
    for days in STEPS:
        day = local.date() - timedelta(days=days)
        for part in _parts(day - CATCH_UP, day, local.date()):
            if days > 0 and (known_until is None or known_until < part.due_on):
                continue
            yield Due(
                member_id=part.recipient,
                kind="fee_reminder",
                key=f"fee:{part.invoice_id}",
                step=f"part{part.pk}:day{days:+d}",
                context={"part": part.pk, "days": days},
            )


def _parts(first, last, today):
    asked = Arrangement.objects.filter(invoice=OuterRef("invoice"), answered_at__isnull=True)
    underway = CollectionItem.objects.filter(
        part=OuterRef("pk"),
        dropped_at__isnull=True,
        collected_on__isnull=True,
        returned_on__isnull=True,
        batch__collect_on__gte=today - timedelta(days=14),
    )
    return (
        Part.objects.open()
        .filter(~Exists(asked), ~Exists(underway), due_on__range=(first, last), invoice__issued_on__lt=today)
        .annotate(recipient=Coalesce("invoice__payer__member", "invoice__payer__contact"))
        .filter(recipient__isnull=False)
    )


@reminder_registry
def due_renewals(now: datetime):
    """Before a new period: what it will cost and how to stop, once per period."""
    local = now.astimezone(AMSTERDAM)
    if local.hour not in HOURS:
        return
    for plan in FeePlan.objects.on(local.date()).filter(renewal_days__gt=0, months__gte=SHORT):
        starts_on = period_at(plan.anchor, plan.months, local.date()).ends_on + ONE_DAY
        if local.date() >= starts_on - timedelta(days=plan.renewal_days):
            yield from _renewals(plan, starts_on)


def _renewals(plan: FeePlan, starts_on):
    key, step = f"fee:renewal:{plan.pk}", starts_on.isoformat()
    told = Reminder.objects.filter(fact=f"reminder:{key}:{step}").values("member")
    going_on = Enrolment.objects.filter(kind=plan.kind_id, ends_on__isnull=True, starts_on__lt=starts_on)
    for member_id in going_on.exclude(member__in=told).order_by("pk").values_list("member_id", flat=True).iterator():
        yield Due(member_id=member_id, kind="fee_renewal", key=key, step=step, context={"plan": plan.pk})
