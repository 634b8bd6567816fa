"""Reminders of open requests: by plan, by day, to who has not paid; never on old knowledge."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q

from finance.bank.queries import bank_known_until
from finance.pots.models import PaymentRequest, Pot, PotRole
from finance.pots.tones import tone_of
from finance.providers.models import PaymentAttempt
from groups.people.access import members_with_right
from notifications.models import Reminder
from notifications.reminders import Due, reminder_registry

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LAST_HOUR = 20
TOO_FRESH = timedelta(hours=6)
MAX_STEPS = 3


@reminder_registry
def due_payments(now: datetime):
    """Every step that is due today at this hour; the outbox keeps one step from being queued twice."""
    local = now.astimezone(AMSTERDAM)
    if local.hour >= LAST_HOUR:
        return
    known_until = bank_known_until()
    fields = ("pk", "remind_days", "remind_tones", "remind_weekdays")
    for pot in Pot.objects.filter(status=Pot.Status.OPEN, remind_hour__lte=local.hour).only(*fields):
        for days in sorted(pot.remind_days)[:MAX_STEPS]:
            for due_on in days_meant_today(pot, days, local.date()):
                reminders = _step(pot, due_on, days, now)
                if is_known(days, due_on, known_until):
                    yield from reminders
                elif next(reminders, None):
                    yield from _ask_for_a_file(known_until)


def days_meant_today(pot: Pot, days: int, today: date) -> Iterator[date]:
    """The due days whose step is sent today: the one that falls on today, and those of the days before it on which
    this pot does not remind."""
    if today.weekday() not in pot.remind_weekdays:
        return
    planned = today
    while True:
        yield planned - timedelta(days=days)
        planned -= timedelta(days=1)
        if planned.weekday() in pot.remind_weekdays:
            return


def is_known(days: int, due_on: date, known_until: date | None) -> bool:
    """Nobody is called late while the bank may know better."""
    return days <= 0 or (known_until is not None and known_until >= due_on)


def _ask_for_a_file(known_until: date | None) -> Iterator[Due]:
    """Instead of calling people late, ask once who can import what the bank knows."""
    known = known_until.isoformat() if known_until else ""
    for member_id in members_with_right("import_bank").values_list("pk", flat=True):
        context = {"known_until": known}
        yield Due(member_id=member_id, kind="bank_stale", key="bank-stale", step=f"since:{known}", context=context)


def _step(pot: Pot, due_on, days: int, now: datetime):
    underway = PaymentAttempt.objects.filter(kind="pot", status=PaymentAttempt.Status.PENDING).values("payable_id")
    requests = (
        PaymentRequest.objects.open()
        .filter(pot=pot, due_on=due_on, asked_at__lte=now - TOO_FRESH, party__member__isnull=False)
        .exclude(paused_until__gte=now.astimezone(AMSTERDAM).date())
        .exclude(pk__in=underway)
        .annotate(payer=F("party__member_id"), parts=Count("instalments", filter=Q(instalments__due_on__lte=due_on)))
    )
    chefs = PotRole.objects.filter(pot=pot, role=PotRole.Role.CHEF, ended_at__isnull=True)
    name = chefs.values_list("label", flat=True).first() or ""
    given = _given_today(pot, now)
    for round_number, member_id, part, extensions in requests.values_list("round", "payer", "parts", "extensions"):
        key = f"payment:{pot.pk}:{round_number}"
        step = f"part{part}:day{days:+d}" if part else f"day{days:+d}"
        if extensions:
            step = f"again{extensions}:{step}"  # the plan starts anew with the new day
            if (member_id, key) in given:
                continue  # reminded this morning, and given more time since
        yield Due(
            member_id=member_id,
            kind="payment_reminder",
            key=key,
            step=step,
            context={"pot": pot.pk, "round": round_number, "days": days, "chef": name, "tone": tone_of(pot, days)},
        )


def _given_today(pot: Pot, now: datetime) -> set[tuple[int, str]]:
    """{(member, key)} of the reminders about this pot that were given on this day."""
    morning = now.astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
    given = Reminder.objects.filter(kind="payment_reminder", fact__startswith=f"reminder:payment:{pot.pk}:")
    facts = given.filter(given_at__gte=morning).values_list("member_id", "fact")
    return {(member_id, ":".join(fact.split(":")[1:4])) for member_id, fact in facts}
