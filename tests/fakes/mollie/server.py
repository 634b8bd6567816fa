"""The HTTP side of the fake, its faults, the controls a test has, and the delivery of webhooks."""

import json
import re
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

from tests.fakes.mollie.store import FINAL, Clock, Problem, Store, cents, money

RETRIES = [0, 1, 3, 7, 15, 31, 60, 120, 240, 1560]  # minutes after the fact
KEY_LIVES = timedelta(hours=1)
ROUTES = [
    ("POST", r"/v2/payments", "create_payment"),
    ("GET", r"/v2/payments", "list_payments"),
    ("GET", r"/v2/payments/(tr_\w+)", "get_payment"),
    ("DELETE", r"/v2/payments/(tr_\w+)", "cancel_payment"),
    ("POST", r"/v2/payments/(tr_\w+)/refunds", "create_refund"),
    ("GET", r"/v2/payments/(tr_\w+)/refunds", "list_refunds"),
    ("DELETE", r"/v2/payments/(tr_\w+)/refunds/(re_\w+)", "cancel_refund"),
    ("GET", r"/v2/payments/(tr_\w+)/chargebacks", "list_payment_chargebacks"),
    ("GET", r"/v2/chargebacks", "list_chargebacks"),
    ("POST", r"/v2/customers", "create_customer"),
    ("POST", r"/v2/customers/(cst_\w+)/payments", "create_customer_payment"),
    ("GET", r"/v2/customers/(cst_\w+)/mandates", "list_mandates"),
    ("DELETE", r"/v2/customers/(cst_\w+)/mandates/(mdt_\w+)", "revoke_mandate"),
]


class FakeMollie:
    """`delivery` is "normal", "twice", "early" (before the create answer), "late" (only on `deliver`) or "reversed"."""

    def __init__(self, mode: str = "test"):
        self.key, self.clock = f"{mode}_FakeKey0123456789", Clock()
        self.store = Store(mode=mode, clock=self.clock)
        self.delivery, self.post = "late", self._post_over_http
        self.faults: list[str] = []  # each next request takes one: "timeout", "500", "503", "429", "busy"
        self.waiting: list[tuple[str, str]] = []
        self.delivered: list[tuple[str, str, int]] = []
        self.calls: list[tuple[str, str]] = []
        self._answers: dict[str, tuple] = {}
        self._lock = threading.RLock()

    def __enter__(self):
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                fake._answer(self)

            do_GET = do_POST = do_DELETE = answer

            def log_message(self, *values):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = self.store.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()

    # --- Requests -----------------------------------------------------------------------------------
    def _answer(self, request) -> None:
        length = int(request.headers.get("Content-Length") or 0)
        raw = request.rfile.read(length)
        with self._lock:
            self.calls.append((request.command, request.path))
            fault = self.faults.pop(0) if self.faults else ""
            if fault.isdecimal():
                return _send(request, int(fault), Problem(int(fault), "Something went wrong").body())
            if fault == "busy":
                return _send(request, 409, Problem(409, "Another request with this key is being executed").body())
            try:
                status, body, replayed = self._executed(request, raw)
            except Problem as problem:
                status, body, replayed = problem.status, problem.body(), False
        if self.delivery == "early" and self.waiting:
            self.deliver()
        if fault == "timeout":  # done, and nobody hears of it
            request.connection.close()
            return None
        return _send(request, status, body, replayed)

    def _executed(self, request, raw: bytes):
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            raise Problem(401, "Missing authentication, or failed to authenticate")
        key = request.headers.get("Idempotency-Key", "") if request.command == "POST" else ""
        known = self._answers.get(key)
        if key and known and self.clock.now() - known[0] < KEY_LIVES:
            if known[1] != (request.path, raw):
                raise Problem(400, "The idempotency key was used with another request")
            return known[2], known[3], True
        status, body = self._routed(request, raw)
        if key:
            self._answers[key] = (self.clock.now(), (request.path, raw), status, body)
        return status, body, False

    def _routed(self, request, raw: bytes):
        parts = urlsplit(request.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        for verb, pattern, name in ROUTES:
            match = re.fullmatch(pattern, parts.path)
            if match and verb == request.command:
                body = json.loads(raw or b"{}")
                return getattr(self, f"_{name}")(*match.groups(), body=body, query=query)
        raise Problem(404, "The endpoint does not exist")

    def _create_payment(self, *, body, query, customer=""):
        payment = self.store.create_payment(body, customer)
        if self.delivery == "early":
            self._announce(payment)
        return 201, self._shown(payment)

    def _create_customer_payment(self, customer, *, body, query):
        return self._create_payment(body=body, query=query, customer=customer)

    def _get_payment(self, identity, *, body, query):
        return 200, self._shown(self.store.payment(identity), query.get("embed", ""))

    def _cancel_payment(self, identity, *, body, query):
        payment = self.store.payment(identity)
        if payment["status"] in FINAL:
            raise Problem(422, "The payment cannot be canceled")
        payment["status"] = "canceled"
        return 200, self._shown(payment)

    def _list_payments(self, *, body, query):
        return 200, self._page("payments", [self._shown(each) for each in self.store.payments.values()], query)

    def _create_refund(self, identity, *, body, query):
        return 201, self.store.create_refund(identity, body)

    def _list_refunds(self, identity, *, body, query):
        return 200, self._page("refunds", _of(self.store.refunds, identity), query)

    def _cancel_refund(self, identity, refund, *, body, query):
        found = self.store.refunds.get(refund)
        if found is None:
            raise Problem(404, "No refund exists with this token")
        if found["status"] not in ("queued", "pending"):
            raise Problem(422, "The refund cannot be canceled")
        found["status"] = "canceled"
        return 204, None

    def _list_payment_chargebacks(self, identity, *, body, query):
        return 200, self._page("chargebacks", _of(self.store.chargebacks, identity), query)

    def _list_chargebacks(self, *, body, query):
        return 200, self._page("chargebacks", list(self.store.chargebacks.values()), query)

    def _create_customer(self, *, body, query):
        customer = {"resource": "customer", "id": self.store.identity("cst"), "mode": self.store.mode, **body}
        self.store.customers[customer["id"]] = customer
        return 201, customer

    def _list_mandates(self, customer, *, body, query):
        if customer not in self.store.customers:
            raise Problem(404, "No customer exists with this token")
        mandates = [each for each in self.store.mandates.values() if each["customer"] == customer]
        return 200, self._page("mandates", mandates, query)

    def _revoke_mandate(self, customer, mandate, *, body, query):
        self.store.mandates[mandate]["status"] = "invalid"
        return 204, None

    def _page(self, name, items, query):
        """Newest first, `limit` at a time, with a link to the next page."""
        items = items[::-1]
        start = next((at for at, each in enumerate(items) if each["id"] == query.get("from")), 0)
        limit = min(int(query.get("limit", 50)), 250)
        following = items[start + limit : start + limit + 1]
        link = (
            f"{self.address}/v2/{name}?" + urlencode({"from": following[0]["id"], "limit": limit}) if following else ""
        )
        shown = items[start : start + limit]
        return {"_embedded": {name: shown}, "count": len(shown), "_links": {"next": {"href": link} if link else None}}

    def _shown(self, payment: dict, embed: str = "") -> dict:
        identity = payment["id"]
        refunds, back = _of(self.store.refunds, identity), _of(self.store.chargebacks, identity)
        links = {"self": {"href": f"{self.address}/v2/payments/{identity}"}, "dashboard": {"href": self.address}}
        if payment["sequenceType"] != "recurring" and payment["status"] == "open":
            links["checkout"] = {"href": f"{self.address}/checkout/{identity}"}
        if self.store.mode == "test":
            links["changePaymentState"] = {"href": f"{self.address}/state/{identity}"}
        refunded = sum(cents(each["amount"]) for each in refunds if each["status"] not in ("failed", "canceled"))
        shown = {name: value for name, value in payment.items() if name != "chosen" and value is not None}
        shown |= {
            "_links": links,
            "amountRefunded": money(refunded),
            "amountRemaining": money(self.store.remaining(payment)),
        }
        embedded = {name: found for name, found in (("refunds", refunds), ("chargebacks", back)) if name in embed}
        return shown | ({"_embedded": embedded} if embed else {})

    # --- What happens to payments -------------------------------------------------------------------
    def pay(self, identity: str, method: str = "") -> None:
        payment = self._moved(identity, "paid", method)
        if payment["sequenceType"] == "first":
            mandate = {
                "id": self.store.identity("mdt"),
                "customer": payment["customerId"],
                "status": "valid",
                "method": "directdebit",
                "mandateReference": f"REF-{identity}",
                "details": {"consumerName": "J. Jansen", "consumerAccount": "NL91ABNA0417164300"},
                "createdAt": self.store.stamp(),
            }
            self.store.mandates[mandate["id"]] = mandate
            payment["mandateId"] = mandate["id"]
        self._announce(payment)

    def pend(self, identity: str) -> None:
        self._moved(identity, "pending")  # no webhook for this one

    def fail(self, identity: str) -> None:
        self._announce(self._moved(identity, "failed"))

    def cancel(self, identity: str) -> None:
        self._announce(self._moved(identity, "canceled"))

    def expire(self, identity: str) -> None:
        self._announce(self._moved(identity, "expired"))

    def _moved(self, identity: str, status: str, method: str = "") -> dict:
        payment = self.store.payments[identity]
        payment["status"], payment["method"] = status, method or payment["chosen"]
        payment[f"{status}At"] = self.store.stamp()
        return payment

    def refund_moves(self, identity: str, status: str) -> None:
        """pending, processing, refunded, failed or canceled."""
        refund = self.store.refunds[identity]
        refund["status"] = status
        if status in ("processing", "refunded", "failed"):
            self._announce(self.store.payments[refund["paymentId"]])

    def refund_on_the_site(self, identity: str, value: int) -> str:
        refund = self.store.create_refund(identity, {"amount": money(value)})
        self._announce(self.store.payments[identity])
        return refund["id"]

    def charge_back(self, identity: str, value: int | None = None, code: str = "MD06") -> str:
        payment = self.store.payments[identity]
        value = value or cents(payment["amount"])
        chargeback = {
            "resource": "chargeback",
            "id": self.store.identity("chb"),
            "paymentId": identity,
            "amount": money(value),
            "settlementAmount": {"currency": "EUR", "value": f"-{money(value)['value']}"},
            "reason": {"code": code, "description": "Refund requested by end customer"},
            "createdAt": self.store.stamp(),
            "reversedAt": None,
        }
        self.store.chargebacks[chargeback["id"]] = chargeback
        self._announce(payment)
        return chargeback["id"]

    def reverse_chargeback(self, identity: str) -> None:
        chargeback = self.store.chargebacks[identity]
        chargeback["reversedAt"] = self.store.stamp()
        self._announce(self.store.payments[chargeback["paymentId"]])

    def invalidate_mandate(self, identity: str) -> None:
        self.store.mandates[identity]["status"] = "invalid"

    # --- Webhooks -----------------------------------------------------------------------------------
    def _announce(self, payment: dict) -> None:
        url = payment.get("webhookUrl")
        if not url:
            return
        self.waiting += [(url, payment["id"])] * (2 if self.delivery == "twice" else 1)
        if self.delivery in ("normal", "twice"):
            self.deliver()

    def deliver(self) -> None:
        """Send what waits; anything but 200 waits for the next time."""
        waiting, self.waiting = self.waiting, []
        for url, identity in waiting[::-1] if self.delivery == "reversed" else waiting:
            status = self.post(url, identity)
            self.delivered.append((url, identity, status))
            if status != 200 and sum(done[:2] == (url, identity) for done in self.delivered) < len(RETRIES):
                self.waiting.append((url, identity))

    def deliver_at_once(self, copies: int) -> None:
        """The same notice from many sides at the same moment."""
        [(url, identity), *_more] = self.waiting
        threads = [threading.Thread(target=self.post, args=(url, identity)) for _ in range(copies)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.waiting = []

    def deliver_over_a_day(self, minute: float = 0.001) -> None:
        """All ten tries, on a clock where a minute takes that many seconds."""
        for before, after in zip([0, *RETRIES], RETRIES, strict=False):
            time.sleep((after - before) * minute)
            self.deliver()

    @staticmethod
    def _post_over_http(url: str, identity: str) -> int:
        request = Request(url, data=urlencode({"id": identity}).encode(), method="POST")
        try:
            with urlopen(request, timeout=15) as answer:
                return answer.status
        except OSError as error:
            return getattr(error, "code", 0)


def _of(things: dict, payment: str) -> list[dict]:
    return [each for each in things.values() if each["paymentId"] == payment]


def _send(request, status: int, body, replayed: bool = False) -> None:
    content = b"" if body is None else json.dumps(body).encode()
    request.send_response(status)
    request.send_header("Content-Type", "application/hal+json" if status < 400 else "application/problem+json")
    request.send_header("Content-Length", str(len(content)))
    if replayed:
        request.send_header("Idempotent-Replayed", "true")
    request.end_headers()
    request.wfile.write(content)
