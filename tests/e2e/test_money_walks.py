"""Group money in real browsers: a pot from opening to closing with a refund, and a fee from run to receipt."""

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.money_steps import TODAY, closes, follow, opens_and_asks, press, proves_again, says

TOURS = "/groups/toerroeien/"
NEXT_YEAR = TODAY.year + 1


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
        closes(lotte, pot)
        knows_nothing_of_it_any_more(doubter)


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


def knows_nothing_of_it_any_more(doubter) -> None:
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
