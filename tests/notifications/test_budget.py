"""What a sender hears beforehand about how full the week of the recipients is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groups.people.models import Member
from notifications.budget import forecast
from notifications.models import Delivery, NoticeSettings
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.notifications import test_wishes  # noqa: F401 — registers the kinds used here

pytestmark = pytest.mark.django_db


def sent(member, number, days_ago, kind="w.plain"):
    at = timezone.now() - timedelta(days=days_ago)
    for n in range(number):
        for channel in ("mail", "push"):
            dedupe = f"{kind}:{days_ago}:{n}"
            Delivery.objects.create(
                member=member, channel=channel, kind=kind, key="x", dedupe=dedupe, state="sent", done_at=at
            )


def test_the_forecast_counts_facts_and_not_channels_and_leaves_money_out():
    one, two = MemberFactory(), MemberFactory()
    for member in (one, two):
        sent(member, 6, days_ago=1)
        sent(member, 6, days_ago=10)
        sent(member, 9, days_ago=1, kind="w.money")

    result = forecast(Member.objects.filter(pk__in=[one.pk, two.pk]))

    assert (result.recipients, result.this_week, result.habit, result.over_budget) == (2, 6, 3, 0)
    assert result.is_busy


def test_the_forecast_says_how_many_get_it_in_the_summary():
    member = MemberFactory()
    NoticeSettings.objects.create(member=member, weekly_budget=2)
    sent(member, 2, days_ago=1)

    assert forecast(Member.objects.filter(pk=member.pk)).over_budget == 1


def test_an_audience_of_nobody_has_no_forecast():
    assert forecast(Member.objects.none()).recipients == 0


def test_the_forecast_costs_a_few_queries_for_any_audience(django_assert_num_queries):
    for _ in range(3):
        sent(MemberFactory(), 1, days_ago=1)

    with django_assert_num_queries(4):
        forecast(Member.objects.all())


def test_the_head_of_a_group_shows_whether_it_is_silent(client):
    from notifications.services import mute

    subgroup = SubgroupFactory()
    member = member_of(subgroup, language="en")
    client.force_login(member)
    address = f"/groups/{subgroup.slug}/tasks/"
    assert "Silent" not in client.get(address).content.decode()

    mute(member=member, place=subgroup.stream, length="week")

    assert "Silent" in client.get(address).content.decode()
