"""The story of the house, walked by four people at once: read, reply, vote, pay, import, see the result."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from community.portal.demo.money import SAMPLE
from tests.e2e.visitor import visit

LIVE = 4_000  # ms: what an open page may take to show what happened elsewhere


@pytest.fixture(params=["fresh_house", "services"])
def every_house(request):
    """In one process on SQLite; and as separate processes on PostgreSQL and Redis."""
    return request.getfixturevalue(request.param)


def test_the_story_of_the_house(browser, every_house):
    def person(name, size="desktop"):
        return visit(browser, every_house, size)

    with person("anneke", "phone") as anneke, person("marloes") as marloes, person("treasurer") as treasurer:
        anneke.log_in("anneke")
        marloes.log_in("marloes")
        treasurer.log_in("penningmeester")

        reads_the_announcement(anneke)
        reply_is_seen_live(anneke, marloes)
        votes(anneke)
        pays(anneke, marloes, treasurer)

    with person("board") as board:
        board.log_in("bestuur")
        opens_the_result(board)


def reads_the_announcement(anneke):
    page = anneke.page
    link = page.locator("main .card-tint a[href^='/announcements/']").first
    title = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_contain_text(title)
    anneke.go("/")
    expect(page.locator(f"main .card.is-unread:has-text('{title}')")).to_have_count(0)


def reply_is_seen_live(anneke, marloes):
    for visitor in (anneke, marloes):
        visitor.go("/groups/zomertocht-friesland/threads/")
        visitor.page.locator("main a[href*='/threads/']:has-text('Paklijst')").first.click()
        expect(visitor.page.locator("#messages")).to_be_visible()
    words = "Ik neem de grote waterzak mee."

    anneke.page.fill("textarea[name=text]", words)
    anneke.page.click("#composer button.send")

    expect(marloes.page.locator("#messages")).to_contain_text(words, timeout=LIVE)
    expect(anneke.page.locator("#messages").get_by_text(words)).to_have_count(1)


def votes(anneke):
    page = anneke.page
    anneke.go("/")
    page.locator("main a[href^='/polls/']:has-text('Nieuwe clubkleding')").click()
    page.locator("#poll form.ballot input[type=radio], #poll form.ballot input[type=checkbox]").first.check()
    page.locator("#poll form.ballot button").first.click()
    expect(page.locator("#poll .notice-good")).to_be_visible()
    anneke.go("/")
    expect(page.locator("main a[href^='/polls/']:has-text('Nieuwe clubkleding')")).to_have_count(0)


def pays(anneke, marloes, treasurer):
    """Anneke sees what to transfer; the bank's file makes her page and the bar of the pot move by themselves."""
    anneke.go("/payments/")
    anneke.page.locator("main a[href^='/payments/RF']").first.click()
    reference = anneke.page.url.rstrip("/").rpartition("/")[2]
    assert_the_code_asks_for(anneke.page, reference)
    marloes.go("/pots/1/")
    before = int(marloes.page.locator("#pot-total progress").get_attribute("value"))

    treasurer.go("/treasury/bank/import/")
    treasurer.page.set_input_files("input[type=file]", treasurer.house.folder / SAMPLE)
    treasurer.page.locator("main form button.btn").first.click()
    treasurer.page.wait_for_url("**/treasury/bank/")

    expect(anneke.page.locator("#payment-state .notice-good")).to_be_visible(timeout=LIVE)
    expect(marloes.page.locator("#pot-total progress")).not_to_have_attribute("value", str(before), timeout=LIVE)
    assert int(marloes.page.locator("#pot-total progress").get_attribute("value")) > before


def assert_the_code_asks_for(page, reference):
    """What a bank's app reads from the picture on the screen."""
    picture = Image.open(BytesIO(page.locator(".pay-code").screenshot()))
    lines = zxingcpp.read_barcode(picture).text.splitlines()
    assert lines[0] == "BCD"
    assert lines[7] == "EUR42.50"
    assert reference in lines


def opens_the_result(board):
    """Of the running poll the turnout; of one that is over the whole result, to take along."""
    board.go("/polls/")
    board.page.locator("main a[href^='/polls/']:has-text('Nieuwe clubkleding')").first.click()
    board.page.locator("a[href$='/figures/']").click()
    expect(board.page.locator("main .figures")).to_be_visible()

    board.go("/polls/")
    board.page.locator("main a[href^='/polls/']:has-text('Hoe laat beginnen we in de winter')").first.click()
    board.page.locator("a[href$='/figures/']").click()
    with board.page.expect_download() as download:
        board.page.click("a[href$='figures.csv']")
    assert download.value.suggested_filename.endswith(".csv")
