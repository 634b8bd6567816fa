"""Asking members for their part, and letting them off again."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from finance.bank.services import reserve_references
from finance.money import split_evenly
from finance.pots.access import looks_after
from finance.pots.errors import (
    AskedMeanwhile,
    DeadlinePassed,
    GoalTooSmall,
    NobodyToAsk,
    NotAllowed,
    PotTakesNoMoney,
    RequestNotOpen,
)
from finance.pots.models import PaymentRequest, Pot, RequestEvent
from finance.pots.queries import last_round
from finance.pots.services.pots import locked_request, parties_of, pot_changed
from groups.subgroups.access import members_of
from notifications.services import notify

REFERENCES_OF_POTS = 1
BATCH = 1000


@transaction.atomic
def ask(
    *,
    pot: Pot,
    by,
    members,
    due_on: date,
    each_cents: int | None = None,
    total_cents: int | None = None,
    is_free: bool = False,
    after_round: int | None = None,
) -> list:
    """Ask members of the group each for `each_cents`, or for an even share of `total_cents`.

    With `is_free` the payer chooses the amount, and `each_cents` is what is suggested.

    Every payer gets an own reference and a notice. Asking again is a new round, for those members only.
    `after_round` is the last round that `by` knew of: whoever sends the same page twice asks nobody twice.
    Raises NotAllowed, PotTakesNoMoney, NobodyToAsk, DeadlinePassed, GoalTooSmall, AskedMeanwhile.
    """
    pot = Pot.objects.select_for_update().select_related("subgroup").get(pk=pot.pk)
    if after_round is not None and after_round != last_round(pot):
        raise AskedMeanwhile
    members = _askable(pot, by, members, due_on)
    round_number = (pot.requests.aggregate(last=Max("round"))["last"] or 0) + 1
    amounts = _amounts(len(members), each_cents, total_cents, offset=round_number - 1)
    references = reserve_references(kind=REFERENCES_OF_POTS, count=len(members))
    requests = PaymentRequest.objects.bulk_create(
        [
            PaymentRequest(
                pot=pot,
                party=party,
                round=round_number,
                reference=reference,
                amount_cents=cents,
                nature=PaymentRequest.Nature.FREE if is_free else PaymentRequest.Nature.FIXED,
                due_on=due_on,
                asked_by_label=str(by)[:160],
            )
            for party, reference, cents in zip(parties_of(members), references, amounts, strict=True)
        ],
        batch_size=BATCH,
    )
    RequestEvent.objects.bulk_create(
        [RequestEvent(request=request, kind=RequestEvent.Kind.ASKED, by_label=str(by)[:160]) for request in requests],
        batch_size=BATCH,
    )
    _tell(pot, round_number, members)
    pot_changed(pot)
    return requests


def _askable(pot: Pot, by, members, due_on: date) -> list:
    if not looks_after(by, pot):
        raise NotAllowed
    if not pot.takes_money:
        raise PotTakesNoMoney
    if due_on < timezone.localdate():
        raise DeadlinePassed
    inside = members_of(pot.subgroup).exclude(pk=pot.surprised_id).order_by("pk")
    chosen = {member.pk for member in members}
    found = [member for member in inside if member.pk in chosen]
    if not found:
        raise NobodyToAsk
    return found


def _amounts(count: int, each_cents: int | None, total_cents: int | None, offset: int) -> list[int]:
    if total_cents is None:
        return [each_cents] * count
    if total_cents < count:
        raise GoalTooSmall
    return split_evenly(total_cents, count, offset)


def _tell(pot: Pot, round_number: int, members) -> None:
    notify(
        member_ids=[member.pk for member in members],
        kind="payment_request",
        key=f"payment:{pot.pk}:{round_number}",
        context={"pot": pot.pk, "round": round_number},
    )


@transaction.atomic
def waive_request(*, request: PaymentRequest, by, reason: str = "") -> PaymentRequest:
    """Let a payer off what is still open. Raises NotAllowed, RequestNotOpen."""
    return _end(request, by, "waived_at", RequestEvent.Kind.WAIVED, reason)


@transaction.atomic
def cancel_request(*, request: PaymentRequest, by, reason: str = "") -> PaymentRequest:
    """Take back a request that should not have been there. Raises NotAllowed, RequestNotOpen."""
    return _end(request, by, "cancelled_at", RequestEvent.Kind.CANCELLED, reason)


def _end(request: PaymentRequest, by, field: str, kind: str, reason: str) -> PaymentRequest:
    request = locked_request(request.pk)
    if not looks_after(by, request.pot):
        raise NotAllowed
    if not request.open_cents:
        raise RequestNotOpen
    setattr(request, field, timezone.now())
    request.save(update_fields=[field])
    RequestEvent.objects.create(request=request, kind=kind, by_label=str(by)[:160], text=reason[:500])
    pot_changed(request.pot)
    return request
