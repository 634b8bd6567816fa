"""Mail that leaves: headers, the way out, what comes back, and an SMTP server that says no."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.urls import reverse
from django.utils import timezone

from groups.people.models import AssociationRole
from groups.todos.services import make_task
from notifications.cards import cards_for
from notifications.models import Bounce, ChannelChoice, Delivery, NoticeSettings, Timing
from notifications.services import notify, report_bounce, send_all_due
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.fakes import FakeSmtp
from tests.notifications import test_wishes  # noqa: F401 — registers the kinds used here

pytestmark = pytest.mark.django_db


def send(member, kind="w.plain", key="thread:12", **values):
    notify(member_ids=[member.pk], kind=kind, key=key, context={}, **values)
    send_all_due()
    return mail.outbox[-1]


def way_out(message):
    return re.fullmatch(r"<http://localhost:8000(/.*)>", message.extra_headers["List-Unsubscribe"])[1]


def test_a_mail_has_text_and_html_and_the_headers_mail_programs_know():
    subgroup = SubgroupFactory(name="Ploeg Dinsdag")
    member = member_of(subgroup)

    message = send(member, place=subgroup.stream)

    headers = message.extra_headers
    assert message.alternatives[0][1] == "text/html"
    assert headers["List-Id"] == f"Ploeg Dinsdag <subgroup-{subgroup.pk}.localhost>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["References"] == f"<thread-12.{member.pk}@localhost>"
    assert headers["Auto-Submitted"] == "auto-generated"


def test_mails_about_one_thing_hang_together():
    member = MemberFactory()

    first, second = send(member, dedupe="a"), send(member, dedupe="b")

    assert first.extra_headers["References"] == second.extra_headers["References"]
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]


def test_one_click_stops_the_mail_without_logging_in(client):
    member = MemberFactory()
    address = way_out(send(member))

    assert client.get(address).status_code == 200
    assert not ChannelChoice.objects.exists()
    answer = client.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert ChannelChoice.objects.get().timing == Timing.OFF
    notify(member_ids=[member.pk], kind="w.plain", key="other", context={})
    assert send_all_due() == 0


def test_the_way_out_of_the_summary_stops_the_summary(client):
    member = MemberFactory()
    Delivery.objects.create(member=member, channel="mail", kind="digest", key="digest", dedupe="d")
    from notifications.mail import unsubscribe_address

    client.post(unsubscribe_address(Delivery.objects.get()).removeprefix("http://localhost:8000"))

    assert NoticeSettings.objects.get().digest == "never"


def test_a_way_out_that_was_tampered_with_does_not_exist(client):
    address = way_out(send(MemberFactory()))

    assert client.post(address[:-3] + "xx/").status_code == 404


def test_own_money_has_no_way_out():
    message = send(MemberFactory(), "w.money")

    assert "List-Unsubscribe" not in message.extra_headers


def test_a_returned_mail_is_known_by_its_return_path_and_counts_once(settings):
    settings.BOUNCE_ADDRESS = "retour@club.example"
    member = MemberFactory()
    message = send(member)
    assert message.from_email.startswith("retour+")

    assert report_bounce(return_path=message.from_email.upper())
    assert report_bounce(return_path=message.from_email)
    assert not report_bounce(return_path="retour+1-0123456789abcdef@club.example")

    assert Bounce.objects.count() == 1


def test_after_three_returned_mails_the_mail_stops_and_the_member_is_asked_for_another_address():
    member = MemberFactory()
    for number in range(3):
        report_bounce(address=member.email, reference=f"r{number}")

    notify(member_ids=[member.pk], kind="w.plain", key="thing", context={})
    send_all_due()

    assert mail.outbox == []
    assert Delivery.objects.get().state == Delivery.State.DROPPED
    assert [card.key for card in cards_for(member)] == ["mail-address"]


def test_that_mail_comes_back_is_said_where_the_member_and_the_manager_look(client):
    member, soon = MemberFactory(), timezone.now() + timedelta(hours=1)
    for number in range(3):
        report_bounce(address=member.email, reference=f"r{number}")
    make_task(by=member, title="Bardienst", due_at=soon)

    assert cards_for(member)[0].key == "mail-address"
    client.force_login(member)
    for path in ("/notices/log/", "/notices/settings/"):
        assert f"3 mails naar {member.email} kwamen terug." in client.get(path).content.decode()
    log_in_freshly(client, member_with(AssociationRole.COMMUNITY_MANAGER))
    assert "kwamen terug." in client.get(reverse("member-record", args=[member.pk])).content.decode()


def test_without_returned_mail_nothing_is_said_of_it(client):
    client.force_login(MemberFactory())

    for path in ("/notices/log/", "/notices/settings/"):
        assert "terug." not in client.get(path).content.decode()


def test_a_new_address_gets_mail_again():
    member = MemberFactory()
    for number in range(3):
        report_bounce(address=member.email, reference=f"r{number}")

    member.email = "nieuw@vereniging.example"
    member.save()

    assert send(member).to == ["nieuw@vereniging.example"]
    assert cards_for(member) == []


def test_the_providers_report_needs_the_secret(client, settings):
    member = MemberFactory()
    report = json.dumps({"RecordType": "Bounce", "Email": member.email, "ID": 42, "Description": "unknown user"})

    def post(secret):
        return client.post(
            "/notices/bounces/", report, content_type="application/json", headers={"authorization": f"Bearer {secret}"}
        ).status_code

    assert post("guess") == 404
    settings.BOUNCE_SECRET = "shared"
    assert (post("guess"), post("shared"), post("shared")) == (404, 204, 204)
    assert Bounce.objects.count() == 1


@pytest.fixture
def smtp(settings):
    with FakeSmtp() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 3
        get_connection()
        yield server


def queue(*members, kind="w.plain"):
    notify(member_ids=[member.pk for member in members], kind=kind, key="thing", context={})


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))


def test_many_mails_go_over_one_line(smtp):
    queue(*[MemberFactory() for _ in range(5)])

    send_all_due()

    assert (len(smtp.received), smtp.connections, states()) == (5, 1, ["sent"] * 5)


def test_an_address_the_server_refuses_for_good_fails_and_counts_as_returned(smtp):
    member = MemberFactory()
    smtp.answers[member.email] = "550 no such user"
    queue(member, MemberFactory())

    send_all_due()

    assert states() == ["failed", "sent"]
    assert Bounce.objects.get().member == member


def test_a_server_that_is_busy_is_asked_again_later(smtp):
    member = MemberFactory()
    smtp.answers[member.email] = "451 try later"
    queue(member)

    send_all_due()

    assert (states(), smtp.received) == (["queued"], [])


def test_a_line_that_breaks_while_handing_over_is_left_to_a_person(smtp):
    smtp.hang_up_after_data = True
    queue(MemberFactory())

    send_all_due()
    send_all_due()

    assert states() == ["sending"]
    assert "the line broke" in Delivery.objects.get().error
    assert len(smtp.received) == 1


def test_a_server_that_hangs_up_between_two_mails_costs_nothing(smtp):
    smtp.hang_up_between = True
    queue(MemberFactory(), MemberFactory(), kind="w.money")

    send_all_due()

    assert (states(), len(smtp.received)) == (["sent", "sent"], 2)
