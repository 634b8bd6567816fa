"""Polls by hand: every kind without JavaScript, a ballot by keyboard alone, tellers, and a general meeting."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import visit

GROUP = "zomertocht-friesland"
CLOSES = (datetime.now() + timedelta(days=3)).strftime("%Y-%m-%dT20:00")  # noqa: DTZ005 — as a member types it
MOMENTS = [(datetime.now() + timedelta(days=days)).strftime("%d-%m-%Y 20.00") for days in (10, 12)]  # noqa: DTZ005
TWO = {"options": "Rood\nBlauw"}
OPEN_ELECTION = {"options": "Ans\nBo", "secrecy": "open", "method": "plurality"}

# kind: (what its form asks besides question and closing time, the first ballot, the changed one, words of the result)
KINDS = {
    "gauge": (TWO, {"choice": "1"}, {"choice": "2"}, "Blauw"),
    "statement": ({}, {"choice": "4"}, {"choice": "2"}, "Oneens"),
    "dates": ({"options": "\n".join(MOMENTS)}, {"date-1": "2"}, {"date-1": "0", "date-2": "2"}, "past het best"),
    "ranking": (TWO, {"rank-1": "1"}, {"rank-1": "2", "rank-2": "1"}, "Blauw"),
    "points": (TWO, {"points-1": "3"}, {"points-1": "1", "points-2": "9"}, "Blauw"),
    "marks": (TWO, {"mark-1": "8"}, {"mark-1": "4", "mark-2": "9"}, "Blauw"),
    "signup": ({}, {"choice": "no"}, {"choice": "yes"}, "1 "),
    "consent": ({}, {"choice": "object"}, {"choice": "agree"}, "niemand heeft bezwaar"),
    "motion": ({}, {"choice": "against"}, {"choice": "for"}, "Aangenomen"),
    "election": (OPEN_ELECTION, {"choice": "1"}, {"choice": "2"}, "Bo"),
}  # fmt: skip


def fill(page, fields: dict[str, str]) -> None:
    """Fields by name, whatever they are: text, radio or box."""
    for name, value in fields.items():
        field = page.locator(f"main [name='{name}']")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"main [name='{name}'][value='{value}']").check()
        else:
            field.first.fill(value)


def press(page, action: str) -> None:
    """The button of the form that goes to this address."""
    page.locator(f"main form[action$='{action}'] button.btn").last.click()


def make(page, **fields) -> None:
    """Fill in the form of a poll and go on to where it is looked over."""
    fill(page, {"closes_at": CLOSES, **fields})
    page.locator("main form .form-actions button.btn").first.click()
    page.wait_for_url("**/polls/*/")


def pick(page, field: str, member: tuple[str, str]) -> None:
    """Search by name and tick who is found; who was ticked before stays."""
    number, name = member
    page.locator(f"main [name='{field}-search']").fill(name)
    page.locator(f"main [name='{field}'][value='{number}']").check()


def known(house, login: str) -> tuple[str, str]:
    """Number and name: two members can have the same name."""
    words = f"m = Member.objects.get(email='{login}@waterhoen.example'); print(m.pk, m.display_name)"
    return tuple(
        house.manage("shell", "-v0", "-c", f"from groups.people.models import Member; {words}").strip().split(" ", 1)
    )


def cast(page, ballot: dict[str, str]) -> None:
    fill(page, ballot)
    page.locator("#poll form.ballot .form-actions button.btn").click()
    expect(page.locator("#poll .notice-good")).to_be_visible()


@pytest.fixture
def without_script(browser, house):
    """Marloes, whose browser runs no script at all."""
    with visit(browser, house, "phone", java_script_enabled=False) as marloes:
        marloes.log_in("marloes")
        yield marloes


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_made_voted_changed_closed_and_read_without_javascript(without_script, kind):
    fields, first, changed, words = KINDS[kind]
    page = without_script.page

    without_script.go(f"/groups/{GROUP}/polls/new/{kind}/")
    make(page, question=f"Proef met {kind}?", **fields)
    poll = page.url
    press(page, "/open/")
    cast(page, first)
    page.locator("#poll a[href='?change']").click()
    cast(page, changed)
    press(page, "/close/")

    expect(page.locator("#poll-result")).to_contain_text(words)
    page.goto(f"{poll}figures/")
    expect(page.locator("main table").first).to_be_attached()
    expect(page.locator("code.checksum")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_ranking_is_voted_by_keyboard_alone_and_the_focus_stays_on_what_moved(browser, house, size):
    with visit(browser, house, size) as marloes:
        page = marloes.page
        marloes.log_in("marloes")
        marloes.go(f"/groups/{GROUP}/polls/new/ranking/")
        make(page, question="Wat eerst?", options="Een\nTwee\nDrie", shown="after_vote")
        press(page, "/open/")

        up = page.locator("#rank-row-3 [data-up]")
        for _ in range(80):
            page.keyboard.press("Tab")
            if up.evaluate("button => button === document.activeElement"):
                break
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(up).to_be_focused()
        assert [field.input_value() for field in page.locator("input.rank-place").all()] == ["1", "2", "3"]
        assert page.locator("li.rank").first.get_attribute("id") == "rank-row-3"
        while page.evaluate("!document.activeElement.matches('#poll form.ballot .form-actions button')"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(page.locator("#poll .notice-good")).to_contain_text("1. Drie")
        expect(page.locator("#poll-result")).to_contain_text("Drie staat bovenaan")


def passphrase_of(name: str) -> str:
    return f"{name} paard batterij nietje"


def test_two_of_three_tellers_count_a_secret_election(browser, house):
    tellers = ("lid30", "lid31", "lid32")
    with visit(browser, house) as board:
        page = board.page
        board.log_in("bestuur")
        board.go("/polls/new/election/")
        names = {login: known(house, login) for login in tellers}
        for login in tellers:
            pick(page, "tellers", names[login])
        make(page, question="Wie wordt voorzitter?", options="Ans\nBo")
        poll = page.url
        for name in tellers:
            with visit(browser, house, "phone") as teller:
                teller.log_in(name)
                teller.page.goto(f"{poll}tellers/")
                fill(teller.page, {"passphrase": passphrase_of(name), "again": passphrase_of(name)})
                press(teller.page, "/passphrase/")
                expect(teller.page.locator("main .tag-good").first).to_be_visible()
        page.goto(poll)
        press(page, "/open/")

        for name in ("anneke", "marloes", "penningmeester"):
            with visit(browser, house, "phone") as voter:
                voter.log_in(name)
                voter.page.goto(poll)
                cast(voter.page, {"choice": "2"})
                expect(voter.page.locator("#poll")).not_to_contain_text("Bo ")
                expect(voter.page.locator("#poll code")).to_be_visible()

        page.goto(poll)
        press(page, "/close/")
        page.goto(f"{poll}tellers/")
        page.get_by_label(f"Wachtzin van {names[tellers[0]][1]}").fill(passphrase_of(tellers[0]))
        press(page, "/count/")
        expect(page.locator("main, .toasts, body").first).to_contain_text("niet genoeg delen open")
        for login in (tellers[0], tellers[2]):
            page.get_by_label(f"Wachtzin van {names[login][1]}").fill(passphrase_of(login))
        press(page, "/count/")

        expect(page.locator("#poll-result")).to_contain_text("Gekozen: Bo")
        # Three votes: the outcome and no figures.
        expect(page.locator("#poll-result .results")).to_have_count(0)


STATUTES = {
    "call_days": "7", "proxies_per_holder": "2", "proxy_hours": "24", "advance_days": "0", "second_meeting_days": "28",
}  # fmt: skip
CHOSEN = {
    "blank_counts": "False", "matter_share": "1/2", "change_share": "2/3", "change_quorum": "2/3",
    "giver_may_still_vote": "True",
}  # fmt: skip


# Worked out when this file is read: during a test the clock of pytest stands still, and that of the house does not.
TOO_SOON, HELD_AT = (f"{datetime.now() + timedelta(days=days):%Y-%m-%dT20:00}" for days in (2, 9))  # noqa: DTZ005


def test_a_general_meeting_from_convocation_to_minutes(browser, house):
    with visit(browser, house) as board, visit(browser, house, "phone") as marloes:
        page = board.page
        board.log_in("bestuur")
        prepares(board)
        meeting = page.url
        marloes.log_in("marloes")
        takes_a_proxy_of_anneke(browser, house, marloes, meeting)

        page.goto(meeting)
        press(page, "/open/")
        expect(page.locator("main form[action$='/present/'] button").first).to_be_visible()
        page.locator("main section form[action$='/present/'] button").first.click()
        marloes.page.goto(meeting)
        press(marloes.page, "/present/")
        page.locator("#item-1 a[href$='/motion/']").click()
        make(page, question="Stellen we de begroting vast?")
        poll = page.url
        press(page, "/open/")
        # The vote appears on the phone by itself.
        expect(marloes.page.locator("#item-1 a[href*='/polls/']")).to_be_visible(timeout=6_000)
        marloes.page.locator("#item-1 a[href*='/polls/']").click()
        cast(marloes.page, {"choice": "for"})
        marloes.page.locator("main a[href^='?for=']").click()
        cast(marloes.page, {"choice": "against"})
        cast(page, {"choice": "for"})
        press(page, "/close/")
        expect(page.locator("#poll-result")).to_contain_text("Aangenomen: 2 voor van 3; nodig 2.")

        page.goto(f"{poll}figures/")
        press(page, "/decide/")
        expect(page.locator("main .notice-good")).to_contain_text("Besluit")
        page.goto(meeting)
        press(page, "/close/")
        writes_the_minutes(page, meeting)
        marloes.go("/meetings/decisions/")
        expect(marloes.page.locator("main")).to_contain_text("Stellen we de begroting vast?")


def prepares(board) -> None:
    page = board.page
    board.go("/meetings/statutes/")
    fill(page, STATUTES)
    for name, value in CHOSEN.items():
        page.select_option(f"[name={name}]", value)
    page.locator("main form.card button.btn").last.click()
    page.wait_for_url("**/meetings/")
    for moment in (TOO_SOON, HELD_AT):
        board.go("/meetings/new/")
        fill(page, {"title": "Najaars-ALV", "held_at": moment, "place": "Botenhuis"})
        page.locator("main form.card button.btn").last.click()
        page.wait_for_url(re.compile(r"/meetings/\d+/$"))  # not /meetings/new/, where it comes from
        fill(page, {"title": "Begroting"})
        press(page, "/items/")
        press(page, "/call/")
    # The first one was called too late and stays uncalled; the second is called.
    expect(page.locator("main form[action$='/call/']")).to_have_count(0)


def takes_a_proxy_of_anneke(browser, house, marloes, meeting: str) -> None:
    with visit(browser, house, "phone") as anneke:
        anneke.log_in("anneke")
        anneke.page.goto(f"{meeting}proxies/")
        anneke.page.fill("[name=holder-search]", "Marloes")
        anneke.page.locator("main label:has-text('Marloes') input[name=holder]").first.check()
        anneke.page.locator("main form.card > .form-actions button.btn").click()
        anneke.page.wait_for_url(meeting)
    marloes.page.goto(meeting)
    press(marloes.page, "/accept/")
    expect(marloes.page.locator("section[aria-labelledby=proxies] .tag-good")).to_be_visible()


def writes_the_minutes(page, meeting: str) -> None:
    draft = page.locator("textarea[name=text]").last
    expect(draft).to_have_value(re.compile(re.escape("Stellen we de begroting vast?: Aangenomen")))
    page.locator("[name=adopt]").check()
    press(page, "/minutes/")
    expect(page.locator("section[aria-labelledby=minutes] .tag-good")).to_be_visible()
    pdf = page.request.get(f"{meeting}minutes.pdf")
    assert pdf.body().startswith(b"%PDF")
