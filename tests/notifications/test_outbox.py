from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from notifications.health import checks
from notifications.kinds import NoticeKind, Words, register_kind
from notifications.models import Channel, ChannelChoice, Delivery, Notice, Timing
from notifications.services import claim_due, notify, read_notices, send_all_due
from tests.factories import MemberFactory
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

register_kind(
    NoticeKind(
        code="test",
        label="Test",
        icon="bell",
        words=lambda member, context, count: Words(f"Title {count}", "Body", "/somewhere/", "Open"),
        still_true=lambda member, context: not context.get("done"),
    )
)


def tell(*members, **changes):
    values = {"kind": "test", "key": "thing:1", "context": {}} | changes
    return notify(member_ids=[member.pk for member in members], **values)


def test_a_fact_told_twice_gives_one_mail():
    member = MemberFactory()

    tell(member)
    tell(member)
    send_all_due()
    send_all_due()

    assert [message.to for message in mail.outbox] == [[member.email]]


def test_unread_notices_about_one_thing_are_bundled_and_counted():
    member = MemberFactory()

    for number in range(3):
        tell(member, dedupe=f"fact:{number}")

    notice = Notice.objects.get(member=member)
    assert notice.count == 3


def test_reading_in_the_app_drops_the_mail_that_was_waiting():
    member = MemberFactory()
    tell(member)

    read_notices(member=member, keys=["thing:1"])
    send_all_due()

    assert mail.outbox == []
    assert Delivery.objects.get().state == Delivery.State.DROPPED


def test_what_is_done_by_the_time_of_sending_is_not_sent():
    tell(MemberFactory(), context={"done": True})

    send_all_due()

    assert mail.outbox == []


def test_who_does_not_want_this_kind_by_mail_gets_the_notice_only():
    member = MemberFactory()
    ChannelChoice.objects.create(member=member, kind="test", channel=Channel.MAIL, timing=Timing.OFF)

    tell(member)

    assert Notice.objects.filter(member=member).count() == 1
    assert not Delivery.objects.exists()


def test_nothing_goes_out_before_its_time():
    tell(MemberFactory(), not_before=timezone.now() + timedelta(hours=1))

    assert claim_due(10) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_never_claim_the_same_delivery():
    tell(*[MemberFactory() for _ in range(20)])

    claims = at_once(*[lambda: claim_due(8)] * 4)

    claimed = [pk for claim in claims for pk in claim]
    assert sorted(claimed) == sorted(Delivery.objects.values_list("pk", flat=True))


def test_a_mail_server_that_is_away_is_tried_again_later(settings):
    settings.EMAIL_BACKEND = "tests.fakes.BrokenMail"
    tell(MemberFactory())

    send_all_due()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == (Delivery.State.QUEUED, 1)
    assert delivery.not_before > timezone.now()


def test_a_mail_server_that_is_away_for_hours_loses_nothing_and_is_red(settings):
    settings.EMAIL_BACKEND = "tests.fakes.BrokenMail"
    member = MemberFactory()
    with time_machine.travel("2026-11-18T11:00:00+00:00", tick=False) as clock:
        tell(member)
        began, pauses = timezone.now(), []
        while timezone.now() - began < timedelta(hours=12):
            send_all_due()
            pauses.append(Delivery.objects.get().not_before - timezone.now())
            clock.move_to(Delivery.objects.get().not_before)
        red = {check.code: check for check in checks()}["mail"]
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        send_all_due()

    hours = [round(pause / timedelta(hours=1), 2) for pause in pauses]
    assert hours[:8] == [0.03, 0.07, 0.13, 0.27, 0.53, 1.07, 2.13, 4.0]
    assert (red.is_good, "1 is een paar keer geweigerd" in red.text) == (False, True)
    assert [message.to for message in mail.outbox] == [[member.email]]


def test_what_was_read_while_a_worker_had_it_in_hand_is_not_sent():
    member = MemberFactory()
    tell(member)
    assert len(claim_due(10)) == 1

    read_notices(member=member, keys=["thing:1"])

    assert Delivery.objects.get().state == Delivery.State.DROPPED
