"""What people do in more than one walk of the money: press, follow, open a pot, ask, and close it again."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from community.portal.demo import cast

BAR = "/groups/barcommissie/"

# Asked while the tests are read, for the house keeps to the real day and the tests themselves to another one.
TODAY = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
SOON = (TODAY + timedelta(days=9)).isoformat()


def press(visitor, name: str | re.Pattern) -> None:
    visitor.page.locator("main").get_by_role("button", name=name).first.click()


def follow(visitor, name: str | re.Pattern) -> None:
    visitor.page.locator("main").get_by_role("link", name=name).first.click()


def says(visitor, text: str | re.Pattern, where: str = "main") -> None:
    expect(visitor.page.locator(where)).to_contain_text(text)


def proves_again(visitor) -> None:
    """Money that goes out asks for the password once more when the log-in is not fresh."""
    if "/account/reauthenticate/" in visitor.page.url:
        visitor.page.fill("input[name=password]", cast.PASSWORD)
        visitor.page.press("input[name=password]", "Enter")


def opens_and_asks(chef, name: str) -> str:
    """A pot of the bar, and everybody in it asked for € 15; gives the address of the pot."""
    page = chef.page
    chef.go(f"{BAR}pots/new/?template=gift")
    page.fill("input[name=name]", name)
    page.fill("textarea[name=purpose]", "De oude maalt niet meer.")
    page.fill("input[name=goal_cents]", "250")
    press(chef, "Potje openen")
    page.wait_for_url(re.compile(r"/pots/\d+/ask/$"))
    pot = page.url.removesuffix("ask/")
    page.fill("input[name=cents]", "15,00")
    page.fill("input[name=due_on]", SOON)
    press(chef, "Betaalverzoeken sturen")
    expect(page).to_have_url(pot, timeout=30_000)
    return pot


def closes(chef, pot: str) -> None:
    """What is left goes back to who paid, as the form proposes."""
    page = chef.page
    page.goto(f"{pot}manage/")
    page.locator("summary", has_text="Potje sluiten").click()
    page.locator("#close").get_by_role("button").click()
    proves_again(chef)
    says(chef, "gesloten")
