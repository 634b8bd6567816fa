"""Telling the audience: everybody once, whatever happens to the worker on the way."""

import random

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from community.pages.audience import Scope
from community.pages.models import AnnouncementPage, Broadcast, Reading
from community.pages.services import broadcasting, change_announcement, continue_broadcasts, queue_next
from groups.people.models import AssociationRole
from groups.subgroups.services import archive_subgroup, end_membership
from notifications.models import Delivery
from notifications.services import send_all_due
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import published
from tests.parallel import at_once


@pytest.fixture(autouse=True)
def moving_clock(time_machine):
    time_machine.move_to(timezone.now())


class Killed(BaseException):
    """As a kill: not an Exception, so that nothing on the way can catch it."""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_killed_at_random_points_it_goes_on_and_nobody_hears_it_twice(time_machine, monkeypatch):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    people = {MemberFactory().pk for _ in range(39)} | {manager.pk}
    announcement = published(time_machine, by=manager)
    Delivery.objects.all().delete()
    Broadcast.objects.update(after_member=0, told=0, finished_at=None)
    broadcast, chance = Broadcast.objects.get(), random.Random(7)
    real = broadcasting.queue_many

    def queue_and_perhaps_die(**values):
        queued = real(**values)
        if chance.random() < 0.5:
            raise Killed
        return queued

    monkeypatch.setattr(broadcasting, "queue_many", queue_and_perhaps_die)
    deaths = 0
    while Broadcast.objects.filter(finished_at__isnull=True).exists():
        try:
            queue_next(broadcast.pk, size=3)
        except Killed:
            deaths += 1

    broadcast.refresh_from_db()
    assert deaths >= 5
    assert sorted(Delivery.objects.values_list("member", flat=True)) == sorted(people)
    assert broadcast.told == len(people) == announcement.audience.members().count()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_at_once_tell_everybody_once(time_machine):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    people = {MemberFactory().pk for _ in range(20)} | {manager.pk}
    published(time_machine, by=manager)
    Delivery.objects.all().delete()
    Broadcast.objects.update(after_member=0, told=0, finished_at=None)
    pk = Broadcast.objects.get().pk

    def work():
        return sum(iter(lambda: queue_next(pk, size=2), 0))

    at_once(work, work)
    continue_broadcasts()

    assert sorted(Delivery.objects.values_list("member", flat=True)) == sorted(people)
    assert Broadcast.objects.get().told == len(people)


@pytest.mark.django_db
def test_publishing_again_and_correcting_tell_nobody_again(time_machine):
    MemberFactory()
    announcement = published(time_machine)
    continue_broadcasts()
    told = Delivery.objects.count()

    announcement.get_latest_revision().publish()
    change_announcement(
        announcement=announcement, by=announcement.owner, title="Verbeterd", text="Tekst", scope=Scope.EVERYONE
    )
    continue_broadcasts()

    assert Delivery.objects.count() == told
    assert AnnouncementPage.objects.get().title == "Verbeterd"
    assert AnnouncementPage.objects.get().first_published_at == announcement.first_published_at


@pytest.mark.django_db
def test_taken_back_half_way_it_stops_and_published_again_it_reaches_the_rest(time_machine, mailoutbox):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    people = {MemberFactory().pk for _ in range(5)} | {manager.pk}
    announcement = published(time_machine, by=manager)
    broadcast = Broadcast.objects.get()
    queue_next(broadcast.pk, size=3)

    announcement.unpublish()
    continue_broadcasts()
    send_all_due()
    halfway = list(Delivery.objects.values_list("state", flat=True))
    announcement.get_latest_revision().publish()
    continue_broadcasts()

    assert halfway == [Delivery.State.DROPPED] * 3
    assert mailoutbox == []
    assert set(Delivery.objects.values_list("member", flat=True)) == people


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("size", "words"), [(1, "Wie nog geen bericht had, krijgt dat alsnog."), (500, "Niemand krijgt opnieuw bericht.")]
)
def test_showing_it_again_says_whether_somebody_still_hears_of_it(client, time_machine, size, words):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    member_with(AssociationRole.BOARD)
    announcement = published(time_machine, by=manager)
    while queue_next(Broadcast.objects.get().pk, size=size) and size > 1:
        pass
    announcement.unpublish()
    client.force_login(manager)

    shown = client.post(reverse("show-announcement-again", args=[announcement.pk]), follow=True)

    assert words in shown.content.decode()


@pytest.mark.django_db
def test_who_lost_the_right_to_know_is_not_mailed_any_more(time_machine, mailoutbox):
    subgroup = SubgroupFactory()
    stays, leaves = member_of(subgroup), member_of(subgroup)
    published(time_machine, scope=Scope.GROUPS, subgroups=[subgroup], title="Alleen voor de ploeg")
    continue_broadcasts()

    end_membership(subgroup=subgroup, member=leaves)
    send_all_due()

    assert [mail.to for mail in mailoutbox] == [[stays.email]]
    assert "Alleen voor de ploeg" in mailoutbox[0].subject


@pytest.mark.django_db
def test_a_group_archived_half_way_hears_no_more_and_the_walk_ends(time_machine, mailoutbox):
    subgroup = SubgroupFactory()
    members = [member_of(subgroup) for _ in range(4)]
    announcement = published(time_machine, scope=Scope.GROUPS, subgroups=[subgroup])
    queue_next(announcement.broadcasts.get().pk, size=2)

    archive_subgroup(subgroup=subgroup)
    continue_broadcasts()
    send_all_due()

    assert len(members) == 4
    assert mailoutbox == []
    assert announcement.broadcasts.get().told == 2
    assert announcement.broadcasts.get().finished_at is not None


@pytest.mark.django_db
def test_an_audience_that_became_empty_ends_in_peace_and_the_report_says_so(client, time_machine):
    subgroup, manager = SubgroupFactory(), member_with(AssociationRole.COMMUNITY_MANAGER)
    member = member_of(subgroup)
    announcement = published(time_machine, by=manager, scope=Scope.GROUPS, subgroups=[subgroup])

    end_membership(subgroup=subgroup, member=member)
    continue_broadcasts()

    assert Broadcast.objects.get().finished_at
    assert not Delivery.objects.exists()
    client.force_login(manager)
    report = client.get(reverse("announcement-report", args=[announcement.pk])).content.decode()
    assert "Er is niemand meer voor wie dit bedoeld is." in report


@pytest.mark.django_db
def test_a_deleted_announcement_takes_its_broadcast_along(time_machine):
    announcement = published(time_machine)

    Page.objects.get(pk=announcement.pk).specific.delete()

    assert continue_broadcasts() == 0
    assert not Broadcast.objects.exists()


@pytest.mark.django_db
def test_the_database_holds_one_broadcast_and_one_reading_per_member(time_machine):
    announcement = published(time_machine)
    Reading.objects.create(announcement=announcement, member=announcement.owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        Broadcast.objects.create(announcement=announcement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(announcement=announcement, member=announcement.owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.update(acknowledged_at=timezone.now() - timezone.timedelta(days=1))
