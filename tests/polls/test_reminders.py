"""Property P31: reminders go to who has not voted at the moment of sending, of secret polls too, and once."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from notifications.kinds import notice_kind
from notifications.models import Delivery
from notifications.reminders import queue_due
from polls.models import Poll
from polls.reminding import reminder_moments
from polls.services import close_poll
from polls.streams import vote_reminders
from tests.factories import SubgroupFactory, member_of
from tests.factories_polls import running_poll, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


def due(poll, before):
    moment = poll.closes_at - before
    return [(reminder.member_id, reminder.step) for reminder in vote_reminders(moment)]


@pytest.mark.parametrize("secrecy", ["open", "confidential", "secret"])
def test_only_who_has_not_voted_is_reminded_a_day_before_closing(subgroup, secrecy):
    voters = [member_of(subgroup) for _ in range(4)]
    poll = running_poll(subgroup, days=4, secrecy=secrecy)
    vote(poll, voters[0], choice=1)

    assert due(poll, timedelta(days=1, minutes=1)) == []
    assert sorted(due(poll, timedelta(hours=23))) == [(voter.pk, "1-days") for voter in voters[1:]]


def test_a_poll_of_a_week_reminds_twice_and_a_short_one_never(subgroup):
    voter = member_of(subgroup)
    long, short = running_poll(subgroup, days=8), running_poll(subgroup, days=1)

    assert due(long, timedelta(days=2)) == [(voter.pk, "3-days")]
    assert due(long, timedelta(hours=1)) == [(voter.pk, "3-days"), (voter.pk, "1-days")]
    close_poll(poll=long, by=None)
    assert due(short, timedelta(hours=1)) == []


def test_two_sweeps_queue_one_reminder_and_a_vote_one_second_earlier_stops_it(subgroup):
    voter, other = member_of(subgroup), member_of(subgroup)
    poll = running_poll(subgroup, days=4)
    with time_machine.travel(poll.closes_at - timedelta(hours=20), tick=False):
        queue_due()
        queue_due()
        waiting = list(Delivery.objects.filter(kind="poll.reminder", channel="mail").select_related("member"))
        vote(poll, voter, choice=1)
        still_true = notice_kind("poll.reminder").still_true
        due_now = [delivery.member for delivery in waiting if still_true(delivery.member, delivery.context)]

    assert len(waiting) == 2
    assert due_now == [other]


def test_a_maker_chooses_the_days_and_the_hour_or_no_reminder_at_all(subgroup):
    member_of(subgroup)
    poll = running_poll(subgroup, days=8, remind_days=[7, 0], remind_hour=9)
    silent = running_poll(subgroup, days=8, remind_days=[])

    moments = [(step, timezone.localtime(moment)) for step, moment in reminder_moments(poll)]

    closes = timezone.localtime(poll.closes_at)
    assert [(step, moment.date(), moment.hour) for step, moment in moments] == [
        ("7-days", closes.date() - timedelta(days=7), 9),
        ("0-days", closes.date(), 9),
    ]
    assert reminder_moments(silent) == []


def test_a_reminder_that_would_fall_before_opening_or_after_closing_is_left_out(subgroup):
    member_of(subgroup)
    poll = running_poll(subgroup, days=2, remind_days=[7, 0], remind_hour=21)

    assert reminder_moments(poll) == []


def test_the_hour_stays_the_same_over_the_change_of_the_clock(subgroup):
    with time_machine.travel("2027-03-20 12:00:00+01:00"):
        member_of(subgroup)
        poll = running_poll(subgroup, days=10, remind_days=[3, 1], remind_hour=19)

        assert [timezone.localtime(moment).isoformat() for _step, moment in reminder_moments(poll)] == [
            "2027-03-27T19:00:00+01:00",
            "2027-03-29T19:00:00+02:00",
        ]


def test_more_than_two_reminders_are_refused_on_the_form(client, subgroup):
    client.force_login(member_of(subgroup))
    asked = {
        "question": "Wat?", "options": "A\nB", "closes_at": "2030-01-01T20:00", "secrecy": "open", "most_choices": 1,
        "shown": "after_close", "audience": "everybody", "remind_days": ["7", "3", "1"],
    }  # fmt: skip

    refused = client.post(reverse("make-subgroup-poll", args=[subgroup.slug, "gauge"]), asked)
    client.post(
        reverse("make-subgroup-poll", args=[subgroup.slug, "gauge"]),
        {**asked, "remind_days": ["3", "0"], "remind_hour": "9"},
    )

    assert refused.status_code == 422
    rules = Poll.objects.get().rules
    assert (rules.remind_days, rules.remind_hour) == ([3, 0], 9)
