"""Mollie: a small client of our own for the v2 payments API, and the provider on top of it."""

import json
from datetime import datetime
from urllib.parse import quote, urlsplit

import requests
from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from finance.providers.interface import (
    ChargebackState,
    Checkout,
    MandateState,
    PaymentState,
    ProviderAway,
    ProviderRefused,
    RefundState,
)
from finance.providers.models import PaymentAttempt

TIMEOUT = (5, 15)  # seconds to connect, and to answer
PAGE = 250
STATUSES = {
    "open": PaymentAttempt.Status.OPEN,
    "pending": PaymentAttempt.Status.PENDING,
    "authorized": PaymentAttempt.Status.PENDING,
    "paid": PaymentAttempt.Status.PAID,
    "failed": PaymentAttempt.Status.FAILED,
    "canceled": PaymentAttempt.Status.CANCELLED,
    "expired": PaymentAttempt.Status.EXPIRED,
}
TEMPORARY = {408, 409, 429, 500, 502, 503, 504}  # 409: the same key is still being executed
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


class MollieClient:
    """Speaks HTTP with Mollie: JSON in and out, one key per thing that must not happen twice."""

    def __init__(self, key: str, url: str):
        self.key, self.url = key, url.rstrip("/")

    @property
    def mode(self) -> str:
        return "live" if self.key.startswith("live_") else "test"

    def get(self, path: str, **query) -> dict:
        return self._call("GET", path, params=query)

    def post(self, path: str, body: dict, key: str = "") -> dict:
        return self._call("POST", path, json=body, headers={"Idempotency-Key": key} if key else {})

    def delete(self, path: str) -> None:
        self._call("DELETE", path)

    def listed(self, path: str, name: str, **query):
        """Every item of a list, page after page, newest first."""
        answer = self.get(path, limit=PAGE, **query)
        while True:
            yield from answer.get("_embedded", {}).get(name, [])
            following = (answer.get("_links") or {}).get("next")
            if not following:
                return
            # Only the path and the query of the link: the key must never travel to another host.
            parts = urlsplit(following["href"])
            answer = self.get(f"{parts.path}?{parts.query}")

    def _call(self, verb: str, path: str, headers=None, **content) -> dict:
        headers = {"Authorization": f"Bearer {self.key}", "Accept": "application/hal+json", **(headers or {})}
        try:
            answer = requests.request(
                verb, self.url + path, headers=headers, timeout=TIMEOUT, allow_redirects=False, **content
            )
        except requests.RequestException as error:
            raise ProviderAway from error
        if answer.status_code in TEMPORARY and not _is_duplicate(answer):
            raise ProviderAway
        if answer.status_code >= 300:
            raise ProviderRefused(_detail(answer), answer.status_code)
        return _body(answer)


def _is_duplicate(answer) -> bool:
    """409 has two meanings: the same key is busy, or this very refund was made before."""
    return answer.status_code == 409 and "duplicate" in _detail(answer).lower()


def _detail(answer) -> str:
    try:
        return str(answer.json().get("detail", ""))[:200]
    except (ValueError, AttributeError):
        return ""


def _body(answer) -> dict:
    if answer.status_code == 204 or not answer.content:
        return {}
    try:
        return answer.json()
    except ValueError as error:
        raise ProviderAway from error


class Mollie:
    code, label = "mollie", "Mollie"
    capabilities = frozenset({"refund", "cancel", "recurring"})

    def __init__(self, client: MollieClient):
        self.client = client

    @property
    def mode(self) -> str:
        return self.client.mode

    def start(self, attempt) -> Checkout:
        payment = self.client.post("/v2/payments", self._wanted(attempt), key=str(attempt.key))
        return Checkout(
            payment["id"], _link(payment, "checkout"), payment.get("mode", ""), _time(payment.get("expiresAt"))
        )

    def _wanted(self, attempt) -> dict:
        path = reverse("provider-return", args=[attempt.key])
        wanted = {
            "amount": amount(attempt.cents),
            "description": attempt.description[:255],
            "metadata": {"attempt": str(attempt.key)},
            "locale": "nl_NL",
        }
        if attempt.sequence != PaymentAttempt.Sequence.RECURRING:
            wanted["redirectUrl"] = settings.BASE_URL + path
        if attempt.sequence != PaymentAttempt.Sequence.ONEOFF:
            wanted |= {"sequenceType": attempt.sequence, "customerId": attempt.customer_id}
            if attempt.mandate_id:
                wanted["mandateId"] = attempt.mandate_id
        if settings.MOLLIE_WEBHOOKS:
            wanted["webhookUrl"] = settings.MOLLIE_WEBHOOKS + reverse("mollie-webhook", args=[attempt.key])
        return wanted

    def fetch(self, provider_id: str) -> PaymentState:
        path = f"/v2/payments/{quote(provider_id, safe='')}"
        payment = self.client.get(path, embed="refunds,chargebacks")
        return payment_state(payment)

    def cancel(self, provider_id: str) -> None:
        self.client.delete(f"/v2/payments/{quote(provider_id, safe='')}")

    def refund(self, refund) -> RefundState:
        path = f"/v2/payments/{quote(refund.attempt.provider_id, safe='')}/refunds"
        body = {
            "amount": amount(refund.cents),
            "description": refund.because[:140] or refund.attempt.description[:140],
            "metadata": {"refund": str(refund.key)},
        }
        return _refund_state(self.client.post(path, body, key=str(refund.key)))

    def cancel_refund(self, refund) -> None:
        payment, ours = quote(refund.attempt.provider_id, safe=""), quote(refund.provider_id, safe="")
        self.client.delete(f"/v2/payments/{payment}/refunds/{ours}")

    def recent(self, since: datetime) -> list[PaymentState]:
        found = []
        for payment in self.client.listed("/v2/payments", "payments"):
            if (_time(payment.get("createdAt")) or since) < since:
                break
            found.append(payment_state(payment))
        return found

    def charged_back_since(self, since: datetime) -> list[str]:
        found = []
        for each in self.client.listed("/v2/chargebacks", "chargebacks"):
            latest = max(_time(each.get("createdAt")) or since, _time(each.get("reversedAt")) or since)
            if latest > since:
                found.append(each["paymentId"])
        return found

    def make_customer(self, *, name: str, email: str, key: str) -> str:
        body = {"name": name[:100], "email": email, "metadata": {"payer": key}}
        return self.client.post("/v2/customers", body, key=key)["id"]

    def mandates(self, customer_id: str) -> list[MandateState]:
        path = f"/v2/customers/{quote(customer_id, safe='')}/mandates"
        return [_mandate_state(each) for each in self.client.listed(path, "mandates")]

    def revoke_mandate(self, customer_id: str, mandate_id: str) -> None:
        self.client.delete(f"/v2/customers/{quote(customer_id, safe='')}/mandates/{quote(mandate_id, safe='')}")


def amount(cents: int) -> dict:
    return {"currency": "EUR", "value": f"{cents // 100}.{cents % 100:02d}"}


def to_cents(money: dict | None) -> int:
    """Exact cents of “10.00”; anything else is no amount of ours."""
    whole, point, fraction = str((money or {}).get("value", "")).lstrip("-").partition(".")
    if not (whole.isdecimal() and point and fraction.isdecimal() and len(fraction) == 2):
        raise ProviderAway
    return int(whole) * 100 + int(fraction)


def payment_state(payment: dict) -> PaymentState:
    embedded = payment.get("_embedded") or {}
    return PaymentState(
        provider_id=payment["id"],
        status=STATUSES.get(payment.get("status"), PaymentAttempt.Status.PENDING),
        cents=to_cents(payment.get("amount")),
        currency=payment["amount"].get("currency", ""),
        mode=payment.get("mode", ""),
        method=payment.get("method") or "",
        attempt_key=str(_metadata(payment).get("attempt", "")),
        mandate_id=payment.get("mandateId") or "",
        expires_at=_time(payment.get("expiresAt")),
        url=_link(payment, "checkout"),
        refunds=tuple(_refund_state(each) for each in embedded.get("refunds", [])),
        chargebacks=tuple(_chargeback_state(each) for each in embedded.get("chargebacks", [])),
    )


def _refund_state(refund: dict) -> RefundState:
    return RefundState(
        provider_id=refund["id"],
        status=refund.get("status", "queued"),
        cents=to_cents(refund.get("amount")),
        key=str(_metadata(refund).get("refund", "")),
    )


def _chargeback_state(chargeback: dict) -> ChargebackState:
    reason = chargeback.get("reason") or {}
    return ChargebackState(
        provider_id=chargeback["id"],
        cents=to_cents(chargeback.get("amount")),
        code=str(reason.get("code", ""))[:12],
        reason=str(reason.get("description", ""))[:200],
        is_reversed=bool(chargeback.get("reversedAt")),
    )


def _mandate_state(mandate: dict) -> MandateState:
    details = mandate.get("details") or {}
    account = str(details.get("consumerAccount") or details.get("cardNumber") or "")
    return MandateState(
        provider_id=mandate["id"],
        status=mandate.get("status", "invalid"),
        method=mandate.get("method") or "",
        account=f"•••• {account[-4:]}" if account else "",
        reference=mandate.get("mandateReference") or "",
    )


def _metadata(thing: dict) -> dict:
    metadata = thing.get("metadata")
    if isinstance(metadata, str):
        try:
            metadata = json.loads(metadata)
        except ValueError:
            metadata = None
    return metadata if isinstance(metadata, dict) else {}


def _link(thing: dict, name: str) -> str:
    return ((thing.get("_links") or {}).get(name) or {}).get("href", "")


def _time(written) -> datetime | None:
    return parse_datetime(written) if written else None
