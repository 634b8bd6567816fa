"""An announcement that demonstrably arrives, and a message that is judged: both walked from end to end."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

GROUP = "IJsploeg"
TITLE = "Neem je reddingsvest mee"
# Members 130 to 138 had a busy week; no other test logs in as one of them.
ICE_TEAM = """
from datetime import timedelta
from django.utils import timezone
from groups.people.models import Member
from groups.subgroups.services import add_member, create_subgroup
from notifications.models import Delivery

manager, *others = people = [Member.objects.get(email=f"lid{number}@waterhoen.example") for number in range(130, 139)]
team = create_subgroup(name="IJsploeg", description="Vaart door.", by=manager, manager=manager, is_hidden=True)
for member in others:
    add_member(subgroup=team, member=member, by=manager)
Delivery.objects.bulk_create(
    Delivery(member=member, channel="mail", kind="announcement", key=f"busy:{n}", dedupe=f"busy:{n}", state="sent",
             done_at=timezone.now() - timedelta(days=10 * (n % 2)))
    for member in people for n in range(12)
)
"""


@pytest.fixture
def ice_team(house):
    house.manage("shell", "-v0", "-c", ICE_TEAM)


def press(page, name: str):
    page.get_by_role("button", name=name).first.click()


def figures(page) -> dict[str, int]:
    """The report as {label: number}."""
    rows = page.locator("#reach dl.facts > div")
    cells = [(row.locator("dt").inner_text(), row.locator("dd").inner_text()) for row in rows.all()]
    return {label: int(number.replace(".", "")) for label, number in cells}


def test_an_announcement_is_planned_appears_on_its_minute_is_confirmed_and_its_report_adds_up(visitor, ice_team):
    with visitor("phone") as manager, visitor("phone", java_script_enabled=False) as member:
        page = manager.page
        manager.log_in("lid130")
        write(manager)
        assert "9 mensen in 1 groep" in page.inner_text("main")
        expect(page.locator("main .notice-bad")).to_contain_text(
            "Deze leden kregen deze week 6 meldingen; 3 per week is gewoon."
        )
        minute = plan_for_the_next_minute(page)
        wait_until_it_appears(page, minute)

        member.log_in("lid131")
        member.go("/announcements/")
        member.page.get_by_role("link", name=TITLE).first.click()
        press(member.page, "Ik heb dit gelezen")
        assert "bevestigd" in member.page.inner_text("#confirm").lower()

        page.reload()
        found = figures(page)
        assert found.pop("Doelgroep") == sum(found.values()) == 9
        assert found["Bevestigd"] == 1
        reminds_the_others_only(page)


def write(manager):
    page = manager.page
    manager.go("/desk/announcements/new/")
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=text]", "Zonder vest mag je de boot niet in.")
    page.get_by_label(GROUP).first.check()
    page.fill("input[name=acknowledge_by]", (timezone.localdate() + timedelta(days=5)).isoformat())
    expect(page.locator("#audience-size")).to_contain_text("9 mensen in 1 groep")
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/desk/announcements/\d+/$"))


def now(page) -> float:
    """In seconds, by the clock of the browser: that of the tests stands still."""
    return page.evaluate("Date.now() / 1000")


def plan_for_the_next_minute(page) -> float:
    """Plan it by its form; returns the moment in seconds."""
    minute = (now(page) + 15) // 60 * 60 + 60
    at = datetime.fromtimestamp(minute, ZoneInfo("Europe/Amsterdam"))
    page.fill("input[name=at]", f"{at:%Y-%m-%dT%H:%M}")
    press(page, "Plannen")
    expect(page.locator("main")).to_contain_text(f"om {at:%-H.%M} uur. Tot dan kun je dit nog terugnemen.")
    return minute


def wait_until_it_appears(page, minute: float) -> None:
    """Not before its minute, and within half a minute of it: the clock of the house comes by every 20 seconds."""
    while now(page) < minute + 40:
        page.reload()
        if page.locator("#reach dl.facts").count():
            assert minute <= now(page) < minute + 30
            return
        page.wait_for_timeout(1500)
    raise AssertionError("the announcement did not appear in its minute")


def reminds_the_others_only(page):
    press(page, "Herinner alleen deze mensen")
    for _ in range(20):  # the reminders are queued by the next round of the clock
        if "aan 8 mensen" in page.inner_text("main"):
            return
        page.wait_for_timeout(1500)
        page.reload()
    raise AssertionError("the reminder did not go to the eight others")


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
