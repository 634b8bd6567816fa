"""The money stories in real browsers: a pot from a template, online payments, a hand-over, an ending, an auditor."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from community.portal.demo.money import SAMPLE


def today():
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def press(visitor, text: str, within: str = "main") -> None:
    visitor.page.locator(f"{within} button:has-text('{text}'), {within} a.btn:has-text('{text}')").first.click()


def says(visitor, text: str) -> bool:
    return text.casefold() in visitor.page.inner_text("body").casefold()


def open_pot(hanna, name: str) -> str:
    """On the phone, from the template of an event; gives the path of the pot."""
    hanna.go("/groups/wedstrijdroeien/pots/new/?template=event")
    hanna.page.fill("input[name=name]", name)
    hanna.page.fill("input[name=goal_cents]", "20,00")
    press(hanna, "Potje openen")
    path = hanna.page.url.removeprefix(hanna.house.address).removesuffix("ask/")
    hanna.page.fill("input[name=cents]", "10,00")
    hanna.page.fill("input[name=due_on]", (today() + timedelta(days=9)).isoformat())
    press(hanna, "betaalverzoeken")
    return path


def test_a_pot_from_a_template_is_paid_at_the_practice_bank_while_another_watches_the_bar(visitor):
    with visitor("phone") as hanna, visitor("desktop", "dark") as watcher, visitor("phone") as treasurer:
        hanna.log_in("hanna")
        pot = open_pot(hanna, "Borrel na de wedstrijd")
        watcher.log_in("hanna")
        watcher.go(pot)
        shown = watcher.page.inner_text("#pot-total .amount")
        watcher.page.wait_for_timeout(1500)

        hanna.go("/payments/")
        hanna.page.locator("li:has-text('Borrel na de wedstrijd') a.btn").click()
        request = hanna.page.url
        press(hanna, "oefenbank")
        press(hanna, "Betalen")
        assert says(hanna, "Betaald. Dank je wel")

        moved = "shown => document.querySelector('#pot-total .amount').innerText !== shown"
        watcher.page.wait_for_function(moved, arg=shown, timeout=8000)
        hanna.page.goto(request)
        assert says(hanna, "Bewijs") or says(hanna, "Betaald")

        treasurer.log_in("penningmeester")
        treasurer.go("/treasury/online/")
        assert says(treasurer, "Borrel na de wedstrijd")


def test_a_second_payment_waits_for_the_treasurer_and_goes_back(visitor):
    with visitor("desktop") as treasurer:
        treasurer.log_in("penningmeester")
        treasurer.go("/treasury/")
        treasurer.page.click("a:has-text('Online betalingen die een besluit vragen')")
        treasurer.page.click("section:has(#held) a.row-link")
        assert says(treasurer, "Dit was al betaald")
        press(treasurer, "Terugbetalen")
        assert says(treasurer, "Het gaat terug") and says(treasurer, "terugbetaald")


def test_the_treasurer_imports_corrects_and_undoes(visitor, house):
    with visitor("desktop") as farid:
        farid.log_in("penningmeester")
        farid.go("/treasury/bank/import/")
        farid.page.set_input_files("input[type=file]", house.folder / SAMPLE)
        farid.page.click("main form button")
        farid.page.wait_for_url("**/treasury/bank/")
        before = farid.page.locator("main li.row").count()
        farid.page.locator("main li.row:has-text('zomertocht') a.row-link").first.click()
        line = farid.page.url
        farid.page.locator("li.action-row button").first.click()
        assert farid.page.locator("main li.row").count() == before - 1

        farid.page.goto(line)
        farid.page.fill("input[name=reason]", "verkeerde betaler")
        press(farid, "Ongedaan maken")
        farid.go("/treasury/bank/")
        assert farid.page.locator("main li.row").count() == before


def test_a_geldchef_hands_over_and_the_successor_closes_with_refunds(visitor):
    with visitor("phone") as joost, visitor("desktop") as treasurer:
        joost.log_in("joost")
        joost.go("/groups/ploeg-dinsdagavond/pots/")
        joost.page.click("#pot-rows a.row-link")
        pot = joost.page.url
        joost.page.goto(f"{pot}manage/")
        form = joost.page.locator("form:has(input[value=successor])")
        successor = form.locator("select option").nth(1)
        name = successor.inner_text()
        form.locator("select").select_option(label=name)
        form.locator("button").click()
        assert joost.page.url == pot and says(joost, "Opgeslagen")

        joost.page.goto(f"{pot}manage/")
        form = joost.page.locator("form:has(input[value=close])")
        form.locator("input[value=refund]").check()
        form.locator("button").click()
        assert says(joost, "gesloten op")
        treasurer.log_in("penningmeester")
        treasurer.go("/treasury/refunds/")
        assert treasurer.page.locator("tbody tr").count() >= 5


def test_the_auditor_samples_and_signs(visitor):
    with visitor("desktop") as auditor:
        auditor.log_in("wouter")
        auditor.go("/treasury/books/")
        auditor.page.click("a:has-text('Steekproef trekken')")
        assert says(auditor, "Steekproef")
        auditor.page.fill("input[name=until]", (today() - timedelta(days=40)).isoformat())
        auditor.page.fill("[name=remark]", "Twaalf posten naast bon en bankregel gelegd")
        press(auditor, "Tekenen")
        assert says(auditor, "Twaalf posten")
