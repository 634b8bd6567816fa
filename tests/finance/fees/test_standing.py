"""Groups for who paid: open within the same minute, closed after the grace; votes stay whatever happens."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from finance.fees.models import FeeGrant, Part
from finance.fees.services import record_cash, set_condition
from finance.fees.standing import align_places
from groups.subgroups.access import belonging_ids, entered_subgroups, is_member
from groups.subgroups.services import add_member
from groups.subgroups.streams import subgroup_streams
from tests.factories import MembershipKindFactory, SubgroupFactory
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer

pytestmark = pytest.mark.django_db


@pytest.fixture
def barred():
    """A member in a group that is only for who paid, with an open invoice."""
    plan_for(grace_days=30)
    member, by, group = enrolled(date(2020, 1, 1)), treasurer(), SubgroupFactory()
    add_member(subgroup=group, member=member)
    charge_year(by=by)
    set_condition(subgroup=group, needs_paid_fee=True, kinds=[], by=by)
    return member, by, group


def enters(member, group) -> bool:
    fresh = type(member).objects.get(pk=member.pk)  # rights are kept on the object
    listed = entered_subgroups(fresh).filter(pk=group.pk).exists()
    assert listed == is_member(fresh, group) == (f"subgroup.{group.pk}" in subgroup_streams(fresh))
    return listed


def test_paying_opens_and_the_end_of_the_period_with_grace_closes(barred, client):
    member, by, group = barred
    client.force_login(member)
    chat = reverse("subgroup-members", args=[group.slug])
    assert not enters(member, group)
    assert client.get(chat).status_code == 404

    record_cash(part=Part.objects.get(), cents=120_00, by=by)

    assert enters(member, group)
    assert client.get(chat).status_code == 200
    with time_machine.travel(date(2027, 1, 30)):
        align_places()
        assert enters(member, group)
    with time_machine.travel(date(2027, 1, 31)):
        assert align_places() == 1
        assert align_places() == 0
        assert not enters(member, group)


def test_in_parts_it_is_open_as_long_as_none_is_late(barred):
    member, by, group = barred
    part = Part.objects.get()
    record_cash(part=part, cents=20_00, by=by)
    assert enters(member, group)

    Part.objects.filter(pk=part.pk).update(due_on=date(2026, 11, 17))
    align_places()

    assert not enters(member, group)


def test_the_vote_stays(barred):
    member, _by, group = barred

    assert group.pk in belonging_ids(member).values_list("pk", flat=True)


def test_who_is_exempt_need_not_pay_and_kinds_are_asked_apart(barred):
    member, by, group = barred
    FeeGrant.objects.create(member=member, kind="exempt", reason="Erelid", starts_on=date(2020, 1, 1))
    align_places()
    assert enters(member, group)

    set_condition(subgroup=group, needs_paid_fee=True, kinds=[MembershipKindFactory(name="Jeugd")], by=by)
    assert not enters(member, group)
    set_condition(subgroup=group, needs_paid_fee=False, kinds=[MembershipKindFactory(name="Lid")], by=by)
    assert enters(member, group)
    set_condition(subgroup=group, needs_paid_fee=False, kinds=[], by=by)
    assert enters(member, group)


def test_a_reversed_payment_closes_at_once(barred):
    from finance.fees.services import take_back_cash

    member, by, group = barred
    allocation = record_cash(part=Part.objects.get(), cents=120_00, by=by)[0]
    assert enters(member, group)

    take_back_cash(allocation=allocation, by=by)

    assert not enters(member, group)


def test_other_groups_are_not_touched(barred):
    member, _by, _group = barred
    other = SubgroupFactory()
    add_member(subgroup=other, member=member)

    assert enters(member, other)
