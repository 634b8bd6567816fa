"""A person at a browser, and what may never happen there unseen: errors, requests to strangers, forbidden scripts."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from community.portal.demo.cast import DOMAIN, PASSWORD
from tests.e2e.house import House

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}


@dataclass
class Visitor:
    """One browser context with one page; `faults` fills with whatever the browser complains about."""

    house: House
    page: Page
    faults: list[str] = field(default_factory=list)

    def go(self, path: str):
        return self.page.goto(f"{self.house.address}{path}")

    def log_in(self, person: str) -> None:
        """`person` is the part of the demo's mail address before the @."""
        self.go("/account/login/")
        self.page.fill("input[name=login]", f"{person}@{DOMAIN}")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(f"{self.house.address}/")

    def watch(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("websocket", self._asked)

    def _said(self, message):
        if message.type == "error":  # violations of the content policy are told here too
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.house.address).netloc:
            self.faults.append(f"asked a stranger: {request.url}")


@contextmanager
def visit(
    browser: Browser,
    house: House,
    size: str = "desktop",
    scheme: str = "light",
    language: str = "nl",
    **browser_options,
):
    """Somebody with a fresh browser; leaving it asserts that nothing went wrong in it."""
    context = browser.new_context(
        viewport=SIZES[size],
        color_scheme=scheme,
        locale=language,
        has_touch=size == "phone",
        reduced_motion="reduce",
        **browser_options,
    )
    visitor = Visitor(house, context.new_page())
    visitor.page.set_default_timeout(30_000)
    visitor.watch()
    try:
        yield visitor
    finally:
        context.close()
    assert visitor.faults == [], visitor.faults
