"""Logging in and its safety, in the house's own words: no page of allauth's is seen undressed."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from tests.factories import MemberFactory

THEIRS = Path(allauth.__file__).parent / "templates"
OURS = settings.BASE_DIR / "theme" / "templates"
# What the house has switched off, and what shows nothing by itself.
NOT_REACHED = {
    *("account/confirm_password_reset_code.html", "account/confirm_phone_verification_code.html"),
    *("account/email.html", "account/phone_change.html", "account/signup_by_passkey.html", "mfa/trust.html"),
    *("account/verified_email_required.html", "mfa/webauthn/signup_form.html"),
}


def pages():
    for package in ("account", "mfa", "usersessions"):
        for path in sorted((THEIRS / package).rglob("*.html")):
            name = path.relative_to(THEIRS).as_posix()
            if not path.name.startswith("base") and "snippets" not in path.parts and name not in NOT_REACHED:
                yield name


@pytest.mark.parametrize("name", list(pages()))
def test_every_page_of_allauths_is_ours(name):
    assert Path(get_template(name).origin.name).is_relative_to(OURS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("en", "mfa_index", "Two steps"),
        ("nl", "mfa_index", "Twee stappen"),
        ("en", "account_email", "Your e-mail address"),
        ("nl", "account_change_password", "Je wachtwoord wijzigen"),
        ("en", "account_logout", "Log out"),
        ("nl", "mfa_list_webauthn", "Passkeys en beveiligingssleutels"),
    ],
)
def test_an_account_page_has_one_heading_in_the_members_language(client, language, name, words):
    client.force_login(MemberFactory(language=language))

    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert f"<h1>{words}</h1>" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_request_login_code", "Inloggen met een code"),
        ("account_reset_password", "Een nieuw wachtwoord"),
        ("account_signup", "Voor een account heb je een uitnodiging nodig"),
        ("account_inactive", "Dit account is gesloten"),
    ],
)
def test_a_door_has_one_heading_in_dutch(client, name, words):
    page = client.get(reverse(name), headers={"accept-language": "nl"}).content.decode()

    assert page.count("<h1") == 1
    assert f"<h1>{words}</h1>" in page
