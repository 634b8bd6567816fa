import pytest

from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def test_every_page_forbids_what_an_attacker_needs(client):
    client.force_login(MemberFactory())

    page = client.get("/")

    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_cache_keeps_what_a_member_sees(client):
    client.force_login(MemberFactory())

    page = client.get("/")

    assert page["Cache-Control"] == "no-store, private"


def test_cookies_cannot_be_read_by_scripts_or_sent_by_others(client, settings):
    answer = client.get("/account/login/")

    assert answer.cookies["csrftoken"]["samesite"] == "Lax"
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE) == (True, "Lax")
