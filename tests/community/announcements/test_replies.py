"""Announcements: replies."""

from datetime import timedelta

import pytest
from django.urls import reverse

from community.pages.audience import Scope
from community.pages.models import AnnouncementPage, Reading, Reply
from community.pages.queries import unread_announcements
from community.pages.services import read_announcement
from community.privacy.retention import set_term, wipe_all
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_pages import published
from theme.retention import retention_rule

pytestmark = pytest.mark.django_db


def test_without_replies_there_is_no_field_and_the_address_refuses(client, time_machine):
    member = MemberFactory()
    announcement = published(time_machine)
    client.force_login(member)
    address = reverse("reply-announcement", args=[announcement.pk])

    page = client.get(announcement.get_absolute_url()).content.decode()
    answer = client.post(address, {"text": "Mag ik toch iets zeggen?"})

    assert address not in page
    assert answer.status_code == 422
    assert not Reply.objects.exists()


def test_a_reply_goes_to_the_senders_and_to_nobody_else(client, time_machine):
    member, other = MemberFactory(), MemberFactory()
    announcement = published(time_machine, reply_mode=AnnouncementPage.ReplyMode.MANAGERS)
    client.force_login(member)

    client.post(reverse("reply-announcement", args=[announcement.pk]), {"text": "Ik kom helpen"})
    own = client.get(announcement.get_absolute_url()).content.decode()
    client.force_login(other)
    others = client.get(announcement.get_absolute_url()).content.decode()
    client.force_login(announcement.owner)
    report = client.get(reverse("announcement-report", args=[announcement.pk])).content.decode()

    assert "Ik kom helpen" in own and "Ik kom helpen" in report
    assert "Ik kom helpen" not in others
    assert list(Notice.objects.values_list("member", "kind")) == [(announcement.owner_id, "announcement-reply")]


def test_who_is_not_in_the_audience_cannot_reply(client, time_machine):
    subgroup = SubgroupFactory()
    member_of(subgroup)
    announcement = published(
        time_machine, scope=Scope.GROUPS, subgroups=[subgroup], reply_mode=AnnouncementPage.ReplyMode.MANAGERS
    )
    client.force_login(MemberFactory())

    assert client.post(reverse("reply-announcement", args=[announcement.pk]), {"text": "Hoi"}).status_code == 404


def test_after_two_years_nobody_knows_who_opened_it_and_it_does_not_turn_unread_again(time_machine):
    reader = MemberFactory()
    announcement = published(time_machine)
    read_announcement(announcement=announcement, member=reader)
    set_term(by=None, rule=retention_rule("readings"), days=30)

    time_machine.shift(timedelta(days=360))
    wipe_all()
    assert Reading.objects.filter(member=reader).exists()
    time_machine.shift(timedelta(days=10))
    wipe_all()

    assert not Reading.objects.filter(member=reader).exists()
    assert not unread_announcements(reader).exists()
