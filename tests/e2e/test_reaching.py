"""An announcement that demonstrably arrives, and a message that is judged: both walked from end to end."""

import re
from datetime import timedelta

from django.utils import timezone

GROUP = "Zomertocht Friesland"
TITLE = "Neem je reddingsvest mee"


def press(page, name: str):
    page.get_by_role("button", name=name).first.click()


def figures(page) -> dict[str, int]:
    """The report as {label: number}."""
    rows = page.locator("#reach dl.facts > div")
    cells = [(row.locator("dt").inner_text(), row.locator("dd").inner_text()) for row in rows.all()]
    return {label: int(number.replace(".", "")) for label, number in cells}


def test_an_announcement_is_sent_confirmed_without_javascript_and_its_report_adds_up(visitor):
    with visitor("phone") as marloes, visitor("phone", java_script_enabled=False) as anneke:
        page = marloes.page
        marloes.log_in("marloes")
        marloes.go("/desk/announcements/new/")
        page.fill("input[name=title]", TITLE)
        page.fill("textarea[name=text]", "Zonder vest mag je de boot niet in.")
        if page.locator("input[name=scope][value=groups]").count():
            page.check("input[name=scope][value=groups]")
        page.get_by_label(GROUP).first.check()
        page.fill("input[name=acknowledge_by]", (timezone.localdate() + timedelta(days=5)).isoformat())
        page.locator("main form button").last.click()
        page.wait_for_url(re.compile(r"/desk/announcements/\d+/$"))
        report = page.url
        press(page, "Nu versturen")
        wait_until_it_appears(page, report)

        anneke.log_in("anneke")
        anneke.go("/announcements/")
        anneke.page.get_by_role("link", name=TITLE).first.click()
        press(anneke.page, "Ik heb dit gelezen")
        assert "bevestigd" in anneke.page.inner_text("#confirm").lower()

        page.goto(report)
        found = figures(page)
        audience = found.pop("Doelgroep")
        assert sum(found.values()) == audience > 50
        assert found["Bevestigd"] == 1


def wait_until_it_appears(page, report: str) -> None:
    """Through the half minute in which it can be undone, and the clock's next round."""
    for _ in range(60):
        page.goto(report)
        if page.locator("#reach dl.facts").count():
            return
        page.wait_for_timeout(2000)
    raise AssertionError("the announcement did not appear within two minutes")


def test_a_message_is_reported_judged_and_the_reporter_hears_the_outcome(visitor):
    with visitor("phone") as anneke, visitor("desktop") as manager:
        page = anneke.page
        anneke.log_in("anneke")
        anneke.go("/groups/zomertocht-friesland/chat/")
        acts = page.locator("li.message:not(.is-own):not(.is-removed) a.message-more").last.get_attribute("href")
        anneke.go(acts.replace("/acts/", "/report/"))
        page.check("input[name=category][value=rude]")
        page.fill("textarea[name=explanation]", "Zo praten we hier niet.")
        press(page, "Melden")
        page.wait_for_url(re.compile(r"/chat/|/threads/"))

        desk = manager.page
        manager.log_in("beheer")
        manager.go("/moderation/")
        desk.locator("main .rows a.row-link").last.click()
        assert "Zo praten we hier niet." in desk.inner_text("main")
        press(desk, "Ik pak dit op")
        desk.check("input[name=kind][value=warn]")
        desk.fill("textarea[name=reason]", "Wil je dit vriendelijker zeggen?")
        press(desk, "Doe dit")
        desk.locator("main", has_text="Wil je dit vriendelijker zeggen?").wait_for()
        desk.check("input[name=outcome][value=acted]")
        press(desk, "Rond af")
        desk.wait_for_url("**/moderation/")

        anneke.go("/notices/")
        assert "beoordeeld" in page.inner_text("main")
