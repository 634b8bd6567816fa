"""Web push: encrypted to the browser, without text unless asked, and devices that are gone are forgotten."""

import base64
import json
import os

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from groups.subgroups.models import Subgroup
from notifications.models import Delivery, NoticeSettings, PushSubscription
from notifications.services import forget_device, notify, send_all_due
from notifications.vapid import ensure_key, public_key
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.fakes import FakePushService
from tests.notifications import test_wishes  # noqa: F401 — registers the kinds used here

pytestmark = pytest.mark.django_db


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """The receiving side: its own keys, and reading what was pushed."""

    def __init__(self, service, member, name="phone"):
        self.service, self.name = service, name
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = PushSubscription.objects.create(
            member=member,
            endpoint=f"{service.address}/{name}",
            public_key=encoded(point),
            secret=encoded(self.auth),
        )

    def messages(self):
        return [
            json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"))
            for path, _, body in self.service.received
            if path == f"/{self.name}"
        ]


@pytest.fixture
def service():
    with FakePushService() as running:
        yield running


@pytest.fixture
def subgroup():
    return SubgroupFactory(name="Geheime Raad")


@pytest.fixture
def member(subgroup):
    return member_of(subgroup)


def tell(member, subgroup, key="thing:1"):
    notify(member_ids=[member.pk], kind="w.plain", key=key, context={}, place=subgroup.stream)
    send_all_due()


def test_a_push_holds_no_text_and_no_group_by_default(service, member, subgroup):
    browser = Browser(service, member)

    tell(member, subgroup)

    (message,) = browser.messages()
    assert "Title" not in json.dumps(message) and "Geheime Raad" not in json.dumps(message)
    assert message["path"] == "/there/"


@pytest.mark.parametrize(("level", "word"), [("group", "Geheime Raad"), ("text", "Title")])
def test_a_member_may_choose_to_see_more(service, member, subgroup, level, word):
    NoticeSettings.objects.create(member=member, push_level=level)
    browser = Browser(service, member)

    tell(member, subgroup)

    assert word in browser.messages()[0]["body"]


def test_nobody_on_the_way_can_read_it(service, member, subgroup):
    Browser(service, member)

    tell(member, subgroup)

    _, headers, body = service.received[0]
    assert b"there" not in body
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["Authorization"].startswith("vapid ")


def test_all_devices_get_it_and_one_that_is_gone_is_forgotten(service, member, subgroup):
    phone, laptop = Browser(service, member, "phone"), Browser(service, member, "laptop")
    tell(member, subgroup)
    assert (len(phone.messages()), len(laptop.messages())) == (1, 1)

    service.status = 410
    tell(member, subgroup, "thing:2")

    assert not PushSubscription.objects.exists()
    assert Delivery.objects.get(channel="push", key="thing:2").state == Delivery.State.DROPPED


def test_a_push_service_in_trouble_is_tried_again(service, member, subgroup):
    Browser(service, member)
    service.status = 503

    tell(member, subgroup)

    assert Delivery.objects.get(channel="push").state == Delivery.State.QUEUED


def test_what_comes_at_the_same_moment_is_one_push(service, member, subgroup):
    browser = Browser(service, member)
    for number in range(3):
        notify(member_ids=[member.pk], kind="w.plain", key=f"thing:{number}", context={})

    send_all_due()

    assert ["3" in message["body"] for message in browser.messages()] == [True]


def test_who_has_no_device_has_no_push_rows(member, subgroup):
    tell(member, subgroup)

    assert set(Delivery.objects.values_list("channel", flat=True)) == {"mail"}


KEYS = {"public_key": "B" * 87, "secret": "A" * 22}


def test_a_browser_subscribes_and_lets_go(client, member):
    client.force_login(member)
    endpoint = "https://updates.push.services.mozilla.com/wpush/v2/abc"

    assert client.post("/notices/devices/", {"endpoint": endpoint, **KEYS}).status_code == 204
    assert client.post("/notices/devices/", {"endpoint": endpoint, **KEYS}).status_code == 204
    assert PushSubscription.objects.get().member == member

    client.post("/notices/devices/forget/", {"endpoint": endpoint})
    assert not PushSubscription.objects.exists()


def test_devices_are_listed_and_forgotten_one_by_one_and_only_ones_own(client, member):
    phone, laptop = (
        PushSubscription.objects.create(
            member=member, endpoint=f"https://fcm.googleapis.com/fcm/send/{name}", device=name, **KEYS
        )
        for name in ("Android", "Windows")
    )
    somebody_elses = PushSubscription.objects.create(
        member=MemberFactory(), endpoint="https://fcm.googleapis.com/fcm/send/x", device="iPad", **KEYS
    )
    client.force_login(member)

    page = client.get("/notices/settings/").content.decode()
    answer = client.post(f"/notices/devices/{phone.pk}/forget/")
    refused = client.post(f"/notices/devices/{somebody_elses.pk}/forget/")

    assert ("Android" in page, "Windows" in page, "iPad" in page) == (True, True, False)
    assert (answer.status_code, answer.url, refused.status_code) == (302, "/notices/settings/", 404)
    assert set(PushSubscription.objects.all()) == {laptop, somebody_elses}


@pytest.mark.parametrize(
    "endpoint",
    ["https://evil.example/x", "http://127.0.0.1:6379/", "https://push.apple.com.evil.example/", "nothing"],
)
def test_the_server_posts_to_push_services_only(client, member, endpoint):
    client.force_login(member)

    assert client.post("/notices/devices/", {"endpoint": endpoint, **KEYS}).status_code == 422
    assert not PushSubscription.objects.exists()


def test_a_browser_that_changes_hands_pushes_for_the_one_who_is_there_now(client, member):
    endpoint, other = "https://fcm.googleapis.com/fcm/send/abc", MemberFactory()
    for who in (member, other):
        client.force_login(who)
        client.post("/notices/devices/", {"endpoint": endpoint, **KEYS})

    assert PushSubscription.objects.get().member == other
    forget_device(member=member, endpoint=endpoint)
    assert PushSubscription.objects.exists()


def test_the_key_is_made_once_and_only_the_owner_reads_it(settings):
    path = ensure_key()

    assert path == ensure_key()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.is_relative_to(settings.DATA_DIR)
    assert len(base64.urlsafe_b64decode(public_key() + "=")) == 65


@pytest.mark.parametrize(
    ("group_level", "shown", "hidden"), [("group", "Geheime Raad", "Title"), ("plain", "", "Geheime Raad")]
)
def test_a_group_may_let_less_be_seen_than_a_member_wants(service, member, subgroup, group_level, shown, hidden):
    NoticeSettings.objects.create(member=member, push_level="text")
    Subgroup.objects.filter(pk=subgroup.pk).update(push_level=group_level)
    browser = Browser(service, member)

    tell(member, subgroup)

    (message,) = browser.messages()
    assert shown in message["body"]
    assert hidden not in message["body"]
