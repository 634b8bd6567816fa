"""The practice bank: plays every ending of a payment in a demo. Nothing leaves this house."""

import secrets
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.providers.interface import Checkout, PaymentState, RefundState
from finance.providers.models import PaymentAttempt


class PracticeBank:
    code, label = "practice", _("Practice bank")
    capabilities = frozenset({"refund", "cancel"})
    mode = ""

    def start(self, attempt) -> Checkout:
        identity = attempt.provider_id or f"pr_{secrets.token_hex(8)}"
        return Checkout(identity, reverse("practice-bank", args=[attempt.key]))

    def fetch(self, provider_id: str) -> PaymentState:
        """What our own rows say: the practice bank remembers nothing of its own."""
        attempt = PaymentAttempt.objects.get(provider=self.code, provider_id=provider_id)
        known = attempt.refunds.exclude(provider_id="")
        refunds = tuple(RefundState(each.provider_id, each.status, each.cents, str(each.key)) for each in known)
        return PaymentState(provider_id, attempt.status, attempt.cents, attempt_key=str(attempt.key), refunds=refunds)

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
        raise NotImplementedError("the practice bank has no mandates")

    def mandates(self, customer_id: str) -> list:
        return []

    def revoke_mandate(self, customer_id: str, mandate_id: str) -> None:
        """There are none."""
