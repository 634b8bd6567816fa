"""The agenda: who sees it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.events.access import visible_events
from groups.events.errors import NotYourAgenda
from groups.events.services import plan_event
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import add_member, archive_subgroup, end_membership
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.groups.events.making import ids, planned

pytestmark = pytest.mark.django_db


def test_events_of_a_group_are_for_its_members_now_and_those_of_the_association_for_everybody():
    subgroup = SubgroupFactory()
    member, outsider, guest = member_of(subgroup), MemberFactory(), MemberFactory(enrolled=False)
    own = planned(subgroup)
    everybodys = plan_event(
        by=member_with(AssociationRole.BOARD), subgroup=None, title="Open dag", starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip

    assert ids(visible_events(member)) == {own.pk, everybodys.pk}
    assert ids(visible_events(outsider)) == {everybodys.pk}
    assert ids(visible_events(guest)) == set()


def test_who_left_or_whose_group_has_no_agenda_sees_nothing_and_an_archived_group_is_read_back_only(client):
    leaver_group, archived, without = SubgroupFactory(), SubgroupFactory(), SubgroupFactory()
    member = member_of(leaver_group)
    for subgroup in (archived, without):
        add_member(subgroup=subgroup, member=member)
    events = [planned(subgroup) for subgroup in (leaver_group, archived, without)]

    end_membership(subgroup=leaver_group, member=member)
    archive_subgroup(subgroup=archived)
    without.modules = ["chat"]
    without.save()
    client.force_login(member)

    left, kept, off = events
    assert ids(visible_events(member)) == {kept.pk}
    assert client.post(reverse("answer-event", args=[kept.pk]), {"choice": "yes"}).status_code == 422
    assert not kept.answers.exists()
    for event in (left, off):
        for name in ("event", "event-ics"):
            assert client.get(reverse(name, args=[event.pk])).status_code == 404
        assert client.post(reverse("answer-event", args=[event.pk]), {"choice": "yes"}).status_code == 404
    assert client.get(reverse("subgroup-agenda", args=[without.slug])).status_code == 404


def test_only_who_may_plan_plans():
    subgroup = SubgroupFactory()

    with pytest.raises(NotYourAgenda):
        planned(subgroup, by=member_of(subgroup))
    with pytest.raises(NotYourAgenda):
        plan_event(
            by=member_of(subgroup, SubgroupRole.MANAGER), subgroup=None, title="x", starts_at=timezone.now(),
            ends_at=timezone.now() + timedelta(hours=1),
        )  # fmt: skip


def test_the_buttons_of_the_organiser_are_refused_to_others(client):
    event = planned()
    client.force_login(member_of(event.subgroup))

    assert client.get(reverse("edit-event", args=[event.pk])).status_code == 403
    assert client.post(reverse("cancel-event", args=[event.pk])).status_code == 403
    assert client.get(reverse("new-subgroup-event", args=[event.subgroup.slug])).status_code == 403
    assert event.code not in client.get(event.get_absolute_url()).content.decode()
