"""Three people at once, a voice message by keyboard, and a question that finds its answer, in real browsers."""

import pytest
from playwright.sync_api import expect

CHAT = "/groups/ploeg-dinsdagavond/chat/"
THREADS = "/groups/ploeg-dinsdagavond/threads/"


def message(page, text):
    return page.locator("#messages .message", has_text=text)


def say(page, text):
    page.fill("#composer textarea[name=text]", text)
    page.click("button.send")


@pytest.fixture
def three(visitor):
    with visitor("phone") as anneke, visitor("desktop") as joost, visitor("phone", "dark", "en") as bestuur:
        people = {"anneke": anneke, "joost": joost, "bestuur": bestuur}
        for name, person in people.items():
            person.log_in(name)
            person.go(CHAT)
        yield people


def test_three_people_see_the_same_order(three):
    pages = [person.page for person in three.values()]
    for number, page in enumerate(pages):
        say(page, f"driegesprek {number}")
        for other in pages:
            expect(message(other, f"driegesprek {number}")).to_have_count(1, timeout=4000)

    orders = [page.locator("#messages .message", has_text="driegesprek").all_inner_texts() for page in pages]
    numbers = [[int(text.partition("driegesprek ")[2][:1]) for text in order] for order in orders]
    assert numbers == [[0, 1, 2]] * 3


def test_a_voice_message_is_recorded_sent_and_played_by_keyboard(three):
    anneke, joost = three["anneke"].page, three["joost"].page
    anneke.context.grant_permissions(["microphone"])

    anneke.focus("#record")
    anneke.keyboard.press("Enter")
    expect(anneke.locator("#record[aria-pressed=true]")).to_be_visible()
    expect(anneke.locator("#file-names")).to_have_text("0:01", timeout=5000)
    anneke.keyboard.press("Enter")
    expect(anneke.locator(".preview audio")).to_have_count(1)
    anneke.focus("button.send")
    anneke.keyboard.press("Enter")

    sound = joost.locator("#messages .sound audio").last
    expect(sound).to_be_attached(timeout=10_000)
    heard = joost.evaluate(
        """async (address) => { const answer = await fetch(address, { headers: { Range: "bytes=0-99" } });
        return [answer.status, answer.headers.get("content-type"), (await answer.arrayBuffer()).byteLength]; }""",
        sound.get_attribute("src"),
    )
    assert heard == [206, "audio/webm", 100]
    speed = joost.locator("#messages .sound [data-speed]").last
    speed.focus()
    joost.keyboard.press("Enter")
    expect(speed).to_have_text("1.5×")
    assert sound.evaluate("sound => sound.playbackRate") == 1.5


def test_a_voice_message_is_recorded_while_holding_the_button(three):
    anneke = three["anneke"].page
    anneke.context.grant_permissions(["microphone"])
    spot = anneke.locator("#record").bounding_box()

    anneke.mouse.move(spot["x"] + 10, spot["y"] + 10)
    anneke.mouse.down()
    expect(anneke.locator("#file-names")).to_have_text("0:01", timeout=5000)
    anneke.mouse.up()

    expect(anneke.locator(".preview audio")).to_have_count(1)
    expect(anneke.locator("#record")).to_have_attribute("aria-pressed", "false")


def test_a_question_finds_its_answer(three):
    anneke, joost = three["anneke"].page, three["joost"].page
    three["anneke"].go(f"{THREADS}new/question/")
    anneke.fill("input[name=title]", "Waar ligt de sleutel van het hok?")
    anneke.fill("textarea[name=text]", "Ik sta voor een dichte deur.")
    anneke.click("form .btn >> text=Plaatsen")
    expect(anneke.locator("#topic .tag")).to_contain_text("Vraag · open")
    address = anneke.url

    joost.goto(address)
    say(joost, "Bij Thijs, tot half negen.")
    expect(message(anneke, "Bij Thijs")).to_have_count(1, timeout=4000)
    message(anneke, "Bij Thijs").locator("[data-acts]").click()
    anneke.click("dialog[open] >> text=Dit is het antwoord")

    expect(anneke.locator("#topic .tag")).to_contain_text("Vraag · beantwoord")
    expect(anneke.locator(".notice-good")).to_contain_text("Bij Thijs")


def test_moved_messages_leave_a_pointer_on_open_pages(three):
    joost, anneke = three["joost"].page, three["anneke"].page
    say(anneke, "Wie smeert de rails?")
    expect(message(joost, "Wie smeert de rails?")).to_have_count(1, timeout=4000)
    message(joost, "Wie smeert de rails?").locator("[data-acts]").click()
    joost.click("dialog[open] >> text=Verplaatsen naar een gesprek")
    joost.fill("input[name=title]", "Onderhoud rails")
    joost.click("form .btn >> text=Verplaatsen")

    expect(joost.locator("h2", has_text="Onderhoud rails")).to_be_visible()
    expect(message(anneke, "Verplaatst naar “Onderhoud rails”")).to_have_count(1, timeout=4000)
    anneke.click("text=Lees het daar")
    expect(message(anneke, "Wie smeert de rails?")).to_have_count(1)
