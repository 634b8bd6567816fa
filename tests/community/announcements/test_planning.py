"""Announcements: planning and taking back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from community.pages.access import visible_announcements
from community.pages.audience import Scope
from community.pages.errors import AlreadySent, InThePast, NobodyThere
from community.pages.forms import PlanForm
from community.pages.models import AnnouncementPage, Broadcast
from community.pages.services import (
    change_announcement,
    continue_broadcasts,
    plan_announcement,
    publish_due,
    send_announcement,
    withdraw_announcement,
)
from groups.people.models import AssociationRole
from notifications.models import Delivery
from tests.community.announcements.making import numbers
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft, published

pytestmark = pytest.mark.django_db


AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_a_planned_announcement_appears_at_its_minute_and_not_before(time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 12, 0, tzinfo=AMSTERDAM), tick=False)
    member, manager = MemberFactory(), member_with(AssociationRole.COMMUNITY_MANAGER)
    announcement = draft(by=manager)
    plan_announcement(announcement=announcement, by=manager, at=datetime(2026, 11, 21, 9, 0, tzinfo=AMSTERDAM))

    time_machine.move_to(datetime(2026, 11, 21, 8, 59, 50, tzinfo=AMSTERDAM), tick=False)
    publish_due()
    before = numbers(visible_announcements(member))
    time_machine.move_to(datetime(2026, 11, 21, 9, 0, 10, tzinfo=AMSTERDAM), tick=False)
    publish_due()

    assert before == set()
    assert numbers(visible_announcements(member)) == {announcement.pk}


@pytest.mark.parametrize(
    ("typed", "utc"),
    [("2027-03-28T09:00", 7), ("2026-10-25T09:00", 8)],
    ids=["first day of summer time", "first day of winter time"],
)
def test_the_clock_of_amsterdam_counts_on_the_days_it_changes(typed, utc):
    form = PlanForm({"at": typed})

    assert form.is_valid()
    assert form.cleaned_data["at"].astimezone(ZoneInfo("UTC")).hour == utc


def test_an_hour_that_does_not_exist_is_refused_on_the_form():
    assert not PlanForm({"at": "2027-03-28T02:30"}).is_valid()


def test_undo_before_sending_makes_it_a_draft_that_never_appears(time_machine):
    member, manager = MemberFactory(), member_with(AssociationRole.COMMUNITY_MANAGER)
    announcement = draft(by=manager)
    send_announcement(announcement=announcement, by=manager)

    withdraw_announcement(announcement=announcement, by=manager)
    time_machine.shift(3600)
    publish_due()

    assert numbers(visible_announcements(member)) == set()
    assert not Broadcast.objects.exists()


def test_what_is_sent_cannot_be_called_back_or_sent_again(time_machine):
    announcement = published(time_machine)

    with pytest.raises(AlreadySent):
        withdraw_announcement(announcement=announcement, by=announcement.owner)
    with pytest.raises(AlreadySent):
        send_announcement(announcement=announcement, by=announcement.owner)


def test_the_past_and_an_empty_audience_are_refused():
    announcement = draft()
    to_nobody = draft(scope=Scope.GROUPS, subgroups=[SubgroupFactory()])

    with pytest.raises(InThePast):
        plan_announcement(announcement=announcement, by=announcement.owner, at=timezone.now())
    with pytest.raises(NobodyThere):
        send_announcement(announcement=to_nobody, by=to_nobody.owner)


def test_changing_a_planned_announcement_keeps_its_plan(time_machine):
    announcement = draft()
    manager = announcement.owner
    plan_announcement(announcement=announcement, by=manager, at=timezone.now() + timedelta(hours=1))

    change_announcement(announcement=announcement, by=manager, title="Toch open", text="Ja.", scope=Scope.EVERYONE)
    time_machine.shift(3700)
    publish_due()

    assert list(visible_announcements(manager).values_list("title", flat=True)) == ["Toch open"]


def test_joining_between_plan_and_publication_counts(time_machine):
    subgroup = SubgroupFactory()
    member_of(subgroup)
    announcement = draft(scope=Scope.GROUPS, subgroups=[subgroup])
    plan_announcement(announcement=announcement, by=announcement.owner, at=timezone.now() + timedelta(hours=1))

    late = member_of(subgroup)
    time_machine.shift(3700)
    publish_due()
    continue_broadcasts()

    assert Delivery.objects.filter(member=late).exists()


def test_an_expired_announcement_leaves_the_list_at_its_minute(time_machine):
    member = MemberFactory()
    announcement = published(time_machine)
    AnnouncementPage.objects.filter(pk=announcement.pk).update(expire_at=timezone.now() + timedelta(hours=1))

    time_machine.shift(3601)
    publish_due()

    assert numbers(visible_announcements(member)) == set()
