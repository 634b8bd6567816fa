"""Asking, waiting, taking roles, being removed, leaving: leaving."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groups.people.models import Member
from groups.people.services import end_enrolment
from groups.subgroups.access import is_member
from groups.subgroups.models import Departure
from groups.subgroups.queries import departure_totals
from groups.subgroups.services import leave
from tests.factories import SubgroupFactory, member_of

pytestmark = pytest.mark.django_db


def test_reasons_for_leaving_are_totals_of_five_and_never_names():
    subgroup = SubgroupFactory()
    for _ in range(4):
        leave(subgroup=subgroup, member=member_of(subgroup), reason="no_time")
    four = departure_totals(subgroup)
    leave(subgroup=subgroup, member=member_of(subgroup), reason="no_time")

    assert four == []
    assert [share.count for share in departure_totals(subgroup)] == [5]
    assert not any(field.related_model is Member for field in Departure._meta.get_fields())


def test_leaving_takes_two_taps(client):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    client.force_login(member)

    client.get(reverse("leave-subgroup", args=[subgroup.slug]))
    client.post(reverse("leave-subgroup", args=[subgroup.slug]))

    assert not is_member(Member.objects.get(pk=member.pk), subgroup)


def test_who_leaves_the_association_loses_every_place_on_that_day():
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    end_enrolment(member=member, by=None, ends_on=timezone.localdate())
    still = is_member(member, subgroup)

    from groups.subgroups.services.defaults import end_places_without_enrolment

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        end_places_without_enrolment()

    assert still
    assert not subgroup.memberships.active().filter(member=member).exists()
