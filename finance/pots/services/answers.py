"""What a payer says in private about a request; reminders wait for it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from finance.pots.errors import DeadlinePassed, NotAllowed, RequestNotOpen
from finance.pots.models import PaymentRequest, RequestEvent
from finance.pots.queries import chef_of
from notifications.services import notify, read_notices

Answer = RequestEvent.Answer
PAUSE = timedelta(days=7)  # five working days


@transaction.atomic
def answer_request(*, request: PaymentRequest, by, answer: str, text: str = "", until: date | None = None):
    """Tell the Geldchef, and nobody else, why it is not paid yet; reminders pause till `until` or a week.

    Raises NotAllowed, RequestNotOpen, DeadlinePassed.
    """
    request = PaymentRequest.objects.select_for_update().get(pk=request.pk)
    if request.party.member_id != by.pk:
        raise NotAllowed
    if not request.open_cents:
        raise RequestNotOpen
    today = timezone.localdate()
    if until and until < today:
        raise DeadlinePassed
    request.paused_until = until or today + PAUSE
    request.save(update_fields=["paused_until"])
    event = RequestEvent.objects.create(
        request=request, kind=RequestEvent.Kind.ANSWERED, answer=answer, text=text[:500], by_label=str(by)[:160]
    )
    read_notices(member=by, keys=[request.notice_key])
    tell_chef(request, event)
    return event


@transaction.atomic
def dispute_receipt(*, request: PaymentRequest, by, text: str) -> RequestEvent:
    """The payer says that what was written down is wrong. Raises NotAllowed."""
    if request.party.member_id != by.pk:
        raise NotAllowed
    event = RequestEvent.objects.create(
        request=request, kind=RequestEvent.Kind.DISPUTED, text=text[:500], by_label=str(by)[:160]
    )
    tell_chef(request, event)
    return event


def tell_chef(request: PaymentRequest, event: RequestEvent) -> None:
    chef = chef_of(request.pot)
    if chef and chef.member_id and chef.member_id != request.party.member_id:
        notify(
            member_ids=[chef.member_id],
            kind="payment_answer",
            key=f"answer:{event.pk}",
            context={"request": request.pk, "event": event.pk},
        )
