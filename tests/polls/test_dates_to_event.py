"""A date finder becomes an event (EV-03)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groups.events.errors import NotYourAgenda
from groups.events.models import Answer, Event
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from notifications.models import Notice
from polls.errors import AlreadyPlanned, NoMomentFound, NotYetCounted
from polls.models import Kind
from polls.services import close_poll, plan_from_dates
from tests.factories import SubgroupFactory, member_of
from tests.factories_polls import running_poll, vote

pytestmark = pytest.mark.django_db


def moments(*days):
    start = timezone.localtime().replace(hour=20, minute=0, second=0, microsecond=0, tzinfo=None)
    return [(start + timedelta(days=day)).isoformat(timespec="minutes") for day in days]


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def manager(subgroup):
    return member_of(subgroup, role=SubgroupRole.MANAGER)


def finder(subgroup, by, days=(10, 12), **fields):
    return running_poll(subgroup, kind=Kind.DATES, options=moments(*days), by=by, question="Zomerborrel", **fields)


def answers(event):
    return dict(Answer.objects.filter(event=event).values_list("member", "choice"))


def test_closing_a_finder_that_promised_it_puts_the_best_moment_in_the_agenda_with_the_answers(subgroup, manager):
    yes, maybe, no, _silent = (member_of(subgroup) for _ in range(4))
    poll = finder(subgroup, manager, plans_event=True, event_minutes=90)
    vote(poll, yes, **{"date-1": "0", "date-2": "2"})
    vote(poll, maybe, **{"date-1": "0", "date-2": "1"})
    vote(poll, no, **{"date-1": "2", "date-2": "0"})
    vote(poll, manager, **{"date-1": "0", "date-2": "2"})

    close_poll(poll=poll, by=manager)

    event = Event.objects.get()
    poll.refresh_from_db()
    assert poll.event == event
    assert (event.title, event.subgroup) == ("Zomerborrel", subgroup)
    assert timezone.localtime(event.starts_at).replace(tzinfo=None).isoformat(timespec="minutes") == moments(12)[0]
    assert event.ends_at - event.starts_at == timedelta(minutes=90)
    assert answers(event) == {yes.pk: "yes", manager.pk: "yes", maybe.pk: "maybe", no.pk: "no"}


def test_everybody_who_could_vote_hears_of_the_moment(subgroup, manager):
    silent = member_of(subgroup)
    poll = finder(subgroup, manager)
    vote(poll, manager, **{"date-1": "2"})

    plan_from_dates(poll=close_poll(poll=poll, by=manager), by=manager)

    told = Notice.objects.filter(kind="poll.planned").values_list("member", flat=True)
    assert set(told) == {silent.pk, manager.pk}


def test_who_runs_it_may_choose_another_moment_than_the_best(client, subgroup, manager):
    poll = finder(subgroup, manager)
    vote(poll, manager, **{"date-1": "2", "date-2": "0"})
    close_poll(poll=poll, by=manager)
    client.force_login(manager)

    page = client.get(reverse("poll-figures", args=[poll.pk])).content.decode()
    client.post(reverse("poll-plan", args=[poll.pk]), {"option": "2", "place": "Botenhuis"})

    assert 'name="option"' in page
    event = Event.objects.get()
    assert timezone.localtime(event.starts_at).replace(tzinfo=None).isoformat(timespec="minutes") == moments(12)[0]
    assert (event.place, answers(event)) == ("Botenhuis", {manager.pk: "no"})


def test_a_moment_is_planned_once(subgroup, manager):
    poll = finder(subgroup, manager)
    vote(poll, manager, **{"date-1": "2"})
    poll = close_poll(poll=poll, by=manager)
    plan_from_dates(poll=poll, by=manager)

    with pytest.raises(AlreadyPlanned):
        plan_from_dates(poll=poll, by=manager)
    assert Event.objects.count() == 1


def test_nothing_is_planned_while_voting_goes_on_or_when_nobody_can_come(subgroup, manager):
    poll = finder(subgroup, manager, plans_event=True)

    with pytest.raises(NotYetCounted):
        plan_from_dates(poll=poll, by=manager)
    poll = close_poll(poll=poll, by=manager)

    assert poll.state == "counted"
    with pytest.raises(NoMomentFound):
        plan_from_dates(poll=poll, by=manager)
    assert not Event.objects.exists()


def test_a_moment_that_has_passed_is_not_planned(subgroup, manager):
    poll = finder(subgroup, manager)
    vote(poll, manager, **{"date-1": "2", "date-2": "0"})
    poll = close_poll(poll=poll, by=manager)

    with time_machine.travel(timezone.now() + timedelta(days=11)), pytest.raises(NoMomentFound):
        plan_from_dates(poll=poll, by=manager)


def test_who_may_not_plan_there_is_refused_and_the_poll_closes_all_the_same(client, subgroup, manager):
    maker = member_of(subgroup)
    poll = finder(subgroup, maker, plans_event=True)
    vote(poll, maker, **{"date-1": "2"})

    poll = close_poll(poll=poll, by=maker)

    assert (poll.state, Event.objects.count()) == ("counted", 0)
    with pytest.raises(NotYourAgenda):
        plan_from_dates(poll=poll, by=maker)
    client.force_login(maker)
    assert 'name="option"' not in client.get(reverse("poll-figures", args=[poll.pk])).content.decode()
    form = client.get(reverse("make-subgroup-poll", args=[subgroup.slug, "dates"])).content.decode()
    assert 'name="plans_event"' not in form


def test_who_left_meanwhile_is_not_on_the_guest_list(subgroup, manager):
    gone = member_of(subgroup)
    poll = finder(subgroup, manager)
    vote(poll, gone, **{"date-1": "2"})
    end_membership(subgroup=subgroup, member=gone)

    event = plan_from_dates(poll=close_poll(poll=poll, by=manager), by=manager)

    assert answers(event) == {}


def test_a_moment_across_the_clock_change_keeps_its_wall_time(subgroup, manager):
    with time_machine.travel("2027-03-20 12:00:00+01:00"):
        poll = running_poll(subgroup, kind=Kind.DATES, by=manager, options=["2027-03-27T20:00", "2027-03-28T20:00"])
        vote(poll, manager, **{"date-2": "2"})
        event = plan_from_dates(poll=close_poll(poll=poll, by=manager), by=manager)

    assert timezone.localtime(event.starts_at).isoformat() == "2027-03-28T20:00:00+02:00"
