"""Announcements: reading."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.pages.access import visible_announcements
from community.pages.errors import NothingToConfirm
from community.pages.models import Reading
from community.pages.queries import latest_unread_announcement, reach_report, unread_announcements
from community.pages.services import acknowledge, continue_broadcasts, read_all_announcements, read_announcement
from groups.people.models import AssociationRole
from notifications.models import Delivery
from tests.factories import MemberFactory, member_with
from tests.factories_pages import published

pytestmark = pytest.mark.django_db


def test_reading_clears_the_unread_mark_for_this_member_only(time_machine):
    reader, other = MemberFactory(), MemberFactory()
    announcement = published(time_machine)

    read_announcement(announcement=announcement, member=reader)
    read_announcement(announcement=announcement, member=reader)

    assert latest_unread_announcement(reader) is None
    assert latest_unread_announcement(other) == announcement
    assert Reading.objects.count() == 1


def test_opening_the_page_is_reading_it(client, time_machine):
    member = MemberFactory()
    announcement = published(time_machine, title="Botenhuis zaterdag dicht")
    client.force_login(member)

    home = client.get("/").content.decode()
    client.get(announcement.get_absolute_url())
    afterwards = client.get("/").content.decode()

    assert "Botenhuis zaterdag dicht" in home
    assert "Botenhuis zaterdag dicht" not in afterwards


def test_what_is_older_than_the_account_is_not_unread(time_machine):
    published(time_machine)

    newcomer = MemberFactory()

    assert latest_unread_announcement(newcomer) is None
    assert visible_announcements(newcomer).count() == 1


def test_all_can_be_marked_as_read_at_once(time_machine):
    member = MemberFactory()
    published(time_machine)
    published(time_machine)

    read_all_announcements(member=member)

    assert not unread_announcements(member).exists()


def test_reading_in_the_app_drops_the_mail_that_was_waiting(time_machine):
    member = MemberFactory()
    announcement = published(time_machine)
    continue_broadcasts()

    read_announcement(announcement=announcement, member=member)

    assert Delivery.objects.get(member=member).state == Delivery.State.DROPPED


def test_confirming_counts_once_and_only_where_it_was_asked(time_machine):
    member = MemberFactory()
    plain = published(time_machine)
    asked = published(time_machine, acknowledge_by=timezone.localdate() + timedelta(days=7))

    acknowledge(announcement=asked, member=member)
    first = Reading.objects.get(announcement=asked).acknowledged_at
    time_machine.shift(60)
    acknowledge(announcement=asked, member=member)

    assert Reading.objects.get(announcement=asked).acknowledged_at == first
    with pytest.raises(NothingToConfirm):
        acknowledge(announcement=plain, member=member)


def test_the_report_adds_up_to_the_audience(time_machine):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    confirmed, seen, mailed, failed, without = (MemberFactory() for _ in range(5))
    announcement = published(time_machine, by=manager, acknowledge_by=timezone.localdate() + timedelta(days=7))
    continue_broadcasts()
    acknowledge(announcement=announcement, member=confirmed)
    read_announcement(announcement=announcement, member=seen)
    Delivery.objects.filter(member=failed).update(state=Delivery.State.FAILED)
    Delivery.objects.filter(member=without).delete()

    report = reach_report(announcement)

    assert (report.acknowledged, report.seen, report.bounced, report.no_channel) == (1, 1, 1, 1)
    assert report.delivered == 2  # the manager and `mailed`
    parts = report.acknowledged + report.seen + report.delivered + report.bounced + report.no_channel
    assert parts == report.audience == announcement.audience.members().count() == 6
    assert mailed.pk
