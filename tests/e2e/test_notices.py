"""Notices, wishes and tasks in a real browser: the bell moves by itself, a group goes silent, push is asked for."""

import json

import pytest

DUE_NOW = """
from datetime import timedelta
from django.utils import timezone
from groups.people.models import Member
from groups.todos.services import make_task
from groups.todos.models import TaskReminder
anneke = Member.objects.get(email__startswith="anneke@")
due = timezone.now() + timedelta(hours=1)
task = make_task(by=anneke, title="Riemen lakken", due_at=due, remind_before=[timedelta()])
TaskReminder.objects.filter(task=task).update(at=timezone.now())
"""


def bell(page):
    return int(page.locator(".tool[href='/notices/'] .badge").inner_text() or 0)


def test_a_reminder_given_by_the_clock_moves_the_bell_on_an_open_page(house, visitor):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")
        with anneke.page.expect_websocket() as opened:
            anneke.go("/tasks/")
        anneke.page.wait_for_timeout(2000)  # the first frame may have come before anybody could wait for it
        assert not opened.value.is_closed()
        before = bell(anneke.page)

        house.manage("shell", "-v0", "-c", DUE_NOW)

        # The clock of the house looks every twenty seconds; the page itself is not touched.
        anneke.page.wait_for_function(
            "before => Number(document.querySelector(\".tool[href='/notices/'] .badge\").textContent || 0) > before",
            arg=before,
            timeout=90_000,
        )
        anneke.go("/notices/")
        anneke.page.get_by_role("link", name="Riemen lakken").first.click()
        anneke.page.wait_for_url("**/tasks/*/")
        assert bell(anneke.page) == before


def test_a_group_goes_silent_and_is_heard_again(visitor):
    with visitor("desktop") as anneke:
        anneke.log_in("anneke")
        anneke.go("/groups/zomertocht-friesland/tasks/")
        anneke.page.locator(".group-actions > a[href^='/notices/settings/']").click()

        anneke.page.get_by_role("button", name="8 uur").click()
        assert "Stil tot" in anneke.page.inner_text("main")

        anneke.page.get_by_role("button", name="Weer aan").click()
        assert anneke.page.get_by_role("button", name="8 uur").is_visible()


def test_a_task_is_made_in_two_taps_and_done_in_one(visitor):
    with visitor("phone", "dark") as anneke:
        anneke.log_in("anneke")
        anneke.go("/tasks/")
        anneke.page.fill("input[name=title]", "Vlag hijsen")
        anneke.page.get_by_role("button", name="Toevoegen").click()

        flag = anneke.page.locator("#tasks li", has_text="Vlag hijsen")
        flag.get_by_role("button").click()

        anneke.page.wait_for_load_state()
        assert flag.get_by_role("button").count() == 0
        assert "Vlag hijsen" in anneke.page.inner_text("main")


def test_wishes_are_kept(visitor):
    with visitor("phone", language="en") as anneke:
        anneke.log_in("anneke")
        anneke.go("/notices/settings/")
        anneke.page.select_option("select[name=digest]", "weekly")
        anneke.page.fill("input[name=quiet_from]", "21:30")
        anneke.page.get_by_role("button", name="Save").click()

        anneke.page.wait_for_load_state()
        assert anneke.page.input_value("select[name=digest]") == "weekly"
        assert anneke.page.input_value("input[name=quiet_from]") == "21:30"


def test_how_much_to_hear_is_chosen_in_one_tap(visitor):
    with visitor("phone", "dark") as anneke:
        anneke.log_in("anneke")
        for words in ("Rustig", "Alles meteen", "Gewoon"):
            anneke.go("/notices/settings/")
            anneke.page.get_by_label(words).check()
            anneke.page.get_by_role("button", name="Kiezen").click()

            anneke.page.wait_for_load_state()
            assert anneke.page.get_by_label(words).is_checked()


# Chromium without a network has no push service; its answer is put in place of the browser's own.
SUBSCRIBED = """
const keys = { p256dh: "B" + "A".repeat(86), auth: "A".repeat(22) };
const made = {
  endpoint: "https://fcm.googleapis.com/fcm/send/test",
  toJSON() { return { endpoint: this.endpoint, keys }; },
  unsubscribe: async () => { sessionStorage.removeItem("made"); },
};
PushManager.prototype.subscribe = async function (options) {
  window.asked = options.applicationServerKey.length;
  sessionStorage.setItem("made", "yes");
  return made;
};
PushManager.prototype.getSubscription = async function () { return sessionStorage.getItem("made") ? made : null; };
"""
DEVICES = "from notifications.models import PushSubscription as P; print(P.objects.count())"


def let_browser_answer(visitor, setting: str) -> None:
    """What Chromium itself says about notifications of the house: granted, denied, or prompt (not answered yet)."""
    browser = visitor.page.context.new_cdp_session(visitor.page)
    context = browser.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
    permission = {"permission": {"name": "notifications"}, "setting": setting, "origin": visitor.house.address}
    browser.send("Browser.setPermission", {"browserContextId": context, **permission})


def test_push_is_turned_on_by_a_tap_and_off_again(house, visitor):
    with visitor("phone") as anneke:
        let_browser_answer(anneke, "granted")
        anneke.page.add_init_script(SUBSCRIBED)
        anneke.log_in("anneke")
        anneke.go("/notices/settings/")

        anneke.page.get_by_role("button", name="Push aanzetten").click()
        anneke.page.get_by_text("Dit apparaat krijgt pushmeldingen.").wait_for()
        assert anneke.page.evaluate("window.asked") == 65
        assert house.manage("shell", "-v0", "-c", DEVICES).strip() == "1"
        assert anneke.page.locator("#devices li").get_by_text("dit apparaat").is_visible()

        anneke.page.get_by_role("button", name="Push hier uitzetten").click()
        anneke.page.get_by_role("button", name="Push aanzetten").wait_for()
        anneke.page.locator("#devices:not(:has(li))").wait_for(state="attached")
        assert house.manage("shell", "-v0", "-c", DEVICES).strip() == "0"


@pytest.mark.parametrize(
    ("setting", "before", "after"),
    [
        ("denied", "Je browser houdt pushmeldingen van deze site tegen.", ""),
        ("prompt", "Krijg een seintje op dit apparaat", "Je hebt je browser nog geen antwoord gegeven"),
    ],
)
def test_a_browser_that_says_no_or_nothing_is_told_in_plain_words_what_to_do(visitor, setting, before, after):
    with visitor("phone", "dark") as joost:
        let_browser_answer(joost, setting)
        joost.log_in("joost")
        joost.go("/notices/settings/")

        joost.page.get_by_text(before).wait_for()
        button = joost.page.get_by_role("button", name="Push aanzetten")
        assert button.is_visible() == bool(after)
        if after:
            button.click()
            joost.page.get_by_text(after).wait_for()
            assert button.is_visible()
        assert joost.page.locator("#devices li").count() == 0


def test_who_refuses_when_asked_reads_how_to_undo_it(visitor):
    with visitor("desktop", language="en") as joost:  # headless Chromium answers no for a person who is not there
        joost.log_in("joost")
        joost.go("/notices/settings/")

        joost.page.get_by_role("button", name="Turn on push").click()

        joost.page.get_by_text("Your browser blocks pushes from this site.").wait_for()
        assert joost.page.get_by_role("button", name="Turn on push").is_hidden()


def test_a_device_is_forgotten_from_the_list_and_that_browser_offers_push_again(house, visitor):
    with visitor("phone", language="en") as joost:
        let_browser_answer(joost, "granted")
        joost.page.add_init_script(SUBSCRIBED.replace("fcm/send/test", "fcm/send/joost"))
        joost.log_in("joost")
        joost.go("/notices/settings/")
        joost.page.get_by_role("button", name="Turn on push").click()

        joost.page.get_by_role("button", name="Forget").click()

        joost.page.get_by_text("That device gets no more pushes.").wait_for()
        joost.page.get_by_role("button", name="Turn on push").wait_for()
        assert joost.page.locator("#devices li").count() == 0


def test_the_mail_of_a_login_code_is_read_on_this_machine(house, visitor):
    with visitor("desktop") as somebody:
        somebody.go("/dev/mail/")
        assert "Mailmap" in somebody.page.inner_text("main")
        answer = somebody.page.request.get(f"{house.address}/health/")
        assert json.loads(answer.text())["parts"]["database"] == "ok"


GIVEN_UP = """
from django.utils import timezone
from groups.people.models import Member
from notifications.models import Delivery
for name in ("anneke", "joost"):
    member = Member.objects.get(email__startswith=name + "@")
    Delivery.objects.create(
        member=member, channel="mail", kind="task.reminder", key="task:0", dedupe=f"given-up:{name}",
        context={"task": 0, "title": "Bestaat niet meer"}, state="failed", done_at=timezone.now(), tries=12,
        error="mail server is away: ConnectionRefusedError",
    )
"""


def test_what_did_not_arrive_is_tried_again_in_one_press(house, visitor):
    house.manage("shell", "-v0", "-c", GIVEN_UP)
    with visitor("phone", "dark") as manager:
        manager.log_in("beheer")
        manager.go("/health/details/")
        assert "mail server is away" in manager.page.locator("#given-up").inner_text()

        manager.page.get_by_role("button", name="Alle 2 opnieuw proberen").click()

        manager.page.get_by_text("2 worden opnieuw verstuurd.").wait_for()
        assert manager.page.locator("#given-up").count() == 0
