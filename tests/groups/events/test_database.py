"""The agenda: the database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.events.models import Answer, Event
from groups.events.services import answer_event
from tests.factories import member_of
from tests.groups.events.making import Choice, planned

pytestmark = pytest.mark.django_db


def test_the_database_refuses_impossible_events_and_answers():
    event = planned()
    member = member_of(event.subgroup)
    answer_event(event=event, member=member, choice=Choice.NO)

    for change in ({"ends_at": event.starts_at}, {"capacity": 0}, {"answer_by": event.ends_at + timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(waiting_since=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(event=event, member=member, choice=Choice.YES)
