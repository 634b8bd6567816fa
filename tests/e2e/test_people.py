"""Coming in, joining, leaving, roles and passkeys, in a real browser."""

import re
import uuid
from email import message_from_bytes, policy

from playwright.sync_api import expect

from community.portal.demo import cast

DEMO_PASSWORD = cast.PASSWORD
PASSWORD = "Een-heel-lang-wachtwoord-7"


def mails_to(house, address: str) -> list[str]:
    """The texts of the mails to this address, newest last; the house writes them to a folder instead of sending."""
    found = []
    for path in sorted((house.folder / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        if address in mail["To"]:
            found.append(mail.get_body(("plain",)).get_content())
    return found


def mailed(visitor, address: str, pattern: str, after: int = 0) -> str:
    """Wait for a mail to this address that has the pattern in it; returns what the pattern found."""
    for _ in range(90):
        for text in mails_to(visitor.house, address)[after:]:
            if found := re.search(pattern, text):
                return found.group(1)
        visitor.page.wait_for_timeout(1000)
    raise AssertionError(f"no mail to {address} with {pattern}")


def new_address(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:8]}@voorbeeld.example"


def press(page, name: str, exact: bool = False):
    page.get_by_role("button", name=name, exact=exact).first.click()


def agree_to_the_terms(page):
    """Who comes in for the first time reads the statement and the terms, and is welcomed after that."""
    page.wait_for_url("**/agreements/?next=%2Fwelcome%2F")
    press(page, "Ik heb dit gelezen en ga akkoord")
    page.wait_for_load_state("load")
    page.wait_for_url("**/agreements/?next=%2Fwelcome%2F")
    press(page, "Ik heb dit gelezen en ga akkoord")
    page.wait_for_url("**/welcome/")


def fill_in(page, **fields):
    """The form on which an account is made."""
    for name, value in {**fields, "password1": PASSWORD, "password2": PASSWORD}.items():
        page.fill(f"input[name={name}]", value)
    page.locator("form button[type=submit], form button:not([type])").last.click()


def test_a_stranger_signs_up_by_invitation_on_a_phone_and_is_welcomed_in_four_steps(visitor):
    address = new_address("fenna")
    with visitor("desktop") as secretary:
        secretary.log_in("beheer")
        secretary.go("/umbrella/invite/")
        secretary.page.fill("input[name=email]", address)
        secretary.page.select_option("select[name=kind]", index=1)
        press(secretary.page, "Uitnodiging versturen")
        secretary.page.wait_for_url("**/umbrella/invite/")
        link = mailed(secretary, address, r"(/invitations/[\w-]+/)")

    with visitor("phone") as fenna:
        page = fenna.page
        fenna.go(link)
        press(page, "Maak een account")
        fill_in(page, first_name="Fenna", name_prefix="van", last_name="Dijk", email=address)
        agree_to_the_terms(page)

        assert "1 van 4" in page.inner_text("main")
        for step in (2, 3, 4):
            press(page, "Verder")
            page.wait_for_url(f"**/welcome/{step}/")
        press(page, "Klaar")
        page.wait_for_url(f"{fenna.house.address}/")
        assert "Fenna" in page.inner_text("h1")


def test_who_comes_by_an_ambassador_is_named_only_with_a_tick_that_was_not_there(visitor):
    address = new_address("jurre")
    with visitor("phone") as hanna, visitor("phone", "dark") as jurre:
        hanna.log_in("hanna")
        hanna.go("/my-link/")
        press(hanna.page, "nieuwe link")
        link = re.search(r"/invitations/[\w-]+/", hanna.page.inner_text("main")).group(0)
        came = int(hanna.page.locator(".figures dd").inner_text())

        jurre.go(link)
        tick = jurre.page.get_by_label("mag mijn naam zien")
        assert not tick.is_checked()
        tick.check()
        press(jurre.page, "Maak een account")
        fill_in(jurre.page, first_name="Jurre", last_name=f"Proef{address[6:10]}", email=address)
        code = mailed(jurre, address, r"\n\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*\n")
        jurre.page.fill("input[name=code]", code)
        jurre.page.locator("main form button").first.click()
        agree_to_the_terms(jurre.page)

        hanna.go("/my-link/")
        assert int(hanna.page.locator(".figures dd").inner_text()) == came + 1
        assert hanna.page.get_by_text(f"Jurre Proef{address[6:10]}").is_visible()


def test_somebody_applies_and_is_a_member_once_the_board_said_yes(visitor):
    address = new_address("sanne")
    with visitor("phone") as sanne, visitor("desktop") as board:
        page = sanne.page
        sanne.go("/apply/")
        page.fill("input[name=first_name]", "Sanne")
        page.fill("input[name=last_name]", f"Proef{address[6:10]}")
        page.fill("input[name=email]", address)
        page.select_option("select[name=kind]", index=1)
        page.fill("textarea[name=motivation]", "Ik wil leren roeien.")
        page.check("input[name=terms]")
        press(page, "Aanmelding versturen")
        sanne.go(mailed(sanne, address, r"(/apply/[\w-]+/)"))
        press(page, "Mijn adres bevestigen")

        board.log_in("bestuur")
        board.go("/desk/applications/")
        board.page.get_by_role("link", name=f"Sanne Proef{address[6:10]}").click()
        board.page.click("button[name=decision][value=yes]")
        board.page.wait_for_url("**/desk/applications/")

        assert mailed(sanne, address, r"(/account/login/code/)")
        before = len(mails_to(sanne.house, address))
        sanne.go("/account/login/code/")
        page.fill("input[name=email]", address)
        page.locator("main form button").first.click()
        page.fill("input[name=code]", mailed(sanne, address, r"\n\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*\n", after=before))
        page.locator("main form button").first.click()
        agree_to_the_terms(page)


def test_a_member_asks_is_let_in_leaves_is_invited_declines_and_is_removed(visitor):
    with visitor("phone") as lotte, visitor("desktop") as manager:
        manager.log_in("beheer")
        group = new_group(manager)
        lotte.log_in("anneke")
        asks_and_is_let_in(lotte, manager, group)
        leaves(lotte, group)
        is_invited(manager, group)
        declines(lotte, group)
        is_invited(manager, group)
        accepts(lotte, group)
        is_removed_and_reads_why(lotte, manager, group)


def new_group(manager) -> str:
    """A new group that one asks to join; returns its address."""
    name = f"Proefgroep {uuid.uuid4().hex[:6]}"
    manager.go("/umbrella/new/")
    manager.page.fill("input[name=name]", name)
    manager.page.fill("textarea[name=description]", "Om te proberen hoe meedoen gaat.")
    manager.page.select_option("select[name=kind]", "committee")
    press(manager.page, "Groep maken")
    manager.page.wait_for_url("**/desk/settings/")
    manager.page.select_option("select[name=join_policy]", "request")
    press(manager.page, "Opslaan")
    return "/groups/" + manager.page.url.split("/groups/")[1].split("/")[0] + "/"


def asks_and_is_let_in(lotte, manager, group):
    manager.go(f"{group}desk/")
    lotte.go(group)
    lotte.page.fill("textarea[name=text]", "Ik doe graag mee.")
    press(lotte.page, "Aanvragen")
    expect(manager.page.locator("#waiting")).to_contain_text("Ik doe graag mee.", timeout=5_000)  # on the open page
    press(manager.page, "Toelaten")
    lotte.go(group)
    expect(lotte.page.locator(".tabs")).to_be_visible()


def leaves(lotte, group):
    lotte.go(f"{group}leave/")
    press(lotte.page, "Groep verlaten")
    lotte.page.wait_for_url("**/groups/")
    lotte.go(group)
    expect(lotte.page.locator(".tabs")).to_have_count(0)


def is_invited(manager, group):
    manager.go(f"{group}desk/invitations/?q=Anneke")
    press(manager.page, "Uitnodigen")


def declines(lotte, group):
    opens_the_invitation(lotte)
    lotte.page.locator("summary", has_text="Nee, dank je").click()
    press(lotte.page, "Ik doe niet mee")
    lotte.go(group)
    expect(lotte.page.locator(".tabs")).to_have_count(0)


def opens_the_invitation(lotte):
    lotte.go("/notices/")
    lotte.page.locator("main a", has_text="nodigt je uit").first.click()
    lotte.page.wait_for_url("**/invitations/mine/*/")


def accepts(lotte, group):
    opens_the_invitation(lotte)
    expect(lotte.page.locator("main")).to_contain_text("Om te proberen hoe meedoen gaat.")
    press(lotte.page, "Meedoen")
    lotte.go(group)
    expect(lotte.page.locator(".tabs")).to_be_visible()


def is_removed_and_reads_why(lotte, manager, group):
    manager.go(f"{group}desk/members/?q=Anneke")
    manager.page.locator("main a[href*='/desk/members/']", has_text="Anneke").first.click()
    manager.page.get_by_role("link", name="Uit de groep verwijderen").click()
    manager.page.fill("textarea[name=reason]", "Dit was maar een proef.")
    press(manager.page, "Verwijderen")
    assert lotte.page.request.get(f"{lotte.house.address}{group}members/").status == 404
    lotte.go("/notices/")
    lotte.page.locator("main a[href*='/removals/'], main a", has_text="niet meer in").first.click()
    expect(lotte.page.locator("main")).to_contain_text("Dit was maar een proef.")


def test_a_manager_hands_over_and_the_role_goes_with_the_yes(visitor):
    with visitor("desktop") as manager, visitor("phone") as anneke:
        manager.log_in("beheer")
        group = new_group(manager)
        manager.go(f"{group}desk/invitations/?q=Anneke")
        press(manager.page, "Uitnodigen")
        anneke.log_in("anneke")
        accepts(anneke, group)

        manager.go(f"{group}leave/")
        assert "enige beheerder" in manager.page.inner_text("main")
        manager.go(f"{group}desk/members/?q=Anneke")
        manager.page.locator("main a[href*='/desk/members/']", has_text="Anneke").first.click()
        manager.page.select_option("select[name=role]", "manager")
        manager.page.check("input[name=hand_over]")
        press(manager.page, "Vragen", exact=True)

        assert anneke.page.request.get(f"{anneke.house.address}{group}desk/").status == 404
        anneke.go("/notices/")
        anneke.page.locator("main a", has_text="beheerder").first.click()
        anneke.page.wait_for_url("**/offers/*/")
        press(anneke.page, "Ja, ik doe het")
        anneke.go(f"{group}desk/")
        expect(anneke.page.locator("#waiting")).to_be_visible()


def test_a_role_of_the_association_ends_by_its_date(visitor, house):
    give = """
from datetime import date, timedelta
from django.utils import timezone
from groups.people.models import Member
from groups.people.services import grant_role
yesterday = timezone.localdate() - timedelta(days=1)
joost = Member.objects.get(email__startswith="joost@")
grant_role(member=joost, role="board", by=None, starts_on=date(2020, 1, 1), ends_on=yesterday)
"""
    with visitor("desktop") as joost:
        joost.log_in("joost")
        house.manage("shell", "-v0", "-c", give)

        answer = joost.page.request.get(f"{house.address}/desk/applications/")

        assert answer.status == 403


# Hanna, for who has a second step is asked for it at every log-in of the tests that share this house.
def test_a_passkey_is_added_and_opens_the_door(visitor):
    with visitor("desktop") as hanna:
        page = hanna.page
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
                }
            },
        )  # fmt: skip
        hanna.log_in("hanna")
        hanna.go("/account/2fa/webauthn/add/")
        page.fill("input[name=password]", DEMO_PASSWORD)  # asked once more: a new key is a new way in
        page.locator("main form button").first.click()
        page.fill("input[name=name]", "Mijn telefoon")
        page.check("input[name=passwordless]")
        page.click("#mfa_webauthn_add")
        page.wait_for_url(re.compile(r"/account/2fa/(?!webauthn/add)"))

        hanna.go("/account/logout/")
        page.locator("main form button").first.click()
        hanna.go("/account/login/")
        page.click("#passkey_login")
        page.wait_for_url(f"{hanna.house.address}/")
        hanna.go("/account/2fa/webauthn/")
        expect(page.locator("main")).to_contain_text("Mijn telefoon")
