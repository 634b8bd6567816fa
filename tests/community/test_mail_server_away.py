"""A mail server that is away holds up nothing else, and costs nobody a mail or gives anybody one twice."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django.urls import reverse
from django.utils import timezone

from community.pages.queries import unread_announcements
from community.pages.services import continue_broadcasts
from groups.people.models import AssociationRole
from notifications.models import Delivery
from notifications.services import report_bounce, send_all_due
from tests.factories import MemberFactory, member_with
from tests.factories_pages import published
from tests.fakes import FakePushService, FakeSmtp
from tests.notifications.test_push import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_still_clock(time_machine):
    time_machine.move_to("2026-11-18T09:00:00+00:00", tick=False)


@pytest.fixture
def manager():
    return member_with(AssociationRole.COMMUNITY_MANAGER)


@pytest.fixture
def mail_to(settings):
    """`mail_to(port)`: from now on mail goes there over SMTP."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 3

    def point(port: int) -> None:
        settings.EMAIL_PORT = port
        get_connection()

    return point


@pytest.fixture
def push_service():
    with FakePushService() as running:
        yield running


def receivers(smtp) -> Counter:
    return Counter(re.search(r"^To: .*?([\w.+-]+@[\w.-]+)", text, re.MULTILINE)[1] for text in smtp.received)


def mails(state):
    return Delivery.objects.filter(channel="mail", state=state)


def test_a_failing_mail_server_stops_nothing_else_and_nobody_is_told_twice(
    manager, mail_to, push_service, time_machine
):
    people = [manager, *(MemberFactory() for _ in range(4))]
    browsers = [Browser(push_service, member, f"phone{member.pk}") for member in people[:3]]
    with FakeSmtp() as closed:
        port = closed.port
    mail_to(port)  # nobody listens there any more
    announcement = published(time_machine, by=manager)
    continue_broadcasts()

    pauses = []
    for _ in range(4):
        send_all_due()
        waiting = list(mails(Delivery.State.QUEUED).values_list("not_before", flat=True))
        pauses.append(max(waiting) - timezone.now())
        time_machine.move_to(max(waiting), tick=False)

    assert pauses == [timedelta(minutes=minutes) for minutes in (2, 4, 8, 16)]
    assert mails(Delivery.State.QUEUED).count() == len(people)
    assert [len(browser.messages()) for browser in browsers] == [1, 1, 1]
    assert [list(unread_announcements(member)) for member in people] == [[announcement]] * 5

    with FakeSmtp() as smtp:
        mail_to(smtp.port)
        send_all_due()
        continue_broadcasts()
        time_machine.shift(timedelta(hours=5))
        send_all_due()

        assert receivers(smtp) == Counter(member.email for member in people)
    assert [len(browser.messages()) for browser in browsers] == [1, 1, 1]
    assert mails(Delivery.State.SENT).count() == Delivery.objects.filter(channel="mail").count() == len(people)


def test_after_three_returned_mails_the_app_alone_tells_and_asks_for_an_address(client, manager, time_machine):
    member = MemberFactory()
    for number in range(3):
        report_bounce(address=member.email, reference=f"r{number}")
    announcement = published(time_machine, by=manager)
    continue_broadcasts()
    send_all_due()
    client.force_login(member)

    home = client.get("/").content.decode()

    assert not Delivery.objects.filter(member=member, channel="mail", state=Delivery.State.SENT).exists()
    assert announcement.title in home
    assert "Je mail komt terug" in home
    assert f"We kunnen je niet bereiken op {member.email}. Geef een ander adres op." in home
    assert reverse("account_email") in home
