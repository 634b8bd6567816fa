"""Announcements: pins."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.pages.errors import TooManyPins
from groups.people.models import AssociationRole
from tests.factories import member_with
from tests.factories_pages import draft, published

pytestmark = pytest.mark.django_db


def test_the_fourth_pin_is_refused_and_a_pin_lapses_by_itself(time_machine):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for _ in range(3):
        published(time_machine, by=manager, pinned_until=tomorrow)

    with pytest.raises(TooManyPins):
        draft(by=manager, pinned_until=tomorrow)
    time_machine.shift(timedelta(days=2))
    published(time_machine, by=manager, pinned_until=timezone.localdate() + timedelta(days=1))
