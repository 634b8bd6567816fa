"""The main pages, on phone and desktop, light and dark: accessible, whole at 320 pixels, and talking to nobody else.

`visit` itself asserts that no page logs an error, breaks the content policy or asks another host for anything.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

MAIN_PAGES = {
    "home": "/",
    "announcements": "/announcements/",
    "groups": "/groups/",
    "chat": "/groups/zomertocht-friesland/chat/",
    "threads": "/groups/zomertocht-friesland/threads/",
    "polls": "/polls/",
    "poll": "/polls/2/",
    "pot": "/pots/1/",
    "payments": "/payments/",
    "notices": "/notices/",
    "privacy": "/privacy/",
}


def serious_faults(page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:160]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


def sideways(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_main_pages_have_no_serious_faults(visitor, size, scheme):
    faults = {}
    with visitor(size, scheme) as anneke:
        faults["log in"] = (anneke.go("/account/login/"), serious_faults(anneke.page))[1]
        anneke.log_in("anneke")
        for name, path in MAIN_PAGES.items():
            anneke.go(path)
            faults[name] = serious_faults(anneke.page)

    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(visitor, language):
    wide = {}
    with visitor("phone", language=language) as anneke:
        anneke.page.set_viewport_size({"width": 320, "height": 640})
        anneke.log_in("anneke")
        for name, path in MAIN_PAGES.items():
            anneke.go(path)
            wide[name] = sideways(anneke.page)

    assert {name: pixels for name, pixels in wide.items() if pixels > 0} == {}


def test_a_visit_talks_to_one_host_only(visitor):
    hosts = set()
    with visitor() as anneke:
        anneke.page.context.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        anneke.log_in("anneke")
        for path in MAIN_PAGES.values():
            anneke.go(path)
        own = anneke.house.address.split("/")[2]

    assert hosts == {own}
