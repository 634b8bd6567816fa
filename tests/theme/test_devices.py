"""Members recognise their own devices in the list of log-ins."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from tests.factories import MemberFactory
from theme.devices import device_name, is_phone

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
    " Version/18.1 Mobile/15E148 Safari/604.1"
)
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
FIREFOX = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("agent", "name", "phone"),
    [
        (IPHONE, "Safari · iPhone", True),
        (ANDROID, "Chrome · Android", True),
        (EDGE, "Edge · Windows", False),
        (FIREFOX, "Firefox · Mac", False),
    ],
)
def test_device_has_a_name_that_its_owner_knows(agent, name, phone):
    assert (device_name(agent), is_phone(agent)) == (name, phone)


def test_stranger_is_called_a_stranger():
    with translation.override("nl"):
        assert device_name("curl") == "Onbekend apparaat"


@pytest.mark.django_db
def test_list_of_devices_marks_this_one(client):
    member = MemberFactory(language="nl")
    member.set_password("een-heel-lang-wachtwoord")
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    credentials = {"login": member.email, "password": "een-heel-lang-wachtwoord"}
    client.post("/account/login/", credentials, headers={"user-agent": FIREFOX})

    html = client.get("/account/sessions/").text

    assert "Firefox · Mac" in html
    assert html.count("Dit apparaat") == 1
