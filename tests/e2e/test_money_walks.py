"""Group money in real browsers: a pot from opening to closing with a refund, and a fee from run to receipt."""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from community.portal.demo import cast

BAR, TOURS = "/groups/barcommissie/", "/groups/toerroeien/"


# Asked while the tests are read, for the house keeps to the real day and the tests themselves to another one.
TODAY = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
SOON, NEXT_YEAR = (TODAY + timedelta(days=9)).isoformat(), TODAY.year + 1


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


def test_a_pot_is_opened_asked_answered_paid_paid_back_and_closed(visitor):
    with visitor("phone") as lotte, visitor("phone", "dark") as payer, visitor("phone") as doubter:
        lotte.log_in("lotte")
        pot = opens_and_asks(lotte, "Nieuwe koffiemolen")
        payer.log_in("lid27")
        doubter.log_in("lid128")

        answers_in_private(doubter, lotte, pot)
        request = pays_at_the_practice_bank(payer)
        lotte.page.goto(pot)
        says(lotte, re.compile(r"€\s15"), "#pot-total")
        is_paid_back(lotte, payer, request)
        closes(lotte, doubter, pot)


def opens_and_asks(lotte, name: str) -> str:
    page = lotte.page
    lotte.go(f"{BAR}pots/new/?template=gift")
    page.fill("input[name=name]", name)
    page.fill("textarea[name=purpose]", "De oude maalt niet meer.")
    page.fill("input[name=goal_cents]", "250")
    press(lotte, "Potje openen")
    page.wait_for_url(re.compile(r"/pots/\d+/ask/$"))
    pot = page.url.removesuffix("ask/")
    page.fill("input[name=cents]", "15,00")
    page.fill("input[name=due_on]", SOON)
    press(lotte, "Betaalverzoeken sturen")
    expect(page).to_have_url(pot, timeout=30_000)
    return pot


def opens_the_request(member) -> None:
    member.go("/payments/")
    member.page.locator("main li", has_text="Nieuwe koffiemolen").get_by_role("link").first.click()
    says(member, "€ 15,00")


def answers_in_private(doubter, lotte, pot: str) -> None:
    opens_the_request(doubter)
    request = doubter.page.url
    follow(doubter, re.compile("Iets anders"))
    doubter.page.locator("input[name=answer]").last.check()
    doubter.page.fill("textarea[name=text]", "Deze maand lukt het niet.")
    press(doubter, "Versturen")
    lotte.page.goto(request)
    says(lotte, "Deze maand lukt het niet.")


def pays_at_the_practice_bank(payer) -> str:
    opens_the_request(payer)
    request = payer.page.url
    picture = Image.open(io.BytesIO(payer.page.locator(".pay-code").screenshot()))
    fields = zxingcpp.read_barcodes(picture)[0].text.split("\n")
    assert (fields[0], fields[7], fields[9]) == ("BCD", "EUR15.00", request.rstrip("/").rpartition("/")[2])
    press(payer, re.compile("oefenbank"))
    press(payer, "Betalen")
    says(payer, "Betaald: € 15,00")
    says(payer, "Betaalbewijs")
    return request


def is_paid_back(lotte, payer, request: str) -> None:
    page = lotte.page
    page.goto(request)
    page.locator("summary", has_text="Terugbetalen").click()
    page.fill("input[name=reason]", "Je had al een bon ingeleverd.")
    press(lotte, "Terugbetalen")
    proves_again(lotte)
    payer.page.goto(request)
    expect(payer.page.locator("main")).not_to_contain_text("Betaald: € 15,00")


def closes(lotte, doubter, pot: str) -> None:
    page = lotte.page
    page.goto(f"{pot}manage/")
    page.locator("summary", has_text="Potje sluiten").click()
    page.locator("#close").get_by_role("button").click()
    proves_again(lotte)
    says(lotte, "gesloten")
    doubter.go("/payments/")
    expect(doubter.page.locator("main")).not_to_contain_text("Nieuwe koffiemolen")


def test_a_fee_is_charged_paid_in_parts_arranged_and_opens_the_group_again(visitor):
    with visitor("desktop") as treasurer, visitor("phone") as member:
        treasurer.log_in("penningmeester")
        member.log_in("lid169")
        asks_a_paid_fee_of_the_tours(treasurer, member)
        pays_this_years_fee_and_is_in_again(member)
        charges_next_year(treasurer)
        chooses_parts_and_asks(member)
        grants(treasurer, member)


def asks_a_paid_fee_of_the_tours(treasurer, member) -> None:
    member.go(f"{TOURS}members/")
    says(member, "Wouter")
    treasurer.go("/treasury/fees/conditions/toerroeien/")
    treasurer.page.check("input[name=needs_paid_fee]")
    press(treasurer, "Opslaan")
    treasurer.page.wait_for_url("**/treasury/fees/conditions/")
    assert member.page.request.get(f"{member.house.address}{TOURS}members/").status in (403, 404)


def pays_this_years_fee_and_is_in_again(member) -> None:
    member.go("/fees/")
    member.page.locator("main li.row", has_text="open,").get_by_role("link").first.click()
    press(member, re.compile("oefenbank"))
    press(member, "Betalen")
    says(member, "Voldaan: € 225,00")
    says(member, "Betaalbewijs")
    member.go(f"{TOURS}members/")
    says(member, "Wouter")


def charges_next_year(treasurer) -> None:
    page = treasurer.page
    treasurer.go("/treasury/fees/runs/new/")
    page.fill("input[name=name]", f"Contributie {NEXT_YEAR}")
    page.fill("input[name=first_on]", f"{NEXT_YEAR}-01-01")
    page.fill("input[name=last_on]", f"{NEXT_YEAR}-12-31")
    press(treasurer, "Voorbereiden")
    start = page.locator("main").get_by_role("button", name=re.compile("^Start:"))
    expect(start).to_be_visible(timeout=30_000)
    says(treasurer, re.compile(r"Toe te voegen \(\d+\)"))
    start.click()
    proves_again(treasurer)
    expect(page.locator("#state")).to_contain_text("Klaar", timeout=40_000)


def chooses_parts_and_asks(member) -> None:
    page = member.page
    member.go("/fees/")
    page.locator("main li.row", has_text="open,").get_by_role("link").first.click()
    invoice = page.url
    follow(member, "In delen betalen")
    page.locator("input[name=count]").nth(2).check()
    press(member, "In delen betalen")
    page.wait_for_url(invoice)
    says(member, re.compile(r"€\s75,00"))
    follow(member, re.compile("Lukt het niet"))
    page.locator("input[name=wish]").first.check()
    page.fill("textarea[name=text]", "Mag het een maand later?")
    press(member, "Versturen")
    says(member, "wacht op antwoord")


def grants(treasurer, member) -> None:
    page = treasurer.page
    page.goto(member.page.url)
    says(treasurer, "Mag het een maand later?")
    follow(treasurer, "Beantwoorden")
    page.check("input[name=is_granted][value=yes]")
    page.fill("textarea[name=answer]", "Natuurlijk.")
    press(treasurer, "Beantwoorden")
    member.page.reload()
    says(member, "Natuurlijk.")
