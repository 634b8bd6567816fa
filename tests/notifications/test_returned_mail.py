"""Mail that comes back by its return path, piped in by the mail server: counted when it is for good."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from notifications.bounces import return_path
from notifications.models import Bounce, Delivery
from notifications.returned_mail import read_returned
from notifications.services import notify
from tests.factories import MemberFactory
from tests.notifications import test_wishes  # noqa: F401 — registers the kinds used here

pytestmark = pytest.mark.django_db

RETURNED = """\
From: MAILER-DAEMON@mail.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

It could not be delivered.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; weg@club.example
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 no such
 mailbox

--x--
"""
HOLIDAY = "From: lid@club.example\r\nTo: {to}\r\nAuto-Submitted: auto-replied\r\nSubject: Op vakantie\r\n\r\nTot later"


@pytest.fixture
def delivery(settings):
    settings.BOUNCE_ADDRESS = "terug@club.example"
    member = MemberFactory()
    notify(member_ids=[member.pk], kind="w.plain", key="thing", context={})
    return Delivery.objects.get(member=member)


def piped(monkeypatch, text):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    call_command("take_returned_mail", stdout=out)
    return out.getvalue()


def test_a_mail_that_came_back_for_good_counts_once(delivery, monkeypatch):
    text = RETURNED.format(to=return_path(delivery), status="5.1.1")

    assert "Counted" in piped(monkeypatch, text)
    piped(monkeypatch, text)

    bounce = Bounce.objects.get()
    assert (bounce.member, bounce.reason) == (delivery.member, "5.1.1 smtp; 550 no such mailbox")


@pytest.mark.parametrize("text", [RETURNED.replace("{status}", "4.4.7"), HOLIDAY])
def test_a_delay_and_a_holiday_reply_do_not_count(delivery, monkeypatch, text):
    assert "nothing was counted" in piped(monkeypatch, text.format(to=return_path(delivery)))

    assert not Bounce.objects.exists()


def test_an_address_we_did_not_make_counts_for_nobody(delivery, monkeypatch):
    forged = f"terug+{delivery.pk}-0123456789abcdef@club.example"

    assert "not one of our mails" in piped(monkeypatch, RETURNED.format(to=forged, status="5.1.1"))
    assert not Bounce.objects.exists()


def test_rubbish_is_read_as_nothing():
    assert not read_returned(b"\xff\xfe\x00 no mail at all").is_for_good


@pytest.mark.parametrize(
    ("report", "counted"),
    [
        ({"Type": "HardBounce", "ID": "1"}, True),
        ({"Type": "SoftBounce", "ID": "2"}, False),
        ({"severity": "temporary", "id": "3"}, False),
        ({"severity": "permanent", "id": "4"}, True),
        ({"bounceType": "Transient", "id": "5"}, False),
    ],
)
def test_the_provider_says_which_returns_are_for_good(client, settings, report, counted):
    settings.BOUNCE_SECRET = "geheim"
    member = MemberFactory()

    client.post(
        "/notices/bounces/",
        json.dumps({**report, "email": member.email}),
        content_type="application/json",
        headers={"authorization": "Bearer geheim"},
    )

    assert Bounce.objects.filter(member=member).exists() is counted
