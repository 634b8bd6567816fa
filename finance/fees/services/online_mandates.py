"""Mandates that the provider of online payments keeps: given with a first payment, collected by the provider.

The clock (`look_after_online_mandates`) does what needs the network, outside every transaction; killed at any point it
goes on where it was. What comes of a collection arrives as the state of its attempt, like every online payment.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from finance.fees.errors import NothingOpen
from finance.fees.models import CollectionBatch, CollectionItem, Mandate, Part, Payer
from finance.fees.services.mandates import PAUSING, end_former, end_mandate, next_reference, pause_mandate
from finance.providers.errors import ProviderAway, ProviderRefused
from finance.providers.models import PaymentAttempt
from finance.providers.services import (
    collect,
    is_my_turn,
    mandates_of,
    online_provider,
    refresh,
    revoke_mandate,
    start_attempt,
    start_customer,
)
from groups.people.audit import record
from groups.people.models import Member
from notifications.services import notify

AT_ONCE = 100
ENDED = (PaymentAttempt.Status.FAILED, PaymentAttempt.Status.CANCELLED, PaymentAttempt.Status.EXPIRED)
Sequence = PaymentAttempt.Sequence


def takes_mandates() -> bool:
    provider = online_provider()
    return provider is not None and "recurring" in provider.capabilities


def part_for_mandate(payer: Payer) -> Part | None:
    """What a first payment would pay: the part that is due first."""
    return Part.objects.open().filter(invoice__payer=payer).order_by("due_on", "number", "pk").first()


def begin_mandate(*, payer: Payer, by) -> PaymentAttempt:
    """Pay what is due first at one's own bank, and with it allow later collections. Call it outside a transaction.

    Raises NothingOpen, NoProvider, ProviderAway, ProviderRefused.
    """
    part = part_for_mandate(payer)
    if part is None:
        raise NothingOpen
    customer = start_customer(name=payer.name, email=by.email or "", key=f"fee-payer-{payer.pk}")
    return start_attempt(
        kind="fee",
        payable_id=part.pk,
        cents=part.open_cents,
        description=_("Membership fee %(number)s") % {"number": part.invoice.number},
        return_path=reverse("my-fees"),
        by=by,
        sequence=Sequence.FIRST,
        customer_id=customer,
    )


def mandate_came(attempt: PaymentAttempt, payer: Payer) -> Mandate | None:
    """A paid first payment brought a mandate, which takes the place of the one before; in the payment's transaction."""
    if attempt.sequence != Sequence.FIRST or not attempt.mandate_id:
        return None
    payer = Payer.objects.select_for_update().get(pk=payer.pk)
    by = Member.objects.filter(pk=attempt.member_id).first()
    end_former(payer, by)
    mandate = Mandate.objects.create(
        payer=payer,
        reference=next_reference(payer),
        holder=payer.name[:70],
        signed_on=timezone.localdate(),
        way=Mandate.Way.PROVIDER,
        provider=attempt.provider,
        customer_id=attempt.customer_id,
        provider_mandate_id=attempt.mandate_id,
        last_used_on=timezone.localdate(),
        kept_by_label=str(by or "")[:160],
    )
    record(by=by, act="fees.mandate_given", about=payer, details={"way": mandate.way, "reference": mandate.reference})
    return mandate


# --- The clock --------------------------------------------------------------------------------------
def look_after_online_mandates() -> None:
    """Each minute, by one worker: ask after new mandates, end what was ended, collect what is due."""
    if not takes_mandates() or not is_my_turn("fee mandates", timedelta(minutes=1)):
        return
    try:
        _ask_after_new()
        _revoke_ended()
        collect_due()
    except ProviderAway:
        return  # what is left waits for the next minute
    for item in _underway().filter(attempt__status__in=ENDED)[:AT_ONCE]:
        _came_back(item, code="")


def _ours():
    return Mandate.objects.filter(provider=online_provider().code)


def _ask_after_new() -> None:
    for mandate in _ours().filter(state=Mandate.State.ACTIVE, account_shown="")[:AT_ONCE]:
        states = {state.provider_id: state for state in mandates_of(mandate.customer_id)}
        state = states.get(mandate.provider_mandate_id)
        if state is None or state.status == "invalid":
            end_mandate(mandate=mandate, by=None, because="invalid at the provider")
        else:
            Mandate.objects.filter(pk=mandate.pk).update(account_shown=state.account or "••••")


def _revoke_ended() -> None:
    for mandate in _ours().filter(state=Mandate.State.ENDED, revoked_at__isnull=True)[:AT_ONCE]:
        try:
            revoke_mandate(customer_id=mandate.customer_id, mandate_id=mandate.provider_mandate_id)
        except ProviderRefused:
            pass  # it was gone already
        Mandate.objects.filter(pk=mandate.pk).update(revoked_at=timezone.now())


def collect_due() -> None:
    """Ask the provider to collect what is due today; an item that was asked for is not asked for again."""
    due = _items().filter(attempt__isnull=True, batch__collect_on__lte=timezone.localdate())
    for item in due.order_by("pk")[:AT_ONCE]:
        try:
            attempt = _asked_before(item) or _ask(item)
        except ProviderRefused:
            _came_back(item, code="")
            continue
        if attempt.sequence == Sequence.RECURRING:  # else somebody is paying it at this moment
            CollectionItem.objects.filter(pk=item.pk).update(attempt=attempt)
            refresh(attempt=attempt)


def _asked_before(item: CollectionItem) -> PaymentAttempt | None:
    """The attempt of a worker that was killed before it could write down which one it was."""
    made = PaymentAttempt.objects.filter(kind="fee", payable_id=item.part_id, sequence=Sequence.RECURRING)
    placed = made.exclude(provider_id="").filter(created_at__gte=item.batch.exported_at, fee_item=None)
    return placed.order_by("-pk").first()


def _ask(item: CollectionItem) -> PaymentAttempt:
    mandate = item.mandate
    return collect(
        kind="fee",
        payable_id=item.part_id,
        cents=item.cents,
        description=_("Membership fee %(number)s") % {"number": item.part.invoice.number},
        return_path=reverse("my-fees"),
        customer_id=mandate.customer_id,
        mandate_id=mandate.provider_mandate_id,
    )


def _items():
    """What the provider collects, and has not come in or back."""
    exported = CollectionBatch.State.EXPORTED
    waiting = Q(dropped_at__isnull=True, collected_on__isnull=True, returned_on__isnull=True)
    found = CollectionItem.objects.filter(waiting, batch__state=exported, mandate__provider=online_provider().code)
    return found.select_related("batch", "mandate", "part__invoice__payer")


def _underway():
    return _items().filter(attempt__isnull=False).order_by("pk")


# --- What came of it --------------------------------------------------------------------------------
def came_in(attempt: PaymentAttempt, entry) -> None:
    """The collection was paid; inside the transaction that counted it."""
    today = timezone.localdate()
    items = CollectionItem.objects.filter(part=attempt.payable_id, dropped_at__isnull=True, collected_on__isnull=True)
    if attempt.sequence == Sequence.RECURRING:
        items.filter(Q(attempt=attempt) | Q(attempt__isnull=True)).exclude(mandate__provider="").update(
            attempt=attempt, collected_on=today, entry=entry, returned_on=None, return_code=""
        )


def went_back(attempt: PaymentAttempt, entry) -> None:
    """The payer's bank took the collection back; inside the transaction that booked it."""
    item = CollectionItem.objects.filter(attempt=attempt).select_related("mandate", "part__invoice__payer").first()
    if item:
        latest = attempt.chargebacks.order_by("-pk").first()
        _came_back(item, code=latest.code if latest else "", entry=entry)


def stands_again(attempt: PaymentAttempt) -> None:
    """The chargeback was undone."""
    CollectionItem.objects.filter(attempt=attempt).update(returned_on=None, return_code="", return_entry=None)


@transaction.atomic
def _came_back(item: CollectionItem, *, code: str, entry=None) -> None:
    changed = CollectionItem.objects.filter(pk=item.pk, returned_on__isnull=True).update(
        returned_on=timezone.localdate(), return_code=code[:12], return_entry=entry
    )
    if code in PAUSING:
        pause_mandate(mandate=item.mandate, because=code)
    recipient = item.part.invoice.payer.recipient_id
    if changed and recipient:
        key = f"fee:{item.part.invoice_id}"
        notify(member_ids=[recipient], kind="fee_returned", key=key, context={"item": item.pk})
