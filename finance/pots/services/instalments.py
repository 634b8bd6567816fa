"""Paying in parts: a plan that adds up to the cent, of which each part has a day of its own."""

from calendar import monthrange
from datetime import date

from django.db import transaction
from django.utils import timezone

from finance.money import split_evenly
from finance.pots.access import looks_after
from finance.pots.errors import GoalTooSmall, NotAllowed, PartsNotPossible, RequestNotOpen
from finance.pots.models import Instalment, PaymentRequest, RequestEvent
from finance.pots.services.pots import locked_request
from notifications.services import read_notices

MOST_PARTS = 12


@transaction.atomic
def plan_parts(*, request: PaymentRequest, by, parts: int, first_on: date | None = None) -> list[Instalment]:
    """Spread what is still open over `parts` months. The payer chooses up to what the pot allows, the Geldchef more.

    Raises NotAllowed, RequestNotOpen, PartsNotPossible, GoalTooSmall.
    """
    request = locked_request(request.pk)
    _may_plan(request, by, parts)
    if not request.open_cents or request.nature == PaymentRequest.Nature.FREE:
        raise RequestNotOpen
    if request.open_cents < parts:
        raise GoalTooSmall
    first_on = max(first_on or request.due_on, timezone.localdate())
    request.instalments.all().delete()
    paid = [(request.paid_cents, first_on)] if request.paid_cents else []
    planned = paid + [
        (cents, months_later(first_on, month)) for month, cents in enumerate(split_evenly(request.open_cents, parts))
    ]
    instalments = Instalment.objects.bulk_create(
        Instalment(request=request, number=number, cents=cents, due_on=day)
        for number, (cents, day) in enumerate(planned, start=1)
    )
    request.paused_until = None
    request.save(update_fields=["paused_until"])
    move_due_day(request)
    RequestEvent.objects.create(
        request=request, kind=RequestEvent.Kind.PLANNED, text=str(parts), by_label=str(by)[:160]
    )
    if request.party.member:
        read_notices(member=request.party.member, keys=[request.notice_key])
    return instalments


def _may_plan(request: PaymentRequest, by, parts: int) -> None:
    if not 2 <= parts <= MOST_PARTS:
        raise PartsNotPossible
    if looks_after(by, request.pot):
        return
    if request.party.member_id != by.pk:
        raise NotAllowed
    if parts > request.pot.max_parts:
        raise PartsNotPossible


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where that is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def move_due_day(request: PaymentRequest) -> None:
    """A request in parts is due when its first unpaid part is, so that reminders and “late” follow the plan."""
    part = current_part(request)
    if part and part.due_on != request.due_on:
        request.due_on = part.due_on
        PaymentRequest.objects.filter(pk=request.pk).update(due_on=part.due_on)


def current_part(request: PaymentRequest) -> Instalment | None:
    """The first part that has not been paid wholly; None without a plan, and when all is paid."""
    covered = 0
    for part in request.instalments.all():
        covered += part.cents
        if request.paid_cents < covered:
            return part
    return None


def due_cents(request: PaymentRequest) -> int:
    """What is asked now: the rest of the current part, or all that is open."""
    covered = 0
    for part in request.instalments.all():
        covered += part.cents
        if request.paid_cents < covered:
            return min(covered - request.paid_cents, request.open_cents)
    return request.open_cents
