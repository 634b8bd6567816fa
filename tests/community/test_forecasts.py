"""Whoever sends something sees beforehand how full the week of the recipients is, and what will be kept for later."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.pages.services import write_announcement
from groups.events.models import Answer
from groups.events.services import answer_event, plan_event
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from notifications.models import Delivery, NoticeSettings
from tests.factories import SubgroupFactory, member_of, member_with
from tests.factories_finance import pot_in
from tests.factories_polls import make_poll, running_poll

pytestmark = pytest.mark.django_db
SEVEN, KEPT = "These members got 7 notices this week", "members get it in the summary, as their week is full"
ANYWAY = "This comes at once, also to whose week is full."


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def all_busy(subgroup):
    """Five plain members of the group, who had seven mails this week each and want no more than that."""
    members = [member_of(subgroup) for _ in range(5)]
    for member in members:
        NoticeSettings.objects.create(member=member, weekly_budget=7)
        for number in range(7):
            Delivery.objects.create(
                member=member, channel="mail", kind="poll.outcome", key="x", dedupe=f"sent:{number}", state="sent",
                done_at=timezone.now() - timedelta(days=1),
            )  # fmt: skip
    return members


@pytest.fixture
def busy(all_busy):
    return all_busy[0]


def page(client, member, address):
    client.force_login(member)
    client.cookies["django_language"] = "en"
    return " ".join(client.get(address).content.decode().split())


def test_who_opens_a_poll_hears_what_it_sends_and_how_many_get_the_reminder_in_the_summary(client, subgroup, busy):
    poll = make_poll(subgroup, days=8, by=busy)

    shown = page(client, busy, poll.get_absolute_url())

    assert "Who has not voted is reminded 2 times." in shown
    assert SEVEN in shown
    assert KEPT in shown


def test_a_poll_that_reminds_nobody_has_no_load_and_a_running_one_says_nothing_any_more(client, subgroup, busy):
    silent, running = make_poll(subgroup, days=1, by=busy), running_poll(subgroup, by=busy)

    assert "nobody is reminded" in page(client, busy, silent.get_absolute_url())
    assert SEVEN not in page(client, busy, silent.get_absolute_url())
    assert SEVEN not in page(client, busy, running.get_absolute_url())


def test_a_survey_says_it_too(client, subgroup, busy):
    survey = make_poll(subgroup, kind="survey", options=(), days=8, by=busy)

    assert SEVEN in page(client, busy, survey.get_absolute_url())


def test_who_asks_for_money_hears_that_it_comes_also_in_a_full_week(client, subgroup, busy):
    chef = member_of(subgroup, SubgroupRole.GELDCHEF)
    pot = pot_in(subgroup, chef)

    shown = page(client, chef, reverse("ask", args=[pot.pk]))

    assert ANYWAY in shown
    assert KEPT not in shown


def test_who_plans_an_event_hears_that_it_sends_nothing_and_who_changes_one_how_many_hear_it(
    client, subgroup, all_busy
):
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    starts = timezone.now() + timedelta(days=3)
    event = plan_event(
        by=manager, subgroup=subgroup, title="Training", starts_at=starts, ends_at=starts + timedelta(hours=2)
    )
    for member in all_busy:
        answer_event(event=event, member=member, choice=Answer.Choice.MAYBE)

    new = page(client, manager, reverse("new-subgroup-event", args=[subgroup.slug]))
    change = page(client, manager, reverse("edit-event", args=[event.pk]))

    assert "sends nobody a mail or push" in new
    assert "5 people who come or may come hear it when day, time or place change." in change
    assert SEVEN in change
    assert ANYWAY in change


def test_the_week_of_a_few_people_is_theirs(client, subgroup, all_busy):
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    starts = timezone.now() + timedelta(days=3)
    event = plan_event(
        by=manager, subgroup=subgroup, title="Training", starts_at=starts, ends_at=starts + timedelta(hours=2)
    )
    for member in all_busy[:4]:
        answer_event(event=event, member=member, choice=Answer.Choice.YES)

    change = page(client, manager, reverse("edit-event", args=[event.pk]))

    assert "4 people who come or may come hear it" in change
    assert ANYWAY in change
    assert "this week" not in change


@pytest.mark.parametrize("asks", [True, False])
def test_an_announcement_to_confirm_is_never_kept_for_the_summary(client, subgroup, busy, asks):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    day = timezone.localdate() + timedelta(days=3) if asks else None
    announcement = write_announcement(
        by=manager, title="Sleutels", text="Lees dit.", scope="groups", subgroups=[subgroup], acknowledge_by=day
    )

    shown = page(client, manager, reverse("announcement-report", args=[announcement.pk]))

    assert (ANYWAY in shown, KEPT in shown) == (asks, not asks)
