"""Reminders of open requests: by plan, by day, to who has not paid; never on old knowledge."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F

from finance.bank.queries import bank_known_until
from finance.pots.models import PaymentRequest, Pot, PotRole
from notifications.reminders import Due, reminder_registry

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LAST_HOUR = 20
TOO_FRESH = timedelta(hours=6)
MAX_STEPS = 3


@reminder_registry
def due_payments(now: datetime):
    """Every step that is due today at this hour; the outbox keeps one step from being queued twice."""
    local = now.astimezone(AMSTERDAM)
    today = local.date()
    pots = Pot.objects.filter(status=Pot.Status.OPEN, remind_hour__lte=local.hour)
    if local.hour >= LAST_HOUR:
        return
    known_until = bank_known_until()
    for pot in pots.only("pk", "remind_days"):
        for days in sorted(pot.remind_days)[:MAX_STEPS]:
            due_on = today - timedelta(days=days)
            if days > 0 and (known_until is None or known_until < due_on):
                continue  # nobody is called late while the bank may know better
            yield from _step(pot, due_on, days, now)


def _step(pot: Pot, due_on, days: int, now: datetime):
    requests = (
        PaymentRequest.objects.open()
        .filter(pot=pot, due_on=due_on, asked_at__lte=now - TOO_FRESH, party__member__isnull=False)
        .exclude(paused_until__gte=now.astimezone(AMSTERDAM).date())
    )
    chefs = PotRole.objects.filter(pot=pot, role=PotRole.Role.CHEF, ended_at__isnull=True)
    name = chefs.values_list("label", flat=True).first() or ""
    for round_number, member_id in requests.annotate(payer=F("party__member_id")).values_list("round", "payer"):
        yield Due(
            member_id=member_id,
            kind="payment_reminder",
            key=f"payment:{pot.pk}:{round_number}",
            step=f"day{days:+d}",
            context={"pot": pot.pk, "round": round_number, "days": days, "chef": name},
        )
