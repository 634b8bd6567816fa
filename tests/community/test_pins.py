"""At most three announcements on top of a place, up to a day, however many press at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.pages.audience import Scope
from community.pages.errors import AlreadyOver, NotPublished, TooManyPins
from community.pages.models import AnnouncementPage, Pin
from community.pages.queries import is_pinned, pinned_announcements
from community.pages.services import pin, unpin
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft, published
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moving_clock(time_machine):
    time_machine.move_to(timezone.now())


@pytest.fixture
def manager():
    return member_with(AssociationRole.COMMUNITY_MANAGER)


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def three_pinned(time_machine, manager):
    return [published(time_machine, by=manager, title=f"Vast {n}", pinned_until=tomorrow()) for n in range(3)]


def test_the_fourth_pin_is_refused_and_a_pin_lapses_by_itself(time_machine, manager):
    three_pinned(time_machine, manager)
    fourth = published(time_machine, by=manager)

    with pytest.raises(TooManyPins):
        pin(announcement=fourth, until=tomorrow(), by=manager)
    time_machine.shift(timedelta(days=2))
    pin(announcement=fourth, until=tomorrow(), by=manager)

    assert [page.pk for page in pinned_announcements(manager)] == [fourth.pk]


def test_a_refused_pin_leaves_nothing_behind(time_machine, manager):
    three_pinned(time_machine, manager)
    fourth = published(time_machine, by=manager)

    with pytest.raises(TooManyPins):
        pin(announcement=fourth, until=tomorrow(), by=manager)

    fourth.refresh_from_db()
    assert fourth.pinned_until is None
    assert not is_pinned(fourth)


def test_unpinning_makes_room(time_machine, manager):
    first, *_others = three_pinned(time_machine, manager)
    fourth = published(time_machine, by=manager)

    unpin(announcement=first, by=manager)
    pin(announcement=fourth, until=tomorrow(), by=manager)

    assert not is_pinned(first)
    assert is_pinned(fourth)


def test_the_pins_of_a_group_do_not_take_those_of_the_association(time_machine, manager):
    subgroup = SubgroupFactory()
    leader = member_of(subgroup, SubgroupRole.MANAGER)
    three_pinned(time_machine, manager)

    own = published(
        time_machine, by=leader, scope=Scope.GROUPS, subgroups=[subgroup], pinned_until=tomorrow(), title="Van ons"
    )

    assert is_pinned(own)
    assert len(pinned_announcements(leader)) == 3
    assert own not in pinned_announcements(leader)


def test_a_planned_pin_for_which_no_room_is_left_appears_without_it(time_machine, manager, client):
    late = draft(by=manager, title="Te laat", pinned_until=tomorrow())
    three_pinned(time_machine, manager)

    late.latest_revision.publish()
    late.refresh_from_db()
    client.force_login(manager)
    page = client.get(reverse("announcement-report", args=[late.pk])).content.decode()

    assert late.live
    assert not is_pinned(late)
    assert "Deze is niet vastgezet" in page


def test_taking_it_offline_frees_its_place(time_machine, manager):
    first, *_others = three_pinned(time_machine, manager)

    AnnouncementPage.objects.get(pk=first.pk).unpublish()

    assert Pin.objects.count() == 2


def test_what_has_not_appeared_and_a_day_that_passed_are_refused(time_machine, manager):
    shown = published(time_machine, by=manager)

    with pytest.raises(NotPublished):
        pin(announcement=draft(by=manager), until=tomorrow(), by=manager)
    with pytest.raises(AlreadyOver):
        pin(announcement=shown, until=tomorrow() - timedelta(days=2), by=manager)


@pytest.mark.parametrize("values", [{"slot": 4}, {"slot": 0}, {"slot": 1}])
def test_the_database_holds_three_slots_and_each_once(values, time_machine, manager):
    held, other = published(time_machine, by=manager, pinned_until=tomorrow()), published(time_machine, by=manager)
    assert held.pins.get().slot == 1

    with pytest.raises(IntegrityError), transaction.atomic():
        Pin.objects.create(announcement=other, until=tomorrow(), **values)


def test_buttons_pin_and_unpin_and_say_what_went_wrong(client, time_machine, manager):
    shown = published(time_machine, by=manager)
    client.force_login(manager)

    client.post(reverse("pin-announcement", args=[shown.pk]), {"until": tomorrow().isoformat()})
    pinned = is_pinned(shown)
    client.post(reverse("unpin-announcement", args=[shown.pk]))
    three_pinned(time_machine, manager)
    answer = client.post(reverse("pin-announcement", args=[shown.pk]), {"until": tomorrow().isoformat()}, follow=True)

    assert pinned
    assert not is_pinned(shown)
    assert "Er staan daar al drie mededelingen vast" in answer.content.decode()


def test_who_may_not_write_it_cannot_pin_it(client, time_machine):
    shown = published(time_machine)
    client.force_login(MemberFactory())

    assert client.post(reverse("pin-announcement", args=[shown.pk]), {"until": "2030-01-01"}).status_code == 403
    assert not is_pinned(shown)


@pytest.mark.django_db(transaction=True)
def test_six_who_pin_at_the_same_moment_leave_three(time_machine):
    time_machine.move_to(timezone.now())
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    shown = [published(time_machine, by=manager, title=f"M{n}") for n in range(6)]

    outcomes = at_once(*(lambda page=page: pin(announcement=page, until=tomorrow(), by=manager) for page in shown))

    assert Pin.objects.count() == 3
    assert sum(isinstance(outcome, TooManyPins) for outcome in outcomes) == 3
