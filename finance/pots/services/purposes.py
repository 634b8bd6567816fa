"""Another purpose, or more time. Money that was given for one thing is used for another only with a yes."""

from datetime import date

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from finance.pots.access import is_chef
from finance.pots.errors import ChangePending, DeadlinePassed, NoChange, NotAllowed, PotClosedAlready, StillWaiting
from finance.pots.models import Allocation, PaymentRequest, Pot, PurposeAnswer, PurposeChange, RequestEvent
from finance.pots.services.givingback import give_back
from finance.pots.services.pots import pot_changed
from groups.people.audit import record
from notifications.services import notify


@transaction.atomic
def extend_pot(*, pot: Pot, by, deadline: date) -> Pot:
    """Give the pot, and who has not paid yet, time until another day, with the reminders of its plan before that day.

    Raises NotAllowed, PotClosedAlready, DeadlinePassed.
    """
    pot = _chefs_pot(pot, by)
    if deadline < timezone.localdate():
        raise DeadlinePassed
    before, pot.deadline = pot.deadline, deadline
    pot.save(update_fields=["deadline"])
    waiting = pot.requests.open().filter(due_on__lt=deadline, instalments__isnull=True)
    members = [pk for pk in waiting.values_list("party__member", flat=True) if pk]
    waiting.update(due_on=deadline, extensions=F("extensions") + 1)
    notify(
        member_ids=sorted(set(members)),
        kind="pot_extended",
        key=f"extended:{pot.pk}:{deadline}",
        context={"pot": pot.pk},
    )
    record(by=by, act="pot.extended", about=pot, details={"from": str(before), "until": str(deadline)})
    pot_changed(pot)
    return pot


@transaction.atomic
def propose_purpose(*, pot: Pot, by, purpose: str, answer_by: date, because: str = "") -> PurposeChange:
    """Ask everybody who paid whether the money may be used for something else.

    Raises NotAllowed, PotClosedAlready, DeadlinePassed, ChangePending.
    """
    pot = _chefs_pot(pot, by)
    if answer_by < timezone.localdate():
        raise DeadlinePassed
    if pot.purpose_changes.filter(decided_at__isnull=True).exists():
        raise ChangePending
    change = PurposeChange.objects.create(
        pot=pot, purpose=purpose, because=because[:300], answer_by=answer_by, proposed_by_label=str(by)[:160]
    )
    payers = givers(pot)
    PurposeAnswer.objects.bulk_create(PurposeAnswer(change=change, party_id=party) for party in payers)
    members = change.answers.filter(party__member__isnull=False).values_list("party__member", flat=True)
    notify(member_ids=sorted(members), kind="pot_purpose", key=f"purpose:{change.pk}", context={"change": change.pk})
    record(by=by, act="pot.purpose_proposed", about=pot, details={"payers": len(payers)})
    return change


def givers(pot: Pot) -> dict[int, int]:
    """What each payer has in the pot, by the id of the party."""
    rows = Allocation.objects.filter(request__pot=pot).values("request__party").annotate(given=Sum("cents"))
    return {row["request__party"]: row["given"] for row in rows.order_by("request__party") if row["given"] > 0}


@transaction.atomic
def answer_purpose(*, answer: PurposeAnswer, by, agrees: bool) -> PurposeAnswer:
    """A payer says yes or no, and may think again as long as nothing is decided. Raises NotAllowed, NoChange."""
    answer = PurposeAnswer.objects.select_for_update(of=("self",)).select_related("change", "party").get(pk=answer.pk)
    if answer.party.member_id != by.pk:
        raise NotAllowed
    if not answer.change.is_open:
        raise NoChange
    answer.agrees, answer.answered_at = agrees, timezone.now()
    answer.save(update_fields=["agrees", "answered_at"])
    return answer


@transaction.atomic
def decide_purpose(*, change: PurposeChange, by) -> PurposeChange:
    """All have answered, or the day has passed: the purpose changes, and who did not say yes gets the money back.

    When nobody says yes it stays as it was. Raises NotAllowed, NoChange, StillWaiting, NotEnoughInPot.
    """
    pot, change = _open_change(change, by)
    if change.answers.filter(agrees__isnull=True).exists() and change.answer_by >= timezone.localdate():
        raise StillWaiting
    agreed = change.answers.filter(agrees=True).exists() or not change.answers.exists()
    if agreed:
        for answer in change.answers.exclude(agrees=True).select_related("party").order_by("pk"):
            _give_all_back(pot, answer.party, by, change)
        pot.purpose = change.purpose
        pot.save(update_fields=["purpose"])
    return _decided(change, agreed, by)


@transaction.atomic
def withdraw_purpose(*, change: PurposeChange, by) -> PurposeChange:
    """Raises NotAllowed, NoChange."""
    _pot, change = _open_change(change, by)
    return _decided(change, False, by)


def _decided(change: PurposeChange, is_adopted: bool, by) -> PurposeChange:
    change.decided_at, change.is_adopted = timezone.now(), is_adopted
    change.save(update_fields=["decided_at", "is_adopted"])
    record(by=by, act="pot.purpose_decided", about=change.pot, details={"adopted": is_adopted})
    pot_changed(change.pot)
    return change


def _give_all_back(pot: Pot, party, by, change: PurposeChange) -> None:
    """Everything this payer gave, request by request; their open requests end."""
    for request in PaymentRequest.objects.filter(pot=pot, party=party).select_related("party", "pot").order_by("pk"):
        if request.paid_cents:
            give_back(request=request, by=by, because=pot.name, key=f"purpose:{change.pk}:{request.pk}")
        PaymentRequest.objects.live().filter(pk=request.pk, paid_cents__lt=F("amount_cents")).update(
            cancelled_at=timezone.now()
        )
        RequestEvent.objects.create(request=request, kind=RequestEvent.Kind.CANCELLED, by_label=str(by)[:160])


def _chefs_pot(pot: Pot, by) -> Pot:
    pot = Pot.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=pot.pk)
    if not is_chef(by, pot):
        raise NotAllowed
    if not pot.takes_money:
        raise PotClosedAlready
    return pot


def _open_change(change: PurposeChange, by) -> tuple[Pot, PurposeChange]:
    pot = _chefs_pot(change.pot, by)
    change = PurposeChange.objects.select_for_update().get(pk=change.pk)
    change.pot = pot
    if not change.is_open:
        raise NoChange
    return pot, change
