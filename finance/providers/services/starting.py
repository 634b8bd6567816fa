"""Off to pay: our row first, then the provider, so that whatever breaks in between can be found again."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from finance.providers.choice import online_provider, provider_by_code
from finance.providers.errors import NoProvider, ProviderAway, ProviderRefused
from finance.providers.interface import Checkout
from finance.providers.models import PaymentAttempt
from finance.providers.services.applying import apply_state

Status = PaymentAttempt.Status
KEY_LIVES = timedelta(minutes=55)  # the provider remembers an idempotency key for an hour


def start_attempt(
    *,
    kind: str,
    payable_id: int,
    cents: int,
    description: str,
    return_path: str,
    by,
    sequence: str = PaymentAttempt.Sequence.ONEOFF,
    customer_id: str = "",
    mandate_id: str = "",
) -> PaymentAttempt:
    """A way to pay this; a second click, or a second tab, gets the attempt that is still open.

    Send the payer to `attempt.checkout_url`. With `sequence="first"` and a `customer_id` of `start_customer` the
    payment also makes a mandate (`attempt.mandate_id` once paid); `collect` then needs no payer. Call it outside a
    transaction. Raises NoProvider, ProviderAway, ProviderRefused.
    """
    provider = online_provider()
    if provider is None:
        raise NoProvider
    fields = {
        "cents": cents,
        "description": description[:140],
        "return_path": return_path,
        "member_id": by.pk if by else None,
        "sequence": sequence,
        "customer_id": customer_id,
        "mandate_id": mandate_id,
    }
    attempt = _live_attempt(kind, payable_id, provider.code, fields)
    is_placed = attempt.provider_id and (attempt.checkout_url or sequence == PaymentAttempt.Sequence.RECURRING)
    return attempt if is_placed else _place(attempt, provider)


def _live_attempt(kind: str, payable_id: int, provider: str, fields: dict) -> PaymentAttempt:
    live = PaymentAttempt.objects.filter(kind=kind, payable_id=payable_id, status__in=PaymentAttempt.LIVE)
    _end_what_does_not_fit(live, provider, fields)
    if existing := live.first():
        return existing
    try:
        with transaction.atomic():
            return PaymentAttempt.objects.create(kind=kind, payable_id=payable_id, provider=provider, **fields)
    except IntegrityError:
        return live.get()


def _end_what_does_not_fit(live, provider: str, fields: dict) -> None:
    """Partly paid in the meantime, another provider, another sequence, or past its time: the payer needs a new one.

    Should the old one be paid after all, it is booked all the same.
    """
    fitting = {"cents": fields["cents"], "provider": provider, "sequence": fields["sequence"]}
    live.exclude(**fitting).filter(status=Status.OPEN).update(status=Status.CANCELLED)
    live.filter(expires_at__lt=timezone.now(), status=Status.OPEN).update(status=Status.EXPIRED)


def _place(attempt: PaymentAttempt, provider) -> PaymentAttempt:
    """Make the payment at the provider, once, however often this is tried."""
    if timezone.now() - attempt.created_at > KEY_LIVES and (found := find_lost(attempt, provider)):
        return found
    try:
        return placed(attempt, provider.start(attempt))
    except ProviderAway:
        attempt.refresh_from_db()
        if attempt.provider_id:  # a second tab, or a notice, was quicker
            return attempt
        raise
    except ProviderRefused:
        PaymentAttempt.objects.filter(pk=attempt.pk, provider_id="").update(status=Status.FAILED)
        raise


def find_lost(attempt: PaymentAttempt, provider) -> PaymentAttempt | None:
    """The payment that was made while we did not hear the answer: the key is forgotten, so the list is read."""
    for state in provider.recent(attempt.created_at - timedelta(minutes=1)):
        if state.attempt_key == str(attempt.key):
            placed(attempt, Checkout(state.provider_id, state.url, state.mode, state.expires_at))
            return apply_state(attempt=attempt, state=provider.fetch(state.provider_id))
    return None


@transaction.atomic
def placed(attempt: PaymentAttempt, checkout: Checkout) -> PaymentAttempt:
    """Write down what the provider answered; a notice may have been quicker."""
    attempt = PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
    if not attempt.provider_id or attempt.provider_id == checkout.provider_id:
        attempt.provider_id = checkout.provider_id
        attempt.checkout_url = checkout.url or attempt.checkout_url
        attempt.mode, attempt.expires_at = checkout.mode or attempt.mode, checkout.expires_at
        attempt.save(update_fields=["provider_id", "checkout_url", "mode", "expires_at"])
    return attempt


def try_again(attempt: PaymentAttempt) -> None:
    """For the sweep: an attempt that never got its answer. Too old to be paid, it is given up."""
    provider = provider_by_code(attempt.provider)
    if provider is None or find_lost(attempt, provider):
        return
    if timezone.now() - attempt.created_at > timedelta(days=1):
        PaymentAttempt.objects.filter(pk=attempt.pk, provider_id="", status=Status.OPEN).update(status=Status.EXPIRED)
    elif attempt.sequence == PaymentAttempt.Sequence.RECURRING:
        try:
            placed(attempt, provider.start(attempt))
        except (ProviderAway, ProviderRefused):
            return
