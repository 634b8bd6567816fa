"""The first rows of many rooms in one query, as the objects that a query of their own would give."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from groups.events.models import Event
from groups.events.queries import next_events_of
from groups.people.models import Member
from tests.factories import SubgroupFactory
from theme.together import Together

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


def planned(subgroup, title: str, days: int, **fields) -> Event:
    start = timezone.now() + timedelta(days=days)
    return Event.objects.create(
        subgroup=subgroup, title=title, starts_at=start, ends_at=start + timedelta(hours=2), **fields
    )


def test_the_first_rows_come_in_their_order_and_no_more_than_asked(subgroup):
    for days in (9, 3, 6):
        planned(subgroup, f"over {days} dagen", days)
    questions = Together()

    questions.first("soon", next_events_of(subgroup), "title", limit=2)

    assert [event.title for event in questions["soon"]] == ["over 3 dagen", "over 6 dagen"]


def test_moments_truths_and_annotations_are_what_a_query_of_their_own_gives(subgroup):
    planned(subgroup, "Tocht “naar zee”", 3, is_all_day=True)
    rows = next_events_of(subgroup).annotate(soon=F("starts_at"))
    questions = Together()

    questions.first("soon", rows, "title", "starts_at", "is_all_day", "going", "soon", limit=1)

    names = ("pk", "title", "starts_at", "is_all_day", "going", "soon")
    [found] = questions["soon"]
    assert [getattr(found, name) for name in names] == [getattr(rows.get(), name) for name in names]


def test_a_field_that_was_not_named_is_fetched_when_it_is_touched(subgroup):
    event = planned(subgroup, "Tocht", 3, place="Haven")
    questions = Together()
    questions.first("soon", next_events_of(subgroup), "title", limit=1)

    assert questions["soon"][0].place == "Haven"
    assert questions["soon"] == [event]


def test_nothing_found_is_an_empty_list(subgroup):
    questions = Together()

    questions.first("soon", next_events_of(subgroup), "title", limit=3)
    questions.first("nobody", Member.objects.none(), "first_name", limit=3)

    assert questions["soon"] == questions["nobody"] == []


def test_questions_of_every_sort_go_in_one_query(subgroup, django_assert_num_queries):
    planned(subgroup, "Tocht", 3)
    questions = Together()
    events = Event.objects.filter(subgroup=subgroup)

    questions.count("number", events)
    questions.any("any", events)
    questions.first("first", events, "title", limit=1)

    with django_assert_num_queries(1):
        assert (questions["number"], questions["any"], questions["first"][0].title) == (1, True, "Tocht")
