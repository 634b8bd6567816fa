"""Asking, waiting, taking roles, being removed, leaving: subgroups come and go."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from groups.events.services import answer_event, plan_event
from groups.people.models import AssociationRole
from groups.people.services import enrol
from groups.subgroups.access import forget_rights, is_member, may, members_of, readable_subgroups
from groups.subgroups.errors import AlreadyDecided, MergedTooLarge, PlacesTaken, UmbrellaFull
from groups.subgroups.models import MAX_MEMBERS, DefaultSubgroup, FormerAddress, Subgroup, SubgroupRole
from groups.subgroups.queries import composition, umbrella_figures
from groups.subgroups.services import (
    add_member,
    align_self_filling,
    archive_subgroup,
    change_subgroup,
    create_subgroup,
    decide_proposal,
    join,
    leave,
    merge_subgroups,
    propose_subgroup,
    split_subgroup,
    switch_module,
)
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_people import managed_subgroup, some_kind
from tests.groups.joining.making import OPEN
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def _open(subgroup):
    Subgroup.objects.filter(pk=subgroup.pk).update(join_policy=OPEN)
    return Subgroup.objects.get(pk=subgroup.pk)


def test_a_proposal_becomes_a_group_that_the_proposer_manages():
    proposer, community_manager = MemberFactory(), member_with(AssociationRole.COMMUNITY_MANAGER)

    proposal = propose_subgroup(by=proposer, name="Breien", description="Samen breien.", kind="interest")
    decide_proposal(proposal=proposal, by=community_manager, accept=True)

    assert may(proposer, "manage_settings", Subgroup.objects.get(name="Breien"))
    with pytest.raises(AlreadyDecided):
        decide_proposal(proposal=proposal, by=community_manager, accept=False)


def test_the_kind_sets_parts_and_joining():
    board = create_subgroup(name="Dagelijks bestuur", description="x", by=None, kind=Subgroup.Kind.BOARD)

    assert board.is_hidden
    assert board.join_policy == Subgroup.JoinPolicy.CLOSED
    assert not board.has_module("pot")


def test_merging_too_many_is_refused_and_merging_keeps_the_old_group_readable():
    source, target = SubgroupFactory(), SubgroupFactory()
    member, manager = member_of(source), member_with(AssociationRole.COMMUNITY_MANAGER)
    Subgroup.objects.filter(pk=target.pk).update(member_count=MAX_MEMBERS)
    with pytest.raises(MergedTooLarge):
        merge_subgroups(source=source, target=target, by=manager)
    Subgroup.objects.filter(pk=target.pk).update(member_count=0)

    merge_subgroups(source=source, target=target, by=manager)

    assert is_member(member, target)
    assert source in readable_subgroups(member)


def test_splitting_keeps_the_first_group_and_its_address(client):
    subgroup, manager = managed_subgroup()
    going, staying = member_of(subgroup), member_of(subgroup)

    part = split_subgroup(subgroup=subgroup, name="Deel twee", description="x", member_ids=[going.pk], by=manager)
    client.force_login(going)

    assert is_member(going, part)
    assert not is_member(staying, part)
    assert client.get(reverse("subgroup-members", args=[subgroup.slug])).status_code == 200


def test_an_old_address_leads_on_for_who_may_see_the_group(client):
    subgroup = SubgroupFactory()
    FormerAddress.objects.create(slug="oude-naam", subgroup=subgroup)
    client.force_login(MemberFactory())

    response = client.get(reverse("subgroup", args=["oude-naam"]))

    assert response.status_code == 301
    assert response["Location"] == subgroup.get_absolute_url()


def test_an_archived_group_gives_its_place_back_and_opens_for_its_members(client):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)

    archive_subgroup(subgroup=subgroup)
    client.force_login(member)
    mine = client.get(subgroup.get_absolute_url()).status_code
    client.force_login(MemberFactory())

    assert mine == 200
    assert client.get(subgroup.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_make_the_fiftieth_group_at_once_make_one():
    for number in range(49):
        Subgroup.objects.create(name=f"Vol {number}", slug=f"vol-{number}", description="x", slot=number + 1)

    results = at_once(
        lambda: create_subgroup(name="A", description="x", by=None),
        lambda: create_subgroup(name="B", description="x", by=None),
    )

    assert sum(isinstance(result, UmbrellaFull) for result in results) == 1
    assert Subgroup.objects.active().count() == 50


def test_places_cannot_be_fewer_than_members():
    subgroup, manager = managed_subgroup()
    member_of(subgroup)

    with pytest.raises(PlacesTaken):
        change_subgroup(subgroup=subgroup, by=manager, places=1)
    with pytest.raises(IntegrityError):
        Subgroup.objects.filter(pk=subgroup.pk).update(places=1025)


def test_a_new_description_counts_as_confirmed():
    subgroup, manager = managed_subgroup()
    Subgroup.objects.filter(pk=subgroup.pk).update(described_at=timezone.now() - timedelta(days=400))

    changed = change_subgroup(subgroup=subgroup, by=manager, description="Nieuw")

    assert timezone.now() - changed.described_at < timedelta(minutes=1)


def test_a_part_that_is_switched_off_is_gone_and_its_contents_stay(client):
    subgroup, manager = managed_subgroup(modules=["chat", "threads"])
    client.force_login(member_of(subgroup))
    before = client.get(reverse("threads", args=[subgroup.slug])).status_code

    switch_module(subgroup=subgroup, module="threads", on=False, by=manager)

    assert before == 200
    assert client.get(reverse("threads", args=[subgroup.slug])).status_code == 404


def test_new_members_of_a_kind_and_of_a_branch_are_placed_by_rule():
    youth = some_kind("Jeugd")
    juniors, branch, branch_news = SubgroupFactory(), SubgroupFactory(kind=Subgroup.Kind.BRANCH), SubgroupFactory()
    DefaultSubgroup.objects.create(subgroup=juniors, kind=youth)
    DefaultSubgroup.objects.create(subgroup=branch_news, branch=branch)
    member = MemberFactory(enrolled=False)

    enrol(member=member, kind=youth)

    assert is_member(member, juniors)
    assert not is_member(member, branch_news)


def test_who_left_a_default_group_by_hand_is_not_put_back():
    from groups.subgroups.services import place_in_defaults

    subgroup = SubgroupFactory()
    DefaultSubgroup.objects.create(subgroup=subgroup)
    member = MemberFactory()
    place_in_defaults(members=[member])
    leave(subgroup=subgroup, member=member)

    place_in_defaults(members=[member])

    assert not is_member(member, subgroup)


def test_who_comes_into_a_branch_is_in_its_groups_at_once():
    branch, follower = SubgroupFactory(kind=Subgroup.Kind.BRANCH, join_policy=OPEN), SubgroupFactory()
    DefaultSubgroup.objects.create(subgroup=follower, branch=branch)
    member = MemberFactory()

    join(subgroup=branch, member=member)

    assert is_member(member, follower)


def test_changing_branch_moves_the_member_and_leaves_exceptions_by_hand_alone():
    utrecht, zwolle = (SubgroupFactory(kind=Subgroup.Kind.BRANCH, join_policy=OPEN) for _ in range(2))
    choir_utrecht, choir_zwolle = SubgroupFactory(), SubgroupFactory()
    for choir, branch in ((choir_utrecht, utrecht), (choir_zwolle, zwolle)):
        DefaultSubgroup.objects.create(subgroup=choir, branch=branch, fills_itself=True)
    mover, friend = MemberFactory(), MemberFactory()
    add_member(subgroup=choir_utrecht, member=friend)
    for member in (mover, friend):
        join(subgroup=utrecht, member=member)

    for member in (mover, friend):
        leave(subgroup=utrecht, member=member)
        join(subgroup=zwolle, member=member)

    def choirs(member):
        forget_rights(member)
        return [is_member(member, choir_utrecht), is_member(member, choir_zwolle)]

    assert choirs(mover) == [False, True]
    assert choirs(friend) == [True, True]  # came by hand, stays by hand


def test_a_group_that_keeps_itself_filled_follows_the_kind_within_a_minute():
    youth = some_kind("Jeugd")
    juniors = SubgroupFactory()
    DefaultSubgroup.objects.create(subgroup=juniors, kind=youth, fills_itself=True)
    present, quitter = MemberFactory(), MemberFactory()
    for member in (present, quitter):
        member.enrolments.update(kind=youth)
    align_self_filling()
    leave(subgroup=juniors, member=quitter)

    moved = align_self_filling()
    inside = list(members_of(juniors))
    present.enrolments.update(kind=some_kind("Lid"))
    align_self_filling()

    assert (moved, inside) == (0, [present])
    assert list(members_of(juniors)) == []
    present.enrolments.update(kind=youth)
    assert align_self_filling() == 1  # gone by rule, so the rule may bring them back


def test_who_leaves_a_group_gives_up_the_places_at_its_events():
    subgroup, manager = managed_subgroup(modules=["agenda"])
    leaver, waiting = member_of(subgroup), member_of(subgroup)
    tomorrow = timezone.now() + timedelta(days=1)
    event = plan_event(
        by=manager, subgroup=subgroup, title="Roeien", starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=1),
        capacity=1,
    )  # fmt: skip
    answer_event(event=event, member=leaver, choice="yes")
    answer_event(event=event, member=waiting, choice="yes")

    leave(subgroup=subgroup, member=leaver)

    assert list(event.answers.values_list("member", "waiting_since")) == [(waiting.pk, None)]


def test_the_composition_merges_small_classes():
    subgroup = SubgroupFactory()
    for _ in range(5):
        member_of(subgroup)
    rare = member_of(subgroup)
    rare.enrolments.update(kind=some_kind("Erelid"))

    shares = composition(subgroup)[0].shares

    assert [share.label for share in shares] == ["Lid"]


def test_the_umbrella_counts_places_and_different_people():
    first, second = SubgroupFactory(), SubgroupFactory()
    member = member_of(first)
    join(subgroup=_open(second), member=member)

    figures = umbrella_figures()

    assert (figures.places_used, figures.members, figures.max_places) == (2, 1, 51_200)


def test_a_branch_shows_its_board_to_everybody_and_another_group_its_managers(client):
    branch, choir = managed_subgroup(kind=Subgroup.Kind.BRANCH)[0], managed_subgroup()[0]
    for subgroup in (branch, choir):
        member_of(subgroup, SubgroupRole.GELDCHEF, first_name=f"Penning{subgroup.pk}")
    client.force_login(MemberFactory())

    shown = [f"Penning{each.pk}" in client.get(each.get_absolute_url()).content.decode() for each in (branch, choir)]

    assert shown == [True, False]


def test_the_composition_counts_roles_without_names():
    subgroup = SubgroupFactory()
    for _ in range(5):
        member_of(subgroup, SubgroupRole.MODERATOR)
    member_of(subgroup, SubgroupRole.GELDCHEF)

    parts = {part.title: [(share.label, share.count) for share in part.shares] for part in composition(subgroup)}

    assert parts["Rollen in de groep"] == [("moderator", 5)]
