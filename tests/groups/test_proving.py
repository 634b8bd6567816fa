"""Members who came in by a code have no password: they too can prove anew who they are."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from community.privacy.models import DataExport
from tests.entry import log_in_freshly
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
HIDDEN_NEXT = re.compile(r'name="(next)" value="([^"]*)"')


@pytest.fixture
def member(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    member = MemberFactory()
    member.set_unusable_password()
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def filled_in(client, address: str, **fields):
    """What a browser sends from the page at this address: the fields, and the hidden `next` that stands in it."""
    page = client.get(address).content.decode()
    return client.post(address, {**fields, **dict(HIDDEN_NEXT.findall(page))})


def come_back(client, member, wanted: str) -> str:
    asked = client.post(reverse("prove-by-code"), {"next": wanted})
    confirm = filled_in(client, asked["Location"], email=member.email)
    (code,) = re.findall(r"^([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE)
    return client.post(confirm["Location"], {"code": code, "next": wanted})["Location"]


def test_who_has_no_password_is_led_to_a_code_and_back(client, member):
    erasure = reverse("privacy-erasure")
    log_in_freshly(client, member, minutes_ago=10)

    asked = client.get(erasure)
    page = client.get(asked["Location"])

    assert asked["Location"].startswith(reverse("prove-by-code"))
    assert page.context["next"] == erasure
    assert come_back(client, member, erasure) == erasure
    assert client.get(erasure).status_code == 200


def test_after_a_button_it_is_back_to_the_page_with_the_button(client, member):
    log_in_freshly(client, member, minutes_ago=10)

    asked = client.post(reverse("privacy-export"))
    page = client.get(asked["Location"], headers={"Referer": "http://testserver/privacy/"})

    assert page.context["next"] == "/privacy/"
    assert not DataExport.objects.exists()


def test_it_leads_nowhere_outside_the_house(client, member):
    log_in_freshly(client, member, minutes_ago=10)

    assert come_back(client, member, "https://elders.example/").startswith("/")


def test_who_has_a_password_is_asked_for_that(client):
    member = MemberFactory()
    member.set_password("op-het-water-om-zeven-uur")
    member.save()
    log_in_freshly(client, member, minutes_ago=10)

    assert client.get(reverse("privacy-erasure"))["Location"].startswith(reverse("account_reauthenticate"))


def test_who_typed_the_password_to_log_in_is_asked_again_only_after_five_minutes(client, time_machine):
    member = MemberFactory(email="anna@waterhoen.example")
    member.set_password("op-het-water-om-zeven-uur")
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    time_machine.move_to(timezone.now(), tick=False)
    client.post(reverse("account_login"), {"login": member.email, "password": "op-het-water-om-zeven-uur"})

    at_once = client.get(reverse("privacy-erasure"))
    time_machine.shift(301)
    later = client.get(reverse("privacy-erasure"))

    assert at_once.status_code == 200
    assert later["Location"].startswith(reverse("account_reauthenticate"))
