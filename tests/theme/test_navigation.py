"""The frame shows the ways that others registered, to whoever may see them."""

from datetime import date

import pytest
from django.test import RequestFactory

from groups.people.models import Enrolment
from groups.people.navigation import own_enrolments
from tests.factories import MemberFactory, MembershipKindFactory
from theme import navigation
from theme.navigation import (
    Entry,
    GroupRow,
    group_rows,
    links,
    member_since,
    provides_groups,
    provides_since,
    register_entry,
)


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    monkeypatch.setattr(navigation, "_registered", navigation._Registered())


def request_for(path="/", pk=7):
    request = RequestFactory().get(path)
    request.user = type("Visitor", (), {"pk": pk})()
    return request


def test_entries_stand_in_their_place_in_order():
    register_entry(Entry("offline", "Offline", "offline", "wifi-off", ("bar", "more"), order=20))
    register_entry(Entry("manifest", "Manifest", "manifest", "info", ("bar",), order=10))

    assert [link.key for link in links(request_for(), "bar")] == ["manifest", "offline"]
    assert [link.key for link in links(request_for(), "more")] == ["offline"]
    assert links(request_for(), "sidebar") == []


def test_entry_that_is_not_for_this_visitor_stays_away():
    register_entry(Entry("desk", "Desk", "offline", "info", ("desk",), shown=lambda request: request.user.pk == 1))

    assert links(request_for(pk=7), "desk") == []
    assert len(links(request_for(pk=1), "desk")) == 1


def test_badge_counts_and_live_stream_names_the_member():
    entry = Entry("n", "N", "offline", "bell", ("tools",), badge=lambda request: 3, live="member.{member} notices")
    register_entry(entry)

    [link] = links(request_for(), "tools")

    assert (link.badge, link.live) == (3, "member.7 notices")


@pytest.mark.parametrize(("path", "current"), [("/offline/", "page"), ("/offline/x/", "true"), ("/elders/", "")])
def test_current_page_is_marked_exactly_and_its_parents_loosely(path, current):
    register_entry(Entry("offline", "Offline", "offline", "wifi-off", ("bar",)))

    [link] = links(request_for(path), "bar")

    assert link.current == current


def test_entry_registered_again_takes_the_place_of_the_first():
    register_entry(Entry("a", "Old", "offline", "info", ("bar",)))
    register_entry(Entry("a", "New", "offline", "info", ("bar",)))

    assert [link.label for link in links(request_for(), "bar")] == ["New"]


def test_unknown_place_is_refused_at_start_up():
    with pytest.raises(ValueError, match="a stands in an unknown place: attic"):
        Entry("a", "A", "offline", "info", ("attic",))


def test_groups_come_from_whoever_knows_them():
    row = GroupRow("Ploeg", "/groups/ploeg/", "ship", "blue", 5)

    assert group_rows(request_for()) == []
    provides_groups(lambda request: [row])

    assert group_rows(request_for()) == [row]


@pytest.mark.django_db
def test_since_when_somebody_belongs_is_asked_in_the_query_that_counts_what_waits(django_assert_num_queries):
    member = MemberFactory()
    before = {"starts_on": date(2014, 3, 1), "ends_on": date(2015, 1, 1)}
    Enrolment.objects.create(member=member, kind=MembershipKindFactory(), **before)
    request = request_for()
    request.user = member
    badge = Entry(
        "n", "N", "offline", "bell", ("tools",), badge=lambda request: Enrolment.objects.filter(member=member)
    )
    register_entry(badge)
    provides_since(own_enrolments, "starts_on")

    with django_assert_num_queries(1):
        [link] = links(request, "tools")
        since = member_since(request)

    assert (link.badge, since) == (2, date(2014, 3, 1))


@pytest.mark.django_db
def test_a_guest_belongs_since_no_day():
    request = request_for()
    request.user = MemberFactory()
    request.user.enrolments.all().delete()
    provides_since(own_enrolments, "starts_on")

    assert member_since(request) is None
