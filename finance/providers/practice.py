"""The practice bank: plays every ending of a payment in a demo. Nothing leaves this house."""

import secrets
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.providers.interface import Checkout, MandateState, PaymentState, RefundState
from finance.providers.models import PaymentAttempt


class PracticeBank:
    code, label = "practice", _("Practice bank")
    capabilities = frozenset({"refund", "cancel", "recurring"})
    mode = ""

    def start(self, attempt) -> Checkout:
        identity = attempt.provider_id or f"pr_{secrets.token_hex(8)}"
        return Checkout(identity, reverse("practice-bank", args=[attempt.key]))

    def fetch(self, provider_id: str) -> PaymentState:
        """What our own rows say: the practice bank remembers nothing. Who gave a mandate always has money."""
        attempt = PaymentAttempt.objects.get(provider=self.code, provider_id=provider_id)
        known = attempt.refunds.exclude(provider_id="")
        refunds = tuple(RefundState(each.provider_id, each.status, each.cents, str(each.key)) for each in known)
        collects = attempt.sequence == PaymentAttempt.Sequence.RECURRING and attempt.is_live
        status = PaymentAttempt.Status.PAID if collects else attempt.status
        return PaymentState(provider_id, status, attempt.cents, attempt_key=str(attempt.key), refunds=refunds)

    def cancel(self, provider_id: str) -> None:
        """Nothing to tell anybody."""

    def refund(self, refund) -> RefundState:
        return RefundState(f"rp_{refund.key.hex[:16]}", "refunded", refund.cents, str(refund.key))

    def cancel_refund(self, refund) -> None:
        """Practice refunds are done at once."""

    def recent(self, since: datetime) -> list[PaymentState]:
        return []

    def charged_back_since(self, since: datetime) -> list[str]:
        return []

    def make_customer(self, *, name: str, email: str, key: str) -> str:
        return f"pc_{secrets.token_hex(8)}"

    def mandates(self, customer_id: str) -> list[MandateState]:
        """One for each first payment that was paid."""
        first = PaymentAttempt.objects.filter(
            provider=self.code, customer_id=customer_id, sequence=PaymentAttempt.Sequence.FIRST, status="paid"
        )
        return [
            MandateState(attempt.mandate_id, "valid", "directdebit", "•••• 0000", attempt.mandate_id)
            for attempt in first.order_by("-pk")
        ]

    def revoke_mandate(self, customer_id: str, mandate_id: str) -> None:
        """Nothing to tell anybody."""
