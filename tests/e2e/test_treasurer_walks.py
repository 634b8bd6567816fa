"""Who answers for the money, in real browsers: the treasurer, a Geldchef who hands over, and the auditor who signs."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

from lxml import etree
from playwright.sync_api import expect

from tests.e2e.money_steps import TODAY, closes, follow, opens_and_asks, press, proves_again, says
from tests.factories_finance import camt

YESTERDAY = TODAY - timedelta(days=1)
SIGNED_UNTIL = TODAY - timedelta(days=40)  # behind what other walks book


def cents_in(text: str) -> list[int]:
    """Every amount of a Dutch sentence, as cents."""
    found = re.findall(r"€\s(-?[\d.]+)(?:,(\d\d))?", text)
    return [int(whole.replace(".", "")) * 100 + int(fraction or 0) for whole, fraction in found]


def test_the_treasurer_reads_a_bank_file_corrects_matches_and_undoes(visitor):
    with visitor("phone") as lotte, visitor("desktop") as treasurer:
        lotte.log_in("lotte")
        treasurer.log_in("penningmeester")
        pot = opens_and_asks(lotte, "Nieuwe tapkraan")
        (reader, reference), (_other, wrong), (meant, _own), (without, _own) = asked_in(treasurer, pot)[:4]
        pots, waiting = proven_pots(treasurer), lines_waiting(treasurer)
        lines = [
            (15_00, "A. Betaler", "", f"tapkraan {reference}"),
            (15_00, meant, "", f"tapkraan {wrong}"),  # paid with the reference of somebody else
            (15_00, without, "", "voor de kraan"),
            (-45_00, "Bouwmarkt De Hoek", "", "Pasmunt"),
        ]

        says_after_reading(treasurer, lines, "4 nieuwe regels, 2 gekoppeld aan een betaalverzoek.")

        assert lines_waiting(treasurer) == waiting + 2
        assert (in_the_pot(lotte, pot), proven_pots(treasurer)) == (30_00, pots + 30_00)
        opens_the_line(treasurer, "matched", meant)
        undoes(treasurer, "Het kenmerk was van een ander.")
        assert (in_the_pot(lotte, pot), proven_pots(treasurer)) == (15_00, pots + 15_00)
        opens_the_line(treasurer, "waiting", meant)
        matches_with_one_tap(treasurer, meant)
        opens_the_line(treasurer, "waiting", without)
        matches_with_one_tap(treasurer, without)
        assert (in_the_pot(lotte, pot), proven_pots(treasurer)) == (45_00, pots + 45_00)
        is_own_money(treasurer)
        assert lines_waiting(treasurer) == waiting
        assert paid_in(treasurer, pot) == {reader, meant, without}
        closes(lotte, pot)


def asked_in(reader, pot: str) -> list[tuple[str, str]]:
    """(name, reference) of who was asked, as who sees the books reads it on the page of the pot."""
    reader.page.goto(pot)
    links = reader.page.locator("section[aria-labelledby=asked] a.row-link").all()
    return [(link.inner_text(), link.get_attribute("href").strip("/").rpartition("/")[2]) for link in links]


def paid_in(reader, pot: str) -> set[str]:
    reader.page.goto(pot)
    paid = reader.page.locator("section[aria-labelledby=asked] li", has=reader.page.locator(".good"))
    return {row.locator("a.row-link").inner_text() for row in paid.all()}


def in_the_pot(member, pot: str) -> int:
    member.page.goto(pot)
    return cents_in(member.page.inner_text("#pot-total .amount"))[0]


def proven_pots(treasurer) -> int:
    """What the line “pots + general = bank” says of the pots, having added it up."""
    treasurer.go("/treasury/")
    pots, general, bank = cents_in(treasurer.page.inner_text("section[aria-labelledby=bank-proof]"))
    assert pots + general == bank
    return pots


def lines_waiting(treasurer) -> int:
    treasurer.go("/treasury/bank/")
    return int(treasurer.page.inner_text("nav.chips a[aria-current=true] .count"))


def says_after_reading(treasurer, lines, sentence: str) -> None:
    """What the lines bring and take is nothing together, so that the balance fits whatever file comes after it."""
    treasurer.go("/treasury/bank/import/")
    bank = cents_in(treasurer.page.locator("main > .stack > p.muted, main .stack > p.muted").first.inner_text())[2]
    content = camt(*lines, opening=bank, day=YESTERDAY.isoformat(), ident="tapkraan")
    file = {"name": "kraan.xml", "mimeType": "application/xml", "buffer": content}
    treasurer.page.set_input_files("input[type=file]", file)
    press(treasurer, "Inlezen")
    says(treasurer, sentence, "body")


def opens_the_line(treasurer, show: str, name: str) -> None:
    treasurer.go(f"/treasury/bank/?show={show}")
    treasurer.page.locator("main li.row", has=treasurer.page.get_by_role("link", name=name, exact=True)).first.locator(
        "a.row-link"
    ).click()


def undoes(treasurer, reason: str) -> None:
    treasurer.page.fill("input[name=reason]", reason)
    press(treasurer, "Ongedaan maken")
    says(treasurer, "Ongedaan gemaakt", "body")


def matches_with_one_tap(treasurer, name: str) -> None:
    press(treasurer, re.compile(f"^Koppelen Nieuwe tapkraan · {name}"))
    says(treasurer, "Gekoppeld.", "body")


def is_own_money(treasurer) -> None:
    opens_the_line(treasurer, "waiting", "Bouwmarkt De Hoek")
    treasurer.page.fill("input[name=label]", "Pasmunt voor de bar")
    press(treasurer, "Geld van de vereniging zelf")


def test_who_pays_in_two_tabs_pays_once_and_gets_the_other_back(visitor):
    with visitor("phone") as lotte, visitor("phone", "dark", "en") as payer, visitor("desktop") as treasurer:
        lotte.log_in("lotte")
        payer.log_in("lid113")
        treasurer.log_in("penningmeester")
        pot = opens_and_asks(lotte, "Nieuwe vaatwasser")
        tab = another_tab(payer)

        request = goes_to_the_bank(payer, "Nieuwe vaatwasser")
        goes_to_the_bank(tab, "Nieuwe vaatwasser")
        press(tab, "Cancel")
        says(tab, "Nothing was paid. You can try again.", "body")
        press(tab, re.compile("practice bank"))
        press(tab, "Pay")
        says(tab, "Paid: €15.00")
        press(payer, "Pay")  # the page that was left open
        says(payer, "This was paid twice. The treasurer pays it back.", "body")

        assert in_the_pot(lotte, pot) == 15_00
        pays_the_second_back(treasurer, request)
        assert in_the_pot(lotte, pot) == 15_00
        payer.page.goto(request)
        says(payer, "Paid: €15.00")
        closes(lotte, pot)


def another_tab(member):
    """The same person's second page in the same browser; its faults are theirs."""
    tab = replace(member, page=member.page.context.new_page())
    tab.watch()
    return tab


def goes_to_the_bank(member, name: str) -> str:
    member.go("/payments/")
    member.page.locator("main li", has_text=name).get_by_role("link").first.click()
    member.page.wait_for_url(re.compile(r"/payments/RF\w+/$"))
    request = member.page.url
    press(member, re.compile("practice bank"))
    member.page.wait_for_url("**/practice-bank/**")
    return request


def pays_the_second_back(treasurer, request: str) -> None:
    """Held is one payment with this reference, and its button sends it back."""
    reference = request.strip("/").rpartition("/")[2]
    held = treasurer.page.locator("section[aria-labelledby=held] li", has_text=reference)
    treasurer.go("/treasury/online/")
    expect(held).to_have_count(1)
    held.get_by_role("link").click()
    says(treasurer, "was al betaald")
    press(treasurer, "Terugbetalen")
    proves_again(treasurer)
    assert cents_in(treasurer.page.inner_text("section[aria-labelledby=went-back]")) == [15_00]
    treasurer.go("/treasury/online/")
    expect(held).to_have_count(0)


def test_a_geldchef_hands_over_without_javascript_and_the_successor_says_yes(visitor):
    without = {"java_script_enabled": False}
    with visitor("desktop", **without) as lotte, visitor("phone", **without) as successor:
        lotte.log_in("lotte")
        successor.log_in("lid96")
        pot = opens_and_asks(lotte, "Nieuwe krukken")
        is_paid_in_cash(lotte, pot)
        successor.page.goto(pot)
        expect(successor.page.get_by_role("link", name="Leden vragen")).to_have_count(0)

        offers(lotte, pot, "Tess Willems")
        accepts(successor)

        successor.page.goto(pot)
        expect(successor.page.get_by_role("link", name="Leden vragen")).to_have_count(1)
        lotte.page.goto(pot)
        says(lotte, "Lotte de Boer heeft het potje")
        assert cents_in(lotte.page.inner_text("section[aria-labelledby=handed-over] dl")) == [0, 15_00, 240_00]
        expect(lotte.page.get_by_role("link", name="Leden vragen")).to_have_count(0)
        expect(lotte.page.locator(f'a[href$="{pot.removeprefix(lotte.house.address)}manage/"]')).to_have_count(0)
        assert lotte.page.goto(f"{pot}manage/").status == 403
        lotte.faults.clear()  # the browser tells that it was refused
        closes(successor, pot)


def is_paid_in_cash(chef, pot: str) -> None:
    chef.page.goto(pot)
    follow(chef, re.compile("^Contant"))
    chef.page.fill("input[name=cents]", "15,00")
    press(chef, "Opschrijven")
    says(chef, re.compile(r"€\s15"), "#pot-total")


def offers(chef, pot: str, name: str) -> None:
    page = chef.page
    page.goto(f"{pot}manage/")
    page.locator("summary", has_text="Overdragen").click()
    page.select_option("select[name=to]", label=name)
    press(chef, "Potje aanbieden")
    proves_again(chef)
    says(chef, "Het potje is van jou tot", "body")


def accepts(successor) -> None:
    """The closing statement: what is in the tin, at the bank, and what is still asked."""
    successor.go("/notices/")
    successor.page.get_by_role("link", name=re.compile("Nieuwe krukken")).first.click()
    figures = successor.page.inner_text("section[aria-labelledby=figures] dl")
    people = 16
    assert cents_in(figures) == [0, 15_00, people * 15_00]
    press(successor, "Ik neem het over")
    proves_again(successor)


def test_an_auditor_draws_a_sample_and_signs_by_keyboard_and_it_adds_up(visitor):
    with visitor("desktop") as auditor, visitor("desktop") as treasurer:
        auditor.log_in("wouter")
        treasurer.log_in("penningmeester")
        auditor.go("/treasury/books/")
        says(auditor, "De boeken zijn heel")
        journal = journal_of(auditor)

        reaches(auditor, "Steekproef trekken")
        auditor.page.keyboard.press("Enter")
        auditor.page.wait_for_url("**?sample=*")
        sample = entries_on(auditor)
        compares_one_with_the_bank(auditor)
        signs(auditor)

        assert len(sample) == 12
        assert sample == {number: journal[number][1] for number in sample}
        signed = [number for number, (day, _cents) in journal.items() if day <= SIGNED_UNTIL.isoformat()]
        assert signed
        says(auditor, f"Wouter van der Meer: {len(signed)} boekingen")
        assert whole_year(auditor) == sum(cents for day, cents in journal.values() if day >= f"{TODAY.year}")
        nothing_comes_in_before_that_day(treasurer)


def journal_of(auditor) -> dict[str, tuple[str, int]]:
    """{number: (day, cents)} of every entry, as the files of the last three years say."""
    entries: dict[str, tuple[str, int]] = {}
    for year in range(TODAY.year - 2, TODAY.year + 1):
        answer = auditor.page.request.get(f"{auditor.house.address}/treasury/books/{year}.csv")
        for row in list(csv.reader(io.StringIO(answer.text()), delimiter=";"))[1:]:
            cents = int(row[5].replace(",", "")) + entries.get(row[0], ("", 0))[1]
            entries[row[0]] = row[1], cents
    return entries


def whole_year(auditor) -> int:
    """What the audit file of this year says was debited, and credited, and lists."""
    answer = auditor.page.request.get(f"{auditor.house.address}/treasury/books/{TODAY.year}.xaf")
    file = etree.fromstring(answer.body())
    debit, credit = (cents_of(file.findtext(f".//{{*}}{name}")) for name in ("totalDebit", "totalCredit"))
    listed = dict.fromkeys("DC", 0)
    for line in file.iterfind(".//{*}trLine"):
        listed[line.findtext("{*}amntTp")] += cents_of(line.findtext("{*}amnt"))
    assert {debit, credit} == set(listed.values()) == {debit}
    return debit


def cents_of(number: str) -> int:
    return int(number.replace(".", ""))


def entries_on(auditor) -> dict[str, int]:
    """{number: cents} of the first table on the page."""
    rows = auditor.page.locator("main table").first.locator("tbody tr").all()
    return {
        row.locator("th").inner_text().split()[0]: sum(cents_in(row.locator("td").last.inner_text())) for row in rows
    }


def compares_one_with_the_bank(auditor) -> None:
    """The first entry of the sample that leads to a bank line; there the amount is the same, and nothing to press."""
    page = auditor.page
    row = page.locator("main table").first.locator("tbody tr", has=page.locator("td a")).first
    cents = cents_in(row.locator("td").last.inner_text())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == row.locator("td a").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/treasury/bank/\d+/$"))
    assert cents_in(page.inner_text("section[aria-labelledby=the-line] .amount"))[0] == cents[0]
    expect(page.locator("main form")).to_have_count(0)
    page.go_back()


def reaches(person, text: str) -> None:
    """With the tab key alone."""
    for _ in range(160):
        person.page.keyboard.press("Tab")
        if person.page.evaluate("document.activeElement.textContent.trim()") == text:
            return
    raise AssertionError(f"the keyboard does not come to “{text}”")


def signs(auditor) -> None:
    """The browser decides in which order a day is typed, so the other order is tried when it came to another day."""
    page = auditor.page
    reaches(auditor, "Steekproef trekken")
    page.keyboard.press("Tab")
    for order in ("%m%d%Y", "%d%m%Y"):
        page.keyboard.type(SIGNED_UNTIL.strftime(order))
        if page.input_value("input[name=until]") == SIGNED_UNTIL.isoformat():
            break
        page.locator("input[name=until]").focus()
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.name === 'remark'"):
        page.keyboard.press("Tab")
    page.keyboard.type("Bonnen en bankregels vergeleken")
    reaches(auditor, "Tekenen")
    page.keyboard.press("Enter")
    says(auditor, "Getekend.", "body")


def nothing_comes_in_before_that_day(treasurer) -> None:
    content = camt((1_00, "T. Laat", "", "te laat"), day=SIGNED_UNTIL.isoformat(), ident="laat")
    treasurer.go("/treasury/bank/import/")
    treasurer.page.set_input_files(
        "input[type=file]", {"name": "laat.xml", "mimeType": "application/xml", "buffer": content}
    )
    press(treasurer, "Inlezen")
    says(treasurer, "getekend")
    treasurer.faults.clear()  # the browser tells that it was refused
    treasurer.go("/treasury/bank/?show=all")
    expect(treasurer.page.locator("main")).not_to_contain_text("T. Laat")
