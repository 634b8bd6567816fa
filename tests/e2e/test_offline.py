"""On the phone without a connection: what was read last can be read again, nothing else, and nothing after leaving."""

READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
AGAIN = """
localStorage.setItem("install", JSON.stringify({ day: "yesterday", visits: 1 }));
"""
OFFERED = """
const event = new Event("beforeinstallprompt", { cancelable: true });
event.prompt = () => { window.prompted = true; };
event.userChoice = Promise.resolve({ outcome: "accepted" });
window.dispatchEvent(event);
"""


def text_of(visitor, path):
    visitor.go(path)
    return visitor.page.inner_text("main")


def test_what_was_read_can_be_read_again_without_a_connection(visitor):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")
        anneke.page.wait_for_function(READY)
        anneke.go("/announcements/")
        announcement = anneke.page.locator("main a[href^='/announcements/']").first.get_attribute("href")
        read = text_of(anneke, announcement)
        home = text_of(anneke, "/")
        text_of(anneke, "/pots/")

        anneke.page.context.set_offline(True)
        assert text_of(anneke, announcement) == read
        assert text_of(anneke, "/")[:60] == home[:60]
        assert "internet" in text_of(anneke, "/pots/")

        anneke.page.context.set_offline(False)
        anneke.go("/account/logout/")
        anneke.page.locator("main form button").click()
        anneke.page.wait_for_url("**/account/login/")
        anneke.page.context.set_offline(True)
        assert "internet" in text_of(anneke, announcement)
        assert "internet" in text_of(anneke, "/")
        anneke.page.context.set_offline(False)
        anneke.faults.clear()  # a browser without a connection says so for every file


def test_what_is_to_be_done_can_be_read_and_what_was_typed_stays_when_the_line_is_gone(visitor):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")
        anneke.page.wait_for_function(READY)
        read = text_of(anneke, "/tasks/")
        anneke.page.wait_for_function("caches.match('/tasks/').then(Boolean)")
        anneke.page.context.set_offline(True)
        anneke.page.fill("input[name=title]", "Verf halen")
        anneke.page.get_by_role("button", name="Toevoegen").click()

        anneke.page.get_by_text("Er is niets verstuurd").wait_for()
        assert anneke.page.input_value("input[name=title]") == "Verf halen"
        assert text_of(anneke, "/tasks/")[:60] == read[:60]
        assert "internet" in text_of(anneke, "/notices/")
        anneke.page.get_by_role("link", name="Taken").click()
        anneke.page.wait_for_url("**/tasks/")
        anneke.page.context.set_offline(False)
        anneke.faults.clear()  # a browser without a connection says so for every file


def test_the_hint_to_install_comes_at_the_second_visit_and_never_after_not_now(visitor):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")
        anneke.page.evaluate(OFFERED)
        hint = anneke.page.locator("#install")
        assert hint.is_hidden()

        anneke.page.evaluate(AGAIN)
        anneke.go("/")
        anneke.page.evaluate(OFFERED)
        hint.get_by_role("button", name="Toevoegen").click()
        assert anneke.page.evaluate("window.prompted")
        hint.wait_for(state="hidden")

        anneke.go("/")
        anneke.page.evaluate(OFFERED)
        hint.get_by_role("button", name="Niet nu").click()
        anneke.go("/")
        anneke.page.evaluate(OFFERED)
        assert hint.is_hidden()
