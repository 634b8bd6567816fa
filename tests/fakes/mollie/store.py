"""What the fake remembers: payments, refunds, chargebacks, customers and mandates, with their rules."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

AMOUNT = re.compile(r"^\d{1,10}\.\d{2}$")
EXPIRES = {"ideal": timedelta(minutes=15), "creditcard": timedelta(minutes=30), "banktransfer": timedelta(days=12)}
FINAL = {"paid", "failed", "canceled", "expired"}


class Problem(Exception):
    """An error as the API words it."""

    def __init__(self, status: int, detail: str, name: str = ""):
        super().__init__(detail)
        self.status, self.detail, self.field = status, detail, name

    def body(self) -> dict:
        titles = {400: "Bad Request", 401: "Unauthorized Request", 404: "Not Found", 409: "Conflict"}
        body = {"status": self.status, "title": titles.get(self.status, "Unprocessable Entity"), "detail": self.detail}
        return body | ({"field": self.field} if self.field else {})


@dataclass
class Clock:
    """The fake's own time, which a test can move."""

    skew: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.skew

    def forward(self, **span) -> None:
        self.skew += timedelta(**span)


@dataclass
class Store:
    mode: str
    clock: Clock
    address: str = ""
    payments: dict = field(default_factory=dict)
    refunds: dict = field(default_factory=dict)
    chargebacks: dict = field(default_factory=dict)
    customers: dict = field(default_factory=dict)
    mandates: dict = field(default_factory=dict)
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))
    allow_localhost: bool = True

    def identity(self, prefix: str) -> str:
        return f"{prefix}_Fake{next(self.numbers):06d}"

    def stamp(self, moment=None) -> str:
        return (moment or self.clock.now()).isoformat(timespec="microseconds")

    def create_payment(self, body: dict, customer: str = "") -> dict:
        sequence, customer = body.get("sequenceType", "oneoff"), customer or body.get("customerId", "")
        self._check(body, sequence, customer)
        method = body.get("method") or ("directdebit" if sequence == "recurring" else "ideal")
        method = method[0] if isinstance(method, list) else method
        now = self.clock.now()
        payment = {
            "resource": "payment",
            "id": self.identity("tr"),
            "mode": self.mode,
            "createdAt": self.stamp(now),
            "amount": body["amount"],
            "description": body["description"],
            "method": method if sequence == "recurring" else None,
            "chosen": method,
            "metadata": body.get("metadata"),
            "status": "pending" if sequence == "recurring" else "open",
            "isCancelable": sequence == "recurring",
            "expiresAt": self.stamp(now + EXPIRES.get(method, timedelta(hours=1))),
            "profileId": "pfl_Fake",
            "sequenceType": sequence,
            "redirectUrl": body.get("redirectUrl"),
            "webhookUrl": body.get("webhookUrl"),
            "customerId": customer or None,
            "mandateId": self._mandate(body, customer) if sequence == "recurring" else None,
        }
        self.payments[payment["id"]] = payment
        return payment

    def _check(self, body: dict, sequence: str, customer: str) -> None:
        self.check_amount(body.get("amount"))
        if not body.get("description"):
            raise Problem(422, "The description is invalid", "description")
        if len(body["description"]) > 255:
            raise Problem(422, "The description is too long", "description")
        if sequence not in ("oneoff", "first", "recurring"):
            raise Problem(422, "The sequence type is invalid", "sequenceType")
        if sequence == "recurring" and body.get("redirectUrl"):
            raise Problem(422, "The redirect url should not be set for recurring payments", "redirectUrl")
        if sequence != "recurring" and not str(body.get("redirectUrl", "")).startswith(("http://", "https://")):
            raise Problem(422, "The redirect url is invalid", "redirectUrl")
        if sequence != "oneoff" and customer not in self.customers:
            raise Problem(422, "The customer id is invalid", "customerId")
        webhook = body.get("webhookUrl", "")
        if webhook and re.search(r"//(localhost|127\.|\[::1\])", webhook) and not self.allow_localhost:
            raise Problem(
                422, "The webhook URL is invalid because it is unreachable from Mollie's point of view", "webhookUrl"
            )
        if len(str(body.get("metadata") or "")) > 1024:
            raise Problem(422, "The metadata is too long", "metadata")

    def check_amount(self, amount) -> None:
        if not isinstance(amount, dict) or not isinstance(amount.get("value"), str):
            raise Problem(422, "The amount is required but is missing", "amount")
        if amount.get("currency") != "EUR":
            raise Problem(422, "The currency is invalid", "amount.currency")
        if not AMOUNT.match(amount["value"]):
            raise Problem(422, "The amount contains an invalid value", "amount.value")
        if cents(amount) < 1:
            raise Problem(422, "The amount is lower than the minimum", "amount")

    def _mandate(self, body: dict, customer: str) -> str:
        valid = [each for each in self.mandates.values() if each["customer"] == customer and each["status"] == "valid"]
        wanted = [each for each in valid if body.get("mandateId") in (None, "", each["id"])]
        if not wanted:
            raise Problem(422, "No suitable mandates found for customer", "customerId")
        return wanted[0]["id"]

    def payment(self, identity: str) -> dict:
        if identity not in self.payments:
            raise Problem(404, f"No payment exists with token {identity}.")
        payment = self.payments[identity]
        if payment["status"] == "open" and self.clock.now() > datetime.fromisoformat(payment["expiresAt"]):
            payment["status"] = "expired"
        return payment

    def create_refund(self, identity: str, body: dict) -> dict:
        payment = self.payment(identity)
        self.check_amount(body.get("amount"))
        wanted = cents(body["amount"])
        if payment["status"] != "paid":
            raise Problem(422, "The payment cannot be refunded")
        of_payment = [each for each in self.refunds.values() if each["paymentId"] == identity]
        same = [each for each in of_payment if each["amount"] == body["amount"] and each["status"] == "queued"]
        if same and same[-1].get("metadata") == body.get("metadata"):
            raise Problem(409, "A duplicate refund has been detected")
        if wanted > self.remaining(payment):
            raise Problem(422, "The amount is higher than the maximum", "amount")
        refund = {
            "resource": "refund",
            "id": self.identity("re"),
            "paymentId": identity,
            "amount": body["amount"],
            "description": body.get("description", ""),
            "metadata": body.get("metadata"),
            "status": "queued",
            "createdAt": self.stamp(),
        }
        self.refunds[refund["id"]] = refund
        return refund

    def remaining(self, payment: dict) -> int:
        gone = ("failed", "canceled")
        refunds = [each for each in self.refunds.values() if each["paymentId"] == payment["id"]]
        back = [each for each in self.chargebacks.values() if each["paymentId"] == payment["id"]]
        taken = sum(cents(each["amount"]) for each in refunds if each["status"] not in gone)
        taken += sum(cents(each["amount"]) for each in back if not each["reversedAt"])
        return cents(payment["amount"]) - taken


def cents(amount: dict) -> int:
    return int(amount["value"].replace(".", ""))


def money(value: int) -> dict:
    return {"currency": "EUR", "value": f"{value // 100}.{value % 100:02d}"}
