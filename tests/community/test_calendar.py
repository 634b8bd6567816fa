"""The content calendar: what is planned within one's reach, moved by mouse or keyboard, repeated, and taken down."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.pages.access import visible_announcements
from community.pages.audience import Scope
from community.pages.calendar import ContentCalendar
from community.pages.errors import AlreadySent, InThePast, NotMovable, RepeatedAlready
from community.pages.models import AnnouncementPage, AnnouncementSeries, Broadcast, Occurrence
from community.pages.queries import planned_moment
from community.pages.services import (
    continue_broadcasts,
    move_page,
    plan_announcement,
    plan_occurrences,
    publish_due,
    repeat_announcement,
    show_again,
    skip_occurrence,
    stop_series,
)
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft, news_item, published

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(day, hour=9, month=10, year=2026):
    return datetime(year, month, day, hour, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def first_of_october(time_machine):
    time_machine.move_to(at(1, 8))


@pytest.fixture
def manager():
    return member_with(AssociationRole.COMMUNITY_MANAGER)


@pytest.fixture
def group_and_leader():
    subgroup = SubgroupFactory(name="Jeugd")
    return subgroup, member_of(subgroup, SubgroupRole.MANAGER)


def planned(by, moment, **fields):
    announcement = draft(by, **fields)
    plan_announcement(announcement=announcement, by=by, at=moment)
    return announcement


def titles(member, month=date(2026, 10, 1)):
    return [item.title for item in ContentCalendar(member, month).items]


# --- What stands in it ------------------------------------------------------------------------------
def test_it_shows_all_groups_one_manages_and_nothing_of_others(manager, group_and_leader):
    subgroup, leader = group_and_leader
    other = SubgroupFactory()
    member_of(other)
    planned(manager, at(9), title="Voor allen")
    planned(leader, at(12), title="Jeugddag", scope=Scope.GROUPS, subgroups=[subgroup])
    planned(manager, at(14), title="Andere groep", scope=Scope.GROUPS, subgroups=[other])

    assert titles(manager) == ["Voor allen", "Jeugddag", "Andere groep"]
    assert titles(leader) == ["Jeugddag"]


def test_two_large_sends_on_a_day_are_marked_and_two_weeks_of_nothing_too(client, manager):
    for title in ("Een", "Twee"):
        planned(manager, at(9), title=title)
    client.force_login(manager)

    calendar = ContentCalendar(manager, date(2026, 10, 1))
    page = client.get(reverse("content-calendar"), {"month": "2026-10"}).content.decode()

    assert [day.date for day in calendar.crowded] == [date(2026, 10, 9)]
    assert [(gap.first, gap.last, gap.days) for gap in calendar.gaps] == [(date(2026, 10, 10), date(2026, 10, 31), 22)]
    assert "vrijdag 9 oktober heeft meer dan één grote verzending" in page
    assert "(22 dagen)" in page


def test_two_small_sends_on_a_day_are_no_crowd(manager, group_and_leader):
    subgroup, leader = group_and_leader
    for _ in range(12):
        MemberFactory()
    for title in ("Een", "Twee"):
        planned(leader, at(9), title=title, scope=Scope.GROUPS, subgroups=[subgroup])

    assert ContentCalendar(manager, date(2026, 10, 1)).crowded == []


@pytest.mark.parametrize("view", ["month", "list"])
def test_the_number_of_queries_stays_the_same(client, manager, view, django_assert_max_num_queries):
    client.force_login(manager)
    for day in range(3, 15):
        planned(manager, at(day), title=f"Dag {day}")
        item = news_item(title=f"Nieuws {day}", live=False)
        item.go_live_at = at(day)
        item.save_revision().publish()
    client.get(reverse("content-calendar"))

    with django_assert_max_num_queries(24):
        page = client.get(reverse("content-calendar"), {"month": "2026-10", "view": view})

    assert page.content.decode().count("Nieuws") >= 12


def test_it_stands_in_the_editor_too(client, manager):
    planned(manager, at(9), title="Voor allen")
    client.force_login(manager)

    page = client.get(reverse("cms-calendar"), {"month": "2026-10"}).content.decode()

    assert "Voor allen" in page
    assert reverse("cms-calendar") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_it_is_closed_for_who_may_announce_nothing(client):
    client.force_login(MemberFactory())

    assert client.get(reverse("content-calendar")).status_code == 403
    assert client.get(reverse("cms-calendar")).status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "zomer", "9999-99", "<script>"])
def test_a_month_that_does_not_exist_is_this_month(client, manager, month):
    client.force_login(manager)

    assert "oktober 2026" in client.get(reverse("content-calendar"), {"month": month}).content.decode()


# --- Moving -----------------------------------------------------------------------------------------
def test_moving_changes_the_day_and_keeps_the_hour_also_over_the_change_of_clocks(client, manager, time_machine):
    announcement = planned(manager, at(23, 18))
    client.force_login(manager)

    client.post(reverse("move-page", args=[announcement.pk]), {"day": "2026-10-26", "time": "18:00"})
    moved_to = planned_moment(announcement)
    time_machine.move_to(at(26, 17) + timedelta(minutes=59))
    publish_due()
    before = AnnouncementPage.objects.get(pk=announcement.pk).live
    time_machine.move_to(at(26, 18) + timedelta(seconds=5))
    publish_due()

    assert moved_to == at(26, 18)
    assert not before
    assert AnnouncementPage.objects.get(pk=announcement.pk).live


@pytest.mark.parametrize(("shift", "day"), [("-1", 11), ("1", 13)])
def test_the_keyboard_moves_it_a_day(client, manager, shift, day):
    announcement = planned(manager, at(12, 10))
    client.force_login(manager)

    answer = client.post(
        reverse("move-page", args=[announcement.pk]),
        {"day": "2026-10-12", "time": "10:00", "shift": shift, "next": "/desk/calendar/?view=list"},
    )

    assert answer.url == "/desk/calendar/?view=list"
    assert planned_moment(announcement) == at(day, 10)


def test_a_draft_without_a_day_is_put_on_one(client, manager):
    announcement = draft(manager)
    client.force_login(manager)

    client.post(reverse("move-page", args=[announcement.pk]), {"day": "2026-10-20"})

    assert planned_moment(announcement) == at(20, 9)


@pytest.mark.parametrize(
    "values", [{}, {"day": "gisteren"}, {"day": "2026-10-25", "time": "02:30"}, {"day": "2020-01-01"}]
)
def test_a_wrong_moment_moves_nothing_and_says_so(client, manager, values):
    announcement = planned(manager, at(12))
    client.force_login(manager)

    answer = client.post(reverse("move-page", args=[announcement.pk]), values, follow=True)

    assert answer.status_code == 200
    assert "toast" in answer.content.decode()
    assert planned_moment(announcement) == at(12)


def test_what_has_appeared_is_not_moved(manager, time_machine):
    announcement = published(time_machine, by=manager)

    with pytest.raises(NotMovable):
        move_page(page=announcement, at=at(20), by=manager)
    with pytest.raises(InThePast):
        move_page(page=draft(manager), at=at(1, 7), by=manager)


def test_nobody_moves_what_is_out_of_reach_or_leaves_the_site(client, manager, group_and_leader):
    _subgroup, leader = group_and_leader
    announcement = planned(manager, at(12))
    client.force_login(leader)

    assert client.post(reverse("move-page", args=[announcement.pk]), {"day": "2026-10-20"}).status_code == 404
    client.force_login(manager)
    away = client.post(
        reverse("move-page", args=[announcement.pk]), {"day": "2026-10-20", "next": "https://elders.example/"}
    )
    assert away.url == reverse("content-calendar")


# --- Coming back ------------------------------------------------------------------------------------
def weekly(by, **fields):
    return repeat_announcement(
        announcement=draft(by, title="Training", **fields), by=by, rhythm="weekly", first_at=at(5, 20)
    )


def test_a_series_is_planned_ahead_at_the_same_hour_of_the_clock(manager):
    series = weekly(manager)

    moments = [timezone.localtime(occurrence.at) for occurrence in series.occurrences.all()]
    assert [(moment.day, moment.hour) for moment in moments] == [(5, 20), (12, 20), (19, 20), (26, 20), (2, 20)]
    assert titles(manager) == ["Training"] * 5


def test_each_time_appears_and_is_told_once_and_planning_twice_adds_nothing(manager, time_machine):
    member = MemberFactory()
    weekly(manager)
    for _ in range(2):
        plan_occurrences()
    time_machine.move_to(at(12, 21))
    publish_due()
    continue_broadcasts()

    assert visible_announcements(member).count() == 2
    assert Broadcast.objects.filter(finished_at__isnull=False).count() == 2
    assert Occurrence.objects.count() == 5


def test_the_series_survives_the_departure_of_its_maker(group_and_leader, time_machine):
    subgroup, leader = group_and_leader
    member, heir = member_of(subgroup), member_of(subgroup, SubgroupRole.MANAGER)
    series = weekly(leader, scope=Scope.GROUPS, subgroups=[subgroup])

    end_membership(subgroup=subgroup, member=leader)
    leader.delete()
    time_machine.move_to(at(5, 20) + timedelta(minutes=1))
    publish_due()

    assert visible_announcements(member).count() == 1
    assert titles(heir) == ["Training"] * 5
    stop_series(series=AnnouncementSeries.objects.get(pk=series.pk), by=heir)
    assert titles(heir) == ["Training"]


def test_one_time_is_skipped_and_stays_skipped(client, manager):
    series = weekly(manager)
    second = series.occurrences.all()[1]
    client.force_login(manager)

    client.post(reverse("skip-occurrence", args=[second.pk]))
    plan_occurrences()

    assert [item.day.day for item in ContentCalendar(manager, date(2026, 10, 1)).items] == [5, 19, 26, 2]
    assert Occurrence.objects.get(pk=second.pk).skipped_by == manager


def test_what_was_sent_cannot_be_skipped_and_others_cannot_skip(client, manager, group_and_leader, time_machine):
    series = weekly(manager)
    client.force_login(group_and_leader[1])
    assert client.post(reverse("skip-occurrence", args=[series.occurrences.first().pk])).status_code == 404

    time_machine.move_to(at(5, 21))
    publish_due()

    with pytest.raises(AlreadySent):
        skip_occurrence(occurrence=series.occurrences.first(), by=manager)


def test_a_series_ends_on_its_last_day_and_begins_in_the_future(manager):
    announcement = draft(manager)

    with pytest.raises(InThePast):
        repeat_announcement(announcement=announcement, by=manager, rhythm="weekly", first_at=at(1, 7))
    series = repeat_announcement(
        announcement=announcement, by=manager, rhythm="fortnightly", first_at=at(6), until=date(2026, 10, 20)
    )
    with pytest.raises(RepeatedAlready):
        repeat_announcement(announcement=announcement, by=manager, rhythm="weekly", first_at=at(6))

    assert [timezone.localtime(row.at).day for row in series.occurrences.all()] == [6, 20]


def test_buttons_repeat_and_stop(client, manager):
    announcement = draft(manager, title="Nieuwsbrief")
    client.force_login(manager)
    values = {"rhythm": "monthly", "first_at": "2026-10-08T09:00"}

    client.post(reverse("repeat-announcement", args=[announcement.pk]), values)
    page = client.get(reverse("announcement-report", args=[announcement.pk])).content.decode()
    desk = client.get(reverse("announcement-desk")).content.decode()
    client.post(reverse("stop-repeating", args=[announcement.pk]))

    assert "Stop met herhalen" in page
    assert "Komt terug" in desk
    assert AnnouncementSeries.objects.get().stopped_by == manager
    assert not AnnouncementPage.objects.filter(go_live_at__isnull=False).exists()


def test_the_database_holds_each_time_once(manager):
    series = weekly(manager)

    with pytest.raises(IntegrityError), transaction.atomic():
        Occurrence.objects.create(series=series, at=series.occurrences.first().at)


# --- Going away and coming back ---------------------------------------------------------------------
def test_an_expired_announcement_leaves_the_lists_at_its_minute_and_can_be_shown_again(client, manager, time_machine):
    member = MemberFactory()
    client.force_login(manager)
    client.post(
        reverse("new-announcement"),
        {"title": "Tijdelijk", "text": "Even", "scope": "everyone", "reply_mode": "none", "expires_on": "2026-10-03"},
    )
    announcement = AnnouncementPage.objects.get()
    announcement.get_latest_revision().publish(skip_permission_checks=True)
    continue_broadcasts()

    time_machine.move_to(at(3, 23) + timedelta(minutes=59))
    on_time = visible_announcements(member).count()
    time_machine.move_to(at(4, 0) + timedelta(seconds=1))
    late = visible_announcements(member).count()
    publish_due()
    client.force_login(manager)  # two weeks later the session of before is locked
    desk = client.get(reverse("announcement-desk")).content.decode()
    client.post(reverse("show-announcement-again", args=[announcement.pk]))
    continue_broadcasts()

    assert (on_time, late) == (1, 0)
    assert "Niet meer te zien" in desk
    assert visible_announcements(member).count() == 1
    assert Broadcast.objects.count() == 1
    assert announcement.revisions.count() >= 2


def test_showing_again_keeps_what_was_written_since(manager, time_machine):
    announcement = published(time_machine, by=manager)
    announcement.unpublish()

    show_again(page=announcement, by=manager)

    assert AnnouncementPage.objects.get(pk=announcement.pk).live
