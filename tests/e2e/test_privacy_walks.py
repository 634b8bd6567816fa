"""What is promised about somebody's own data and log-in: taking along, leaving for good, devices, the second step,
looking along, and a session that locks. In real browsers."""

import io
import json
import re
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import replace

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from PIL import Image
from playwright.sync_api import expect
from time_machine import escape_hatch

from community.portal.demo.cast import DOMAIN, PASSWORD
from tests.e2e.house import ROOT, free_port
from tests.e2e.visitor import visit

CREW = "/groups/ploeg-dinsdagavond/"
real_time = escape_hatch.time.time  # the tests keep another day than the house


def press(visitor, name: str | re.Pattern, where: str = "main") -> None:
    visitor.page.locator(where).get_by_role("button", name=name).first.click()


def says(visitor, text: str | re.Pattern, where: str = "main") -> None:
    expect(visitor.page.locator(where)).to_contain_text(text)


def run_in(house, code: str) -> str:
    """What the clock would do in a minute or a week, done now."""
    return house.manage("shell", "-v0", "-c", code)


def sends(visitor, path: str, fields: dict) -> int:
    """A form sent from outside its page, with the browser's own cookies; returns the status."""
    token = next(cookie["value"] for cookie in visitor.page.context.cookies() if cookie["name"] == "csrftoken")
    form = fields | {"csrfmiddlewaretoken": token}
    return visitor.page.request.post(
        f"{visitor.house.address}{path}", form=form, headers={"Referer": visitor.page.url}
    ).status


def status(visitor, path: str) -> int:
    return visitor.page.request.get(f"{visitor.house.address}{path}", max_redirects=0).status


def expected(visitor, answer: str) -> None:
    """The browser complains of every refusal; of this one it may."""
    visitor.faults[:] = [fault for fault in visitor.faults if f"status of {answer}" not in fault]


# --- Taking one's data along --------------------------------------------------------------------------
def test_a_member_takes_their_data_along_and_a_stranger_does_not(visitor, house):
    with visitor("phone") as owner, visitor("desktop", language="en") as stranger:
        owner.log_in("lid130")
        puts_a_photo(owner)
        owner.go("/privacy/")
        press(owner, "Verzamel mijn gegevens")
        says(owner, "We verzamelen je gegevens.")

        run_in(house, "from community.privacy.services import make_exports; make_exports()")
        owner.go("/privacy/")
        link = owner.page.locator("main a[href^='/privacy/export/']").first
        address = link.get_attribute("href")
        with owner.page.expect_download() as download:
            link.click()

        is_theirs_to_read(download.value.path())
        stranger.log_in("lid123")
        assert status(stranger, address) == 404
        assert stranger.page.request.get(f"{house.address}/privacy/").text().count("/privacy/export/1") == 0


def puts_a_photo(owner) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 300), "#27506b").save(picture, "JPEG")
    owner.go("/profile/")
    photo = {"name": "ik.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    owner.page.set_input_files("input[name=photo_file]", photo)
    press(owner, "Opslaan")
    owner.page.wait_for_load_state()


def is_theirs_to_read(path) -> None:
    with zipfile.ZipFile(path) as archive:
        data = json.loads(archive.read("data.json"))["data"]
        page = archive.read("index.html").decode()
        photo = data["people.Member"][0]["photo"]
        assert data["people.Member"][0]["email"] == f"lid130@{DOMAIN}"
        assert f"lid130@{DOMAIN}" in page
        assert "anneke@" not in page
        assert Image.open(io.BytesIO(archive.read(photo))).width > 0


# --- Leaving for good ---------------------------------------------------------------------------------
def test_a_member_thinks_again_about_leaving(visitor):
    with visitor("phone", java_script_enabled=False) as member:
        member.log_in("lid114")
        asks_to_be_erased(member, "verwijder mij")
        says(member, "Typ precies")
        expected(member, "422")
        assert member.page.input_value("input[name=typed]") == "verwijder mij"
        assert member.page.is_checked("input[name=posts][value=remove]")

        asks_to_be_erased(member, "verwijder mijn account")
        says(member, "Je account wordt verwijderd op")
        press(member, "Ik wil blijven")
        says(member, "Fijn dat je blijft", "body")
        assert member.page.get_by_text("Je account wordt verwijderd op").count() == 0


def asks_to_be_erased(member, words: str) -> None:
    if "/privacy/erasure/" not in member.page.url:
        member.go("/privacy/erasure/")
    member.page.check("input[name=posts][value=remove]")
    member.page.fill("input[name=typed]", words)
    press(member, "Verwijder mijn account over zeven dagen")


def test_after_a_week_the_login_and_the_name_are_gone(visitor, house):
    with visitor("desktop") as leaver, visitor("phone") as reader:
        leaver.log_in("lid125")
        leaver.go("/profile/")
        first, last = (leaver.page.input_value(f"input[name={part}]") for part in ("first_name", "last_name"))
        leaver.go(f"{CREW}chat/")
        leaver.page.fill("#composer textarea[name=text]", "Dit is mijn laatste bericht hier.")
        leaver.page.click("button.send")
        says(leaver, "mijn laatste bericht", "#messages")
        reader.log_in("anneke")
        reader.go(f"{CREW}chat/")
        expect(reader.page.locator("#messages .message").last).to_contain_text(first)

        leaver.go("/privacy/erasure/")
        leaver.page.fill("input[name=typed]", "verwijder mijn account")
        press(leaver, "Verwijder mijn account over zeven dagen")
        run_in(house, A_WEEK_LATER)

        leaver.go(CREW)
        leaver.page.wait_for_url("**/account/login/**")
        leaver.page.fill("input[name=login]", f"lid125@{DOMAIN}")
        leaver.page.fill("input[name=password]", PASSWORD)
        leaver.page.press("input[name=password]", "Enter")
        says(leaver, "horen niet bij elkaar")
        reader.go(f"{CREW}chat/")
        expect(reader.page.locator("#messages .message").last).to_contain_text("mijn laatste bericht")
        expect(reader.page.locator("#messages .message").last).to_contain_text("Oud-lid")
        for page in ("chat/", "members/"):
            reader.go(f"{CREW}{page}")
            assert f"{first} {last}" not in reader.page.content()


A_WEEK_LATER = """
from datetime import timedelta
from django.utils import timezone
from community.privacy.erasure import erase_due
print(erase_due(timezone.now() + timedelta(days=7, minutes=1)))
"""


# --- Devices and the second step ----------------------------------------------------------------------
def test_one_browser_ends_the_other(visitor):
    with visitor("phone", "dark", "en") as phone, visitor("desktop") as desk:
        for browser in (phone, desk):
            browser.log_in("lid145")
        desk.go(CREW)

        phone.go("/account/sessions/")
        assert phone.page.locator("main li.row").count() >= 2
        press(phone, "Log out the other devices")
        expect(phone.page.locator("main li.row")).to_have_count(1)

        desk.page.wait_for_url("**/account/login/**", timeout=5000)  # the open page hears it by its socket
        assert status(phone, "/privacy/") == 200


@contextmanager
def stricter(house):
    """Pages of the same association, as a house serves them that asks a second step of who may do much."""
    port = free_port()
    address = f"http://localhost:{port}"
    environment = house.environment | {"COMMUNITY_REQUIRE_MFA": "true", "COMMUNITY_BASE_URL": address}
    command = [sys.executable, "-m", "daphne", "-p", str(port), "community.asgi:application"]
    with (house.folder / "log").open("ab") as log:
        pages = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                with suppress(OSError):
                    urllib.request.urlopen(f"{address}/account/login/", timeout=5).close()
                    break
                time.sleep(0.3)
            yield replace(house, address=address, environment=environment)
        finally:
            pages.kill()  # it has nothing of its own to lose
            pages.wait()


def code_now(secret: str) -> str:
    """What the app shows; with a few seconds left in its half minute, the one after it."""
    if real_time() % 30 > 26:
        time.sleep(4)
    return format_hotp_value(hotp_value(secret, int(real_time()) // 30))


def test_who_may_do_much_is_led_to_a_second_step_and_logs_in_with_it(browser, house):
    with stricter(house) as strict, visit(browser, strict, "phone") as emine:
        page = emine.page
        enters(emine, "emine")
        page.wait_for_url("**/account/2fa/")
        emine.go("/groups/")  # whatever she opens
        says(emine, "Met jouw rol log je in met een tweede stap", "body")
        secret = sets_it_up(emine)
        codes = page.locator(".recovery-codes code").all_inner_texts()
        assert len(codes) == 10
        emine.go("/groups/")
        assert page.url.endswith("/groups/")

        logs_out(emine)
        enters(emine, "emine")
        page.wait_for_url("**/account/2fa/authenticate/")
        gives(emine, "000000")
        says(emine, "code klopt niet")
        gives(emine, code_now(secret))
        page.wait_for_url(f"{strict.address}/")

        logs_out(emine)
        enters(emine, "emine")
        gives(emine, codes[0])  # the phone is gone
        page.wait_for_url(f"{strict.address}/")
    run_in(
        house,
        f"from allauth.mfa.models import Authenticator as A; A.objects.filter(user__email='emine@{DOMAIN}').delete()",
    )


def gives(person, code: str) -> None:
    person.page.fill("input[name=code]", code)
    press(person, "Inloggen")


def enters(person, name: str) -> None:
    person.go("/account/login/")
    person.page.fill("input[name=login]", f"{name}@{DOMAIN}")
    person.page.fill("input[name=password]", PASSWORD)
    person.page.press("input[name=password]", "Enter")
    person.page.wait_for_url(lambda address: "/account/login/" not in address)


def logs_out(person) -> None:
    person.go("/account/logout/")
    press(person, "Uitloggen")
    person.page.wait_for_url("**/account/login/**")


def sets_it_up(person) -> str:
    """Turn the authenticator app on; returns its key, as the app would keep it."""
    page = person.page
    person.go("/account/2fa/totp/activate/")
    if "/reauthenticate/" in page.url:
        page.fill("input[name=password]", PASSWORD)
        press(person, "Ik ben het")
    page.wait_for_url("**/account/2fa/totp/activate/")
    secret = page.input_value("#authenticator_secret")
    page.fill("input[name=code]", code_now(secret))
    press(person, "Aanzetten")
    page.wait_for_url("**/account/2fa/recovery-codes/")
    return secret


# --- Looking along ------------------------------------------------------------------------------------
def test_a_manager_looks_along_with_leave_only_looks_and_is_out_when_it_ends(visitor):
    with visitor("phone") as member, visitor("desktop") as manager:
        member.log_in("lid34")
        member.go("/settings/support/")
        member.page.select_option("select[name=helper]", label="Sjoerd Hoekstra")
        press(member, "Laat meekijken")
        manager.log_in("beheer")
        manager.go("/desk/support/")
        press(manager, "Meekijken")
        manager.page.wait_for_url(f"{manager.house.address}/")

        says(manager, "Je kunt alleen kijken", "body")
        member.go("/")
        says(member, "Sjoerd mag het huis zien zoals jij het ziet", "body")
        manager.go(f"{CREW}chat/")
        expect(manager.page.locator("#messages .message").first).to_be_visible()
        assert manager.page.locator("#composer").count() == 0
        assert sends(manager, f"{CREW}chat/", {"text": "Namens een ander."}) == 403
        member.go(f"{CREW}chat/")
        assert member.page.get_by_text("Namens een ander.").count() == 0

        manager.go("/groups/")  # a page that asks nothing by itself
        press(member, "Nu stoppen", "body")
        manager.go(f"{CREW}chat/")
        says(manager, "Deze hulp is voorbij", "body")
        assert manager.page.url.endswith("/desk/support/")
        assert status(manager, f"{CREW}chat/") == 404
        member.go("/settings/support/")
        says(member, f"{CREW}chat/")
        expected(manager, "403")  # the chat itself told how far it was read, and that was refused as well


# --- A session that lay idle --------------------------------------------------------------------------
def test_what_was_typed_comes_back_after_the_lock(visitor, house):
    with visitor("phone", "light", "en") as member:
        member.log_in("lid78")
        member.go("/account/sessions/")
        member.page.check("input[name=idle_minutes][value='60']")
        press(member, "Save")
        member.go(f"{CREW}threads/new/")
        member.page.fill("input[name=title]", "Koffie na de training")
        member.page.fill("textarea[name=text]", "Wie zet er deze week koffie?")

        comes_back_an_hour_later(member, house)
        press(member, "Post")
        member.page.wait_for_url("**/account/reauthenticate/**")
        assert "Ploeg" not in member.page.content()
        member.page.fill("input[name=password]", PASSWORD)
        press(member, "It is me")
        says(member, "Is this what you were sending?")
        says(member, "Koffie na de training")
        press(member, "Yes, send it")
        member.page.wait_for_url("**/threads/*/**")
        says(member, "Wie zet er deze week koffie?")


def comes_back_an_hour_later(member, house) -> None:
    """The same session, of which the last sign of its member is an hour old."""
    cookies = {cookie["name"]: cookie for cookie in member.page.context.cookies()}
    key = run_in(house, AN_HOUR_AGO.format(key=cookies["sessionid"]["value"])).split()[-1]
    member.page.context.add_cookies([cookies["sessionid"] | {"value": key}])


# Under another key, for the running house still has the old one in its memory.
AN_HOUR_AGO = """
import time
from django.contrib.sessions.backends.db import SessionStore
old = SessionStore("{key}").load()
for proof in old["account_authentication_methods"]:
    proof["at"] -= 3600
aged = SessionStore()
aged.update(old)
aged["active_at"] = time.time() - 3600
aged.create() if aged.session_key is None else None
aged.save()
print(aged.session_key)
"""
