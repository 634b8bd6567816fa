"""What every provider of online payments offers, whatever its own words are. Amounts in EUR cents.

Pots and fees never call a provider themselves: they call `finance.providers.services` (`start_attempt`, `refresh`,
`ask_refund`, `start_mandate`, `collect`), which keep the network outside database transactions.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class ProviderAway(Refusal):
    """No answer, or a temporary one: nothing is known to have happened, and asking again with the same key is safe."""

    message = _("The payment service cannot be reached now. Try again in a while, or pay by bank transfer.")


class ProviderRefused(Refusal):
    """The provider understood and said no; asking again gives the same answer. `status` is its HTTP status."""

    message = _("The payment service did not accept this.")

    def __init__(self, message=None, status: int = 422):
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Checkout:
    """A payment that exists at the provider now. `url` is where the payer goes; empty when nobody has to."""

    provider_id: str
    url: str
    mode: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefundState:
    provider_id: str
    status: str  # one of OnlineRefund.Status
    cents: int
    key: str = ""  # ours, when we asked for it


@dataclass(frozen=True, slots=True)
class ChargebackState:
    provider_id: str
    cents: int
    code: str = ""
    reason: str = ""
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class PaymentState:
    """All that a provider knows of one payment at one moment; `apply_state` turns it into bookings."""

    provider_id: str
    status: str  # one of PaymentAttempt.Status
    cents: int
    currency: str = "EUR"
    mode: str = ""
    method: str = ""
    attempt_key: str = ""
    mandate_id: str = ""
    expires_at: datetime | None = None
    url: str = ""
    refunds: tuple[RefundState, ...] = field(default=())
    chargebacks: tuple[ChargebackState, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class MandateState:
    """A standing permission to collect. `status` is pending, valid or invalid; `account` is masked."""

    provider_id: str
    status: str
    method: str = ""
    account: str = ""
    reference: str = ""


class Provider(Protocol):
    """`capabilities` says which of the optional parts work: "refund", "cancel", "recurring"."""

    code: str
    label: str
    capabilities: frozenset[str]

    def start(self, attempt) -> Checkout:
        """Make the payment of this attempt; called again with the same attempt it is the same payment."""

    def fetch(self, provider_id: str) -> PaymentState:
        """All about one payment, with its refunds and chargebacks."""

    def cancel(self, provider_id: str) -> None:
        """Take back a payment that nobody has finished."""

    def refund(self, refund) -> RefundState:
        """Send money of a paid attempt back; called again with the same refund it is the same refund."""

    def cancel_refund(self, refund) -> None:
        """Stop a refund that has not been executed yet."""

    def recent(self, since: datetime) -> list[PaymentState]:
        """Payments made since then, newest first, without their refunds and chargebacks."""

    def charged_back_since(self, since: datetime) -> list[str]:
        """Ids of payments that got a chargeback since then."""

    def make_customer(self, *, name: str, email: str, key: str) -> str:
        """A payer whom mandates belong to; returns the provider's id."""

    def mandates(self, customer_id: str) -> list[MandateState]:
        """The mandates of a payer, newest first."""

    def revoke_mandate(self, customer_id: str, mandate_id: str) -> None:
        """End a mandate."""
