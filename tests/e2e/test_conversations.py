"""Talking in real browsers: at once for the sender, live for the others, and nothing lost when the line drops."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

CHAT = "/groups/ploeg-dinsdagavond/chat/"


@pytest.fixture
def two(visitor):
    """Anneke on the phone and Joost at a desk, both in the same chat."""
    with visitor("phone") as anneke, visitor("desktop", "dark") as joost:
        for person, name in ((anneke, "anneke"), (joost, "joost")):
            person.log_in(name)
            person.go(CHAT)
        yield anneke.page, joost.page, anneke


def say(page, text):
    page.fill("textarea[name=text]", text)
    page.click("button.send")


def message(page, text):
    return page.locator("#messages .message", has_text=text)


def test_a_message_stands_there_at_once_and_on_the_other_page_within_two_seconds(two):
    anneke, joost, _ = two

    say(anneke, "Ik neem de lampen mee")

    expect(message(anneke, "Ik neem de lampen mee")).to_have_count(1)
    expect(anneke.locator("textarea[name=text]")).to_have_value("")
    expect(message(joost, "Ik neem de lampen mee")).to_have_count(1, timeout=2000)


def test_what_is_written_without_a_line_is_sent_once_the_line_is_back(two):
    anneke, joost, visitor = two
    anneke.context.set_offline(True)
    say(anneke, "Geschreven onder de brug")
    expect(anneke.locator(".is-failed")).to_have_count(1)
    visitor.faults.clear()  # that the line is down is what this is about

    anneke.context.set_offline(False)

    expect(message(joost, "Geschreven onder de brug")).to_have_count(1, timeout=15_000)
    expect(message(anneke, "Geschreven onder de brug")).to_have_count(1)
    expect(anneke.locator(".is-pending")).to_have_count(0)
    visitor.faults.clear()


def test_a_name_is_chosen_from_the_list_by_keyboard(two):
    _, joost, _ = two
    joost.click("textarea[name=text]")

    joost.keyboard.type("Dank @Anne", delay=30)
    expect(joost.locator(".suggestion")).to_have_text(["Anneke Visser"])
    joost.keyboard.press("Enter")

    expect(joost.locator("textarea[name=text]")).to_have_value("Dank @Anneke Visser ")


def test_a_reaction_shows_on_the_other_page(two):
    anneke, joost, _ = two
    say(anneke, "Appeltaart is gebakken")
    expect(message(joost, "Appeltaart is gebakken")).to_have_count(1)

    message(joost, "Appeltaart is gebakken").locator("[data-acts]").click()
    joost.locator("dialog[open] button[value=thumb]").click()

    expect(message(anneke, "Appeltaart is gebakken").locator(".reaction")).to_have_text(["1"])
    expect(message(joost, "Appeltaart is gebakken").locator(".reaction[aria-pressed=true]")).to_have_count(1)


def test_a_photo_is_shown_before_it_goes_and_arrives_with_its_description(two):
    anneke, joost, _ = two
    photo = io.BytesIO()
    Image.new("RGB", (1200, 900), "teal").save(photo, "JPEG")

    anneke.set_input_files(
        "input[name=files]", {"name": "sluis.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    expect(anneke.locator(".preview img")).to_have_count(1)
    anneke.fill("input[name=description]", "De sluis bij Balk")
    anneke.click("button.send")

    expect(joost.locator("img[alt='De sluis bij Balk']")).to_have_count(1)


def test_reading_is_what_was_on_screen(two):
    anneke, joost, _ = two
    joost.goto(joost.url.replace("/chat/", "/members/"))
    say(anneke, "Ben je er nog?")
    expect(message(anneke, "Ben je er nog?")).to_have_count(1)
    joost.reload()
    expect(joost.locator(".tabs .tab .count").first).to_be_visible()

    with joost.expect_response("**/read/"):
        joost.goto(joost.url.replace("/members/", "/chat/"))
        # What earlier tests left unread comes first, so it is the line that must be in sight.
        expect(joost.locator("#new")).to_be_in_viewport()
        expect(message(joost, "Ben je er nog?")).to_have_count(1)


ANSWER = """
from groups.conversations.models import AutoAnswer
from groups.subgroups.models import Subgroup
group = Subgroup.objects.get(slug="ploeg-dinsdagavond")
AutoAnswer.objects.create(subgroup=group, trigger="keyword", keywords="oefenlamp", text="De lampen liggen in de kast.")
"""
NO_ANSWER = "from groups.conversations.models import AutoAnswer; AutoAnswer.objects.all().delete()"


def test_an_automatic_answer_stands_there_at_once_for_the_writer_alone(house, two):
    anneke, joost, _ = two
    house.manage("shell", "-v0", "-c", ANSWER)

    say(anneke, "Waar ligt de oefenlamp?")

    expect(message(anneke, "De lampen liggen in de kast.")).to_have_count(1)
    expect(message(joost, "Waar ligt de oefenlamp?")).to_have_count(1)
    expect(message(joost, "De lampen liggen in de kast.")).to_have_count(0)
    house.manage("shell", "-v0", "-c", NO_ANSWER)
