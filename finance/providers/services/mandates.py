"""Standing permissions to collect, for whoever asks money regularly. The caller keeps what they are for."""

from finance.providers.choice import online_provider
from finance.providers.errors import NoProvider
from finance.providers.interface import MandateState
from finance.providers.models import PaymentAttempt
from finance.providers.services.starting import start_attempt


def _recurring():
    provider = online_provider()
    if provider is None or "recurring" not in provider.capabilities:
        raise NoProvider
    return provider


def start_customer(*, name: str, email: str, key: str) -> str:
    """The provider's id for a payer; `key` is ours, and the same key gives the same payer within the hour.

    Keep the id: mandates belong to it. Raises NoProvider, ProviderAway, ProviderRefused.
    """
    return _recurring().make_customer(name=name, email=email, key=key)


def mandates_of(customer_id: str) -> list[MandateState]:
    """Raises NoProvider, ProviderAway, ProviderRefused."""
    return _recurring().mandates(customer_id)


def revoke_mandate(*, customer_id: str, mandate_id: str) -> None:
    """Raises NoProvider, ProviderAway, ProviderRefused."""
    _recurring().revoke_mandate(customer_id, mandate_id)


def collect(
    *, kind: str, payable_id: int, cents: int, description: str, return_path: str, customer_id: str, mandate_id=""
) -> PaymentAttempt:
    """Collect by mandate, without the payer. The attempt is mostly pending for days, and then paid or failed.

    Called again while it is pending it gives the same attempt. Raises NoProvider, ProviderAway, ProviderRefused.
    """
    _recurring()
    return start_attempt(
        kind=kind,
        payable_id=payable_id,
        cents=cents,
        description=description,
        return_path=return_path,
        by=None,
        sequence=PaymentAttempt.Sequence.RECURRING,
        customer_id=customer_id,
        mandate_id=mandate_id,
    )
