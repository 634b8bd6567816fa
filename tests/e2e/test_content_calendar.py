"""Planning in the content calendar: by dragging with a mouse, and the same with the keyboard alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

# Days of next month, so that they stand on one page and lie ahead of the house's own clock.
YESTERDAY = timezone.localdate() - timedelta(days=1)
FIRST = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
PLANNED, EARLIER, LATER = FIRST.replace(day=14), FIRST.replace(day=13), FIRST.replace(day=22)
PLAN = """
from datetime import datetime
from django.utils.timezone import make_aware
from community.pages.services import plan_announcement, write_announcement
from groups.people.models import Member
by = Member.objects.get(email__startswith="beheer@")
page = write_announcement(by=by, title="{title}", text="Tekst.", scope="everyone")
plan_announcement(announcement=page, at=make_aware(datetime({year}, {month}, {day}, 19, 30)), by=by)
print(page.pk)
"""


@pytest.fixture
def planned(house):
    def plan(title: str) -> str:
        values = {"title": title, "year": PLANNED.year, "month": PLANNED.month, "day": PLANNED.day}
        return house.manage("shell", "-v0", "-c", PLAN.format(**values)).strip()

    return plan


def calendar_of(visitor, view=""):
    visitor.log_in("beheer")
    visitor.go(f"/desk/calendar/?month={FIRST:%Y-%m}{view}")
    return visitor.page


def on(page, day, title):
    return page.locator(f"[data-day='{day:%Y-%m-%d}']").get_by_role("link", name=title)


def test_dragging_moves_it_to_another_day_at_the_same_hour(planned, visitor):
    number = planned("Winterstalling opgeven")
    with visitor("desktop") as manager:
        page = calendar_of(manager)
        page.locator(f"[data-day='{LATER:%Y-%m-%d}']").scroll_into_view_if_needed()  # the drag must not scroll

        page.locator(f"[data-item='{number}']").drag_to(page.locator(f"[data-day='{LATER:%Y-%m-%d}']"))

        on(page, LATER, "Winterstalling opgeven").wait_for()
        assert "19.30" in page.locator(f"[data-item='{number}']").inner_text()
        assert on(page, PLANNED, "Winterstalling opgeven").count() == 0
        # Dropped where it was: nothing is sent, so nothing is loaded.
        page.evaluate("window.isSamePage = true")
        page.locator(f"[data-item='{number}']").drag_to(page.locator(f"[data-day='{LATER:%Y-%m-%d}'] time"))
        page.wait_for_timeout(500)
        assert page.evaluate("window.isSamePage")


def test_dragging_into_the_past_moves_nothing_and_says_why(planned, visitor):
    number = planned("Lampen nakijken")
    with visitor("desktop", "dark", "en") as manager:
        page = calendar_of(manager)
        page.evaluate(
            "([number, day]) => { const cell = document.querySelector(`[data-item='${number}']`).closest('tr')"
            ".querySelector('td:last-child'); cell.dataset.day = day; }",
            [number, f"{YESTERDAY:%Y-%m-%d}"],
        )

        page.locator(f"[data-item='{number}']").drag_to(page.locator(f"[data-day='{YESTERDAY:%Y-%m-%d}']"))

        page.get_by_text("This moment has passed").wait_for()
        assert on(page, PLANNED, "Lampen nakijken").is_visible()


def test_what_was_sent_cannot_be_dragged(visitor):
    with visitor("desktop") as manager:
        manager.log_in("beheer")
        manager.go("/desk/calendar/")
        page = manager.page
        sent = page.locator(".plan-item:not([data-item]) .plan-title").first

        sent.drag_to(page.locator("[data-day]").first)  # a script error would fail the visit

        assert manager.page.url.endswith("/desk/calendar/")


def test_the_keyboard_alone_moves_it_a_day_and_goes_on_from_there(planned, visitor):
    number = planned("Sleutels inleveren")
    with visitor("desktop", language="en") as manager:
        page = calendar_of(manager)
        page.locator(f"#plan-item-{number} summary").focus()

        page.keyboard.press("Enter")
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "A day earlier":
                break
        page.keyboard.press("Enter")

        on(page, EARLIER, "Sleutels inleveren").wait_for()
        assert page.evaluate("document.activeElement.closest('.plan-item')?.id") == f"plan-item-{number}"


def test_on_a_phone_it_is_moved_by_its_form(planned, visitor):
    number = planned("Kleding passen")
    with visitor("phone", "dark") as manager:
        page = calendar_of(manager, "&view=list")
        item = page.locator(f"#plan-item-{number}")
        item.locator("summary").click()
        item.locator("input[name=day]").fill(f"{LATER:%Y-%m-%d}")

        item.get_by_role("button", name="Verplaatsen").first.click()

        page.wait_for_load_state()
        assert (
            "22"
            in page.locator("section.plan-day", has=page.locator(f"#plan-item-{number}")).locator("h3").inner_text()
        )
