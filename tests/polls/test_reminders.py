"""Property P31: reminders go to who has not voted at the moment of sending, of secret polls too, and once."""

from datetime import timedelta

import pytest
import time_machine

from notifications.kinds import notice_kind
from notifications.models import Delivery
from notifications.reminders import queue_due
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
    assert sorted(due(poll, timedelta(hours=23))) == [(voter.pk, "one-day") for voter in voters[1:]]


def test_a_poll_of_a_week_reminds_twice_and_a_short_one_never(subgroup):
    voter = member_of(subgroup)
    long, short = running_poll(subgroup, days=8), running_poll(subgroup, days=1)

    assert due(long, timedelta(days=2)) == [(voter.pk, "three-days")]
    assert due(long, timedelta(hours=1)) == [(voter.pk, "three-days"), (voter.pk, "one-day")]
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
