"""What every page owes its reader: nothing runs off the screen, nothing typed is lost, all can be read and hit."""

import pytest
from axe_playwright_python.sync_playwright import Axe

CHAT = "/groups/ploeg-dinsdagavond/chat/"
THREADS = "/groups/zomertocht-friesland/threads/"
PAGES = [
    "/",
    "/more/",
    "/notices/",
    CHAT,
    THREADS,
    "/polls/",
    "/account/email/",
    "/account/2fa/",
    "/notices/settings/",
    "/practice/",
]
# Where polls, meetings, pots and fees are made and read, by who does that.
MAKING = {
    "anneke": ["/meetings/", "/meetings/1/", "/meetings/2/proxies/", "/meetings/decisions/", "/fees/", "/asks/"],
    "marloes": [
        "/groups/zomertocht-friesland/polls/new/gauge/",
        "/groups/zomertocht-friesland/polls/new/election/",
        "/groups/zomertocht-friesland/pots/new/",
        "/pots/1/manage/",
        "/pots/1/ask/",
    ],
    "penningmeester": ["/treasury/fees/", "/treasury/fees/payers/", "/treasury/fees/runs/1/"],
    "bestuur": ["/meetings/new/", "/meetings/2/", "/desk/announcements/newsletter/"],
}
OPEN_PAGES = ["/account/login/", "/account/login/code/", "/account/password/reset/", "/offline/"]

WIDTH = "document.documentElement.scrollWidth"
# Links inside a sentence may be as high as the sentence; a stretched link is as large as its row.
SMALL_TARGETS = """() =>
  [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")]
  .filter((element) => {
    const box = element.getBoundingClientRect(), stretched = getComputedStyle(element, "::after");
    if (!box.width || element.closest(".visually-hidden, label, .skip, .prose")) return false;
    if (getComputedStyle(element).display === "inline" && element.closest("p, li, td")) return false;
    if (stretched.position === "absolute" && stretched.inset === "0px") return false;
    return box.width < 43.5 || box.height < 43.5;
  })
  .map((element) => element.outerHTML.slice(0, 120))"""


def complaints(page):
    found = Axe().run(page).response["violations"]
    return [(page.url, violation["id"], violation["nodes"][0]["target"]) for violation in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_no_page_is_closed_to_somebody_who_sees_or_hears_otherwise(visitor, size, scheme):
    with visitor(size, scheme) as anneke:
        found = []
        for path in OPEN_PAGES:
            anneke.go(path)
            found += complaints(anneke.page)
        anneke.log_in("anneke")
        for path in PAGES:
            anneke.go(path)
            found += complaints(anneke.page)

        assert found == []


def test_no_page_runs_off_a_narrow_screen_or_at_double_text(visitor):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")
        wide = []
        for path in PAGES:
            anneke.page.set_viewport_size({"width": 320, "height": 640})
            anneke.go(path)
            wide += [(path, "320 px")] if anneke.page.evaluate(WIDTH) > 320 else []
            anneke.page.set_viewport_size({"width": 390, "height": 844})
            anneke.page.evaluate("document.documentElement.style.fontSize = '200%'")
            wide += [(path, "200 %")] if anneke.page.evaluate(WIDTH) > 390 else []

        assert wide == []


def test_everything_on_the_phone_is_large_enough_to_hit(visitor):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")
        small = {}
        for path in PAGES:
            anneke.go(path)
            small[path] = anneke.page.evaluate(SMALL_TARGETS)

        assert small == {path: [] for path in PAGES}


@pytest.mark.parametrize("person", MAKING)
def test_where_things_are_made_all_can_be_read_and_hit_on_a_narrow_phone(visitor, person):
    with visitor("phone", "dark") as maker:
        maker.log_in(person)
        faults = []
        for path in MAKING[person]:
            maker.page.set_viewport_size({"width": 320, "height": 640})
            maker.go(path)
            faults += [(path, "320 px")] if maker.page.evaluate(WIDTH) > 320 else []
            maker.page.set_viewport_size({"width": 390, "height": 844})
            faults += complaints(maker.page) + [(path, small) for small in maker.page.evaluate(SMALL_TARGETS)]
            maker.page.evaluate("document.documentElement.style.fontSize = '200%'")
            faults += [(path, "200 %")] if maker.page.evaluate(WIDTH) > 390 else []

        assert faults == []


def test_draft_survives_a_reload_and_leaves_with_its_writer(visitor):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")
        anneke.go(CHAT)
        anneke.page.fill("textarea", "Half een zin")
        anneke.page.reload()
        assert anneke.page.input_value("textarea") == "Half een zin"

        anneke.go("/account/logout/")
        anneke.page.click("main form .btn")
        anneke.page.wait_for_url("**/account/login/")

        assert anneke.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []


def test_impatient_second_press_sends_nothing_twice(visitor):
    with visitor() as anneke:
        anneke.go("/account/password/reset/")
        anneke.page.fill("[name=email]", "anneke@waterhoen.example")
        anneke.page.evaluate("document.querySelector('form').target = '_blank'")  # so that this page stays to be seen
        sent = []
        anneke.page.context.on("request", lambda request: sent.append(request.method))
        button = anneke.page.locator("form .btn").first

        button.click()
        button.click(force=True)
        anneke.page.wait_for_timeout(500)

        assert (sent.count("POST"), button.text_content()) == (1, "Bezig…")
        assert button.get_attribute("aria-disabled") == "true"


def test_refused_form_puts_the_reader_at_what_is_wrong(visitor):
    with visitor("phone") as stranger:
        stranger.go("/account/login/")
        stranger.page.fill("[name=login]", "wie@dan.example")
        stranger.page.fill("[name=password]", "verkeerd-wachtwoord")
        stranger.page.press("[name=password]", "Enter")
        stranger.page.wait_for_selector(".error-summary")

        assert stranger.page.evaluate("document.activeElement.className") == "error-summary"
        assert stranger.page.title().startswith("Fout: ")


def test_without_connection_home_can_be_read_until_logging_out(visitor):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")
        anneke.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        anneke.go("/")
        anneke.page.wait_for_function("caches.match('/').then(Boolean)")
        anneke.page.context.set_offline(True)
        anneke.go("/")
        assert "Anneke" in anneke.page.text_content("h1")
        anneke.go("/polls/")
        assert anneke.page.title() == "Geen verbinding"

        anneke.page.context.set_offline(False)
        anneke.go("/account/logout/")
        anneke.page.click("main form .btn")
        anneke.page.wait_for_url("**/account/login/")
        anneke.page.wait_for_function("caches.match('/').then((kept) => !kept)")
        anneke.faults.clear()  # the browser reports each request that met no network


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(246, 243, 238)"), ("dark", "rgb(18, 22, 27)")])
def test_page_follows_the_scheme_of_the_device(visitor, scheme, paper):
    with visitor("phone", scheme) as stranger:
        stranger.go("/account/login/")

        assert stranger.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper


@pytest.mark.parametrize("part", ["chat", "tasks"])
def test_the_menu_of_a_group_hangs_over_the_page_and_can_be_tapped(visitor, part):
    with visitor("phone") as anneke:
        anneke.log_in("anneke")
        anneke.go(f"/groups/ploeg-dinsdagavond/{part}/")

        anneke.page.locator(".group-actions summary").click()
        anneke.page.locator(".group-actions").get_by_role("link", name="Nieuwe taak").click()

        anneke.page.wait_for_url("**/tasks/new/")
