"""One poll over several groups (PS-01)."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from groups.subgroups.services import add_member
from polls.access import visible_polls
from polls.models import Elector, Poll
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_polls import make_poll, running_poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups():
    return SubgroupFactory(), SubgroupFactory()


def test_members_of_all_its_groups_vote_and_who_is_in_both_votes_once(groups):
    here, there = groups
    one, other, both = member_of(here), member_of(there), member_of(here)
    add_member(subgroup=there, member=both)
    outsider = member_of(SubgroupFactory())

    poll = running_poll(here, also_in=[there])

    assert set(Elector.objects.filter(poll=poll).values_list("member", flat=True)) == {one.pk, other.pk, both.pk}
    assert list(visible_polls(other)) == [poll]
    assert list(visible_polls(outsider)) == []


def test_it_stands_in_the_list_of_each_group_once(client, groups):
    here, there = groups
    both = member_of(here)
    add_member(subgroup=there, member=both)
    poll = running_poll(here, also_in=[there])
    client.force_login(both)

    for subgroup in groups:
        page = client.get(reverse("subgroup-polls", args=[subgroup.slug])).content.decode()
        assert page.count(poll.get_absolute_url()) == 1
    assert client.get(reverse("polls")).content.decode().count(poll.get_absolute_url()) == 1


def test_the_maker_ticks_only_groups_where_they_may_start_a_poll(client, groups):
    here, there = groups
    maker = member_of(here)
    address = reverse("make-subgroup-poll", args=[here.slug, "gauge"])
    asked = {
        "question": "Samen varen?", "options": "Ja\nNee", "closes_at": "2030-01-01T20:00", "secrecy": "open",
        "shown": "after_close", "audience": "everybody", "most_choices": 1, "also_in": [there.pk],
    }  # fmt: skip
    client.force_login(maker)

    without = client.get(address).content.decode()
    client.post(address, asked)
    refused = Poll.objects.get()
    refused_groups = list(refused.also_in.all())
    add_member(subgroup=there, member=maker)
    page = client.get(address).content.decode()
    client.post(address, asked)

    assert "also_in" not in without
    assert refused_groups == []
    assert there.name in page
    assert list(Poll.objects.exclude(pk=refused.pk).get().also_in.all()) == [there]


def test_a_group_with_polls_switched_off_shows_and_asks_none(groups):
    here, _there = groups
    member = member_of(here)
    running_poll(here)
    here.modules = [code for code in here.modules if code != "polls"]
    here.save()

    assert list(visible_polls(member)) == []


@pytest.mark.parametrize("change", ["add", "remove", "clear"])
def test_the_groups_are_frozen_once_it_is_open(groups, change):
    here, there = groups
    member_of(here)
    poll = running_poll(here, also_in=[] if change == "add" else [there])

    with pytest.raises(DatabaseError), transaction.atomic():
        getattr(poll.also_in, change)(*([] if change == "clear" else [there]))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        if change == "add":
            cursor.execute("INSERT INTO polls_poll_also_in (poll_id, subgroup_id) VALUES (%s, %s)", [poll.pk, there.pk])
        else:
            cursor.execute("DELETE FROM polls_poll_also_in")


def test_a_draft_may_still_change_its_groups(groups):
    here, there = groups
    poll = make_poll(here)

    poll.also_in.add(there)
    poll.also_in.remove(there)

    assert list(poll.also_in.all()) == []


def test_a_poll_of_the_association_has_no_groups_besides(groups):
    MemberFactory()

    assert list(make_poll(None, also_in=groups).also_in.all()) == []
