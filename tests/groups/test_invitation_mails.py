"""Somebody who is not in yet gets two mails about invitations at most, whoever invites them; then silence."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.people.letters import send_letters
from groups.people.models import AssociationRole, Letter
from groups.subgroups.models import Invitation, InvitationMail
from groups.subgroups.retention import wipe_invitation_mails
from groups.subgroups.services import (
    archive_subgroup,
    decline_invitation,
    invite_address,
    invite_member,
    revoke_invitation,
)
from groups.subgroups.services.invitation_mails import invitation_signed_as, write_second
from notifications.models import Delivery
from notifications.reminders import queue_due
from notifications.services import send_all_due
from tests.factories import MemberFactory, member_with
from tests.factories_people import managed_subgroup, some_kind

pytestmark = pytest.mark.django_db
START = "2026-03-10T10:00:00+00:00"
WHO = "nieuw@elders.example"


@pytest.fixture
def manager(time_machine):
    time_machine.move_to(START, tick=False)
    return member_with(AssociationRole.COMMUNITY_MANAGER)


def invited(manager, name="Wandelen", email=WHO, **fields):
    return invite_address(by=manager, email=email, subgroup=managed_subgroup(name=name)[0], kind=some_kind(), **fields)


def later(time_machine, **span):
    time_machine.shift(timedelta(**span))
    return write_second()


def test_the_second_mail_tells_everything_that_is_open_and_is_the_last(manager, time_machine):
    invited(manager, "Wandelen")
    invited(manager, "Zingen")

    assert later(time_machine, days=3, hours=23) == 0
    assert later(time_machine, hours=2) == 1
    invited(manager, "Roeien")
    assert later(time_machine, days=9) == 0

    letters = list(Letter.objects.order_by("pk"))
    assert [letter.email for letter in letters] == [WHO, WHO]
    assert "Zingen" not in letters[0].body
    assert "Wandelen" in letters[1].body and "Zingen" in letters[1].body
    assert letters[1].subject == "Er wachten 2 uitnodigingen op je"


def test_upper_case_does_not_make_another_person(manager):
    invited(manager, "Wandelen")
    invited(manager, "Zingen", email=WHO.upper())

    assert Letter.objects.count() == 1


@pytest.mark.parametrize("end", ["declined", "withdrawn", "archived", "expired"])
def test_what_was_answered_or_has_ended_brings_no_second_mail(manager, time_machine, end):
    invitation = invited(manager)
    if end == "declined":
        decline_invitation(invitation=invitation, member=None)
    elif end == "withdrawn":
        revoke_invitation(invitation=invitation, by=manager)
    elif end == "archived":
        archive_subgroup(subgroup=invitation.subgroup, by=manager)
    else:
        Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))

    assert later(time_machine, days=5) == 0


def test_after_a_no_another_invitation_does_not_start_again(manager, time_machine):
    decline_invitation(invitation=invited(manager), member=None)

    invited(manager, "Zingen")

    assert Letter.objects.count() == 1


def test_both_mails_lead_to_the_page_and_to_a_no(manager, time_machine, client):
    invited(manager)
    later(time_machine, days=5)
    send_letters()

    for message in mail.outbox:
        no = re.search(r"http\S+/decline/", message.body)[0]
        path = no[no.index("/invitations/") :]
        assert client.get(path.removesuffix("decline/")).status_code == 200
        asking = client.get(path)
        assert asking.status_code == 200
        assert Invitation.objects.open().exists()  # a mail program that follows links answers nothing
    assert client.post(path).status_code == 200

    assert not Invitation.objects.exists()


def test_a_link_that_was_tampered_with_opens_nothing(manager, time_machine, client):
    invitation = invited(manager)
    forged = f"{invitation.pk}:abc:def"

    assert invitation_signed_as(forged) is None
    assert client.get(reverse("invitation", args=[forged])).status_code == 404


def test_the_database_knows_no_third_mail():
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationMail.objects.create(address=WHO, number=3)
    InvitationMail.objects.create(address=WHO, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationMail.objects.create(address=WHO, number=1)


def test_after_ninety_days_somebody_may_be_asked_again(manager, time_machine):
    invited(manager)
    time_machine.shift(timedelta(days=91))

    wipe_invitation_mails(timezone.now() - timedelta(days=90), None, 10)
    invited(manager, "Zingen")

    assert Letter.objects.count() == 2


def test_a_member_who_does_not_answer_is_reminded_once(manager, time_machine):
    subgroup, asker = managed_subgroup()
    member = MemberFactory()
    invitation = invite_member(subgroup=subgroup, member=member, by=asker)
    send_all_due()

    for _day in range(13):
        time_machine.shift(timedelta(days=1))
        queue_due()
        send_all_due()

    mails = Delivery.objects.filter(member=member, channel="mail", state=Delivery.State.SENT).order_by("pk")
    assert [(delivery.kind, delivery.key) for delivery in mails] == [
        ("invitation", f"invitation:{invitation.pk}"),
        ("invitation.again", f"invitation:{invitation.pk}"),
    ]
