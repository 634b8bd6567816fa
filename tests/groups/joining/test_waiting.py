"""Asking, waiting, taking roles, being removed, leaving: waiting."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from groups.subgroups.access import is_member
from groups.subgroups.errors import OfferGone
from groups.subgroups.models import WaitingPlace
from groups.subgroups.services import end_membership, take_place, wait_for_place
from groups.subgroups.services.waiting import sweep_waiting
from tests.factories import MemberFactory
from tests.factories_people import full_subgroup

pytestmark = pytest.mark.django_db


def test_a_free_place_goes_to_the_first_in_the_queue_for_72_hours():
    subgroup, inside = full_subgroup()
    first, second = MemberFactory(), MemberFactory()
    wait_for_place(subgroup=subgroup, member=first)
    wait_for_place(subgroup=subgroup, member=second)

    end_membership(subgroup=subgroup, member=inside)

    assert WaitingPlace.objects.get(member=first).offered_at
    with pytest.raises(OfferGone):
        take_place(subgroup=subgroup, member=second)
    take_place(subgroup=subgroup, member=first)
    assert is_member(first, subgroup)


def test_a_place_not_taken_in_72_hours_goes_on_to_the_next():
    subgroup, inside = full_subgroup()
    first, second = MemberFactory(), MemberFactory()
    wait_for_place(subgroup=subgroup, member=first)
    wait_for_place(subgroup=subgroup, member=second)
    end_membership(subgroup=subgroup, member=inside)

    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        sweep_waiting()

        with pytest.raises(OfferGone):
            take_place(subgroup=subgroup, member=first)
        take_place(subgroup=subgroup, member=second)

    assert is_member(second, subgroup)
