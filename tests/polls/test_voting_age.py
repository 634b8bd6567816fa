"""From which age a member votes, where the statutes say so (polls.md, "What do our statutes say?")."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from finance.fees.models import FeeDetails
from groups.people.models import AssociationRole
from polls.entitlement import why_not
from polls.models import Elector, Statutes
from polls.promises import promises
from tests.factories import MemberFactory, member_with
from tests.factories_polls import running_poll
from tests.polls.test_meetings import called_meeting, motion_at

pytestmark = pytest.mark.django_db


def born_on(day):
    """A member whose day of birth is in the register."""
    member = MemberFactory()
    FeeDetails.objects.create(member=member, born_on=day)
    return member


def years_ago(years, days=0):
    today = timezone.localdate()
    return today.replace(year=today.year - years) + timedelta(days=days)


def listed(poll):
    return set(Elector.objects.filter(poll=poll).values_list("member", flat=True))


def test_who_is_younger_has_no_vote_and_reads_why():
    sixteen, tomorrow, unknown = born_on(years_ago(16)), born_on(years_ago(16, days=1)), MemberFactory()

    poll = running_poll(from_age=16)

    assert listed(poll) == {sixteen.pk, unknown.pk}
    assert "16" in why_not(poll, tomorrow)
    assert "16" not in why_not(poll, MemberFactory())
    assert "16" in " ".join(promises(poll))


def test_the_age_is_that_on_the_record_date():
    nine_days, ten_days = born_on(years_ago(16, days=-9)), born_on(years_ago(16, days=-10))

    poll = running_poll(from_age=16, record_on=(timezone.localdate() - timedelta(days=10)).isoformat())

    assert listed(poll) & {nine_days.pk, ten_days.pk} == {ten_days.pk}


def test_the_database_refuses_an_age_that_no_statutes_have():
    called_meeting()

    with pytest.raises(IntegrityError), transaction.atomic():
        Statutes.objects.update(vote_age=26)


def test_a_leap_day_asks_for_an_age_too(time_machine):
    time_machine.move_to("2028-02-29 12:00:00+00:00")
    day_before, day_after = born_on(date(2010, 2, 28)), born_on(date(2010, 3, 1))

    poll = running_poll(from_age=18)

    assert listed(poll) == {day_before.pk}
    assert "18" in why_not(poll, day_after)


def test_a_vote_at_a_meeting_takes_the_age_from_the_statutes_it_was_called_under():
    grown, minor = born_on(years_ago(30)), born_on(years_ago(17))
    meeting = called_meeting(vote_age=18)
    Statutes.objects.update(vote_age=None)

    poll = motion_at(meeting)

    assert poll.rules.from_age == 18
    assert listed(poll) & {grown.pk, minor.pk} == {grown.pk}


def test_the_board_answers_the_age_and_a_strange_one_is_refused_in_words(client):
    called_meeting()
    client.force_login(member_with(AssociationRole.BOARD))
    page = client.get(reverse("statutes"))
    answers = {name: value for name, value in page.context["form"].initial.items() if value is not None}

    refused = client.post(reverse("statutes"), answers | {"vote_age": 90})
    client.post(reverse("statutes"), answers | {"vote_age": 16})

    assert refused.status_code == 422
    assert Statutes.objects.get().vote_age == 16
