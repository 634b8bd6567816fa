"""Asking, waiting, taking roles, being removed, leaving: asking."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from groups.subgroups.access import is_member
from groups.subgroups.errors import AlreadyAsked, AlreadyDecided, NotOpenToJoin
from groups.subgroups.models import JoinRequest, Subgroup, SubgroupRole
from groups.subgroups.services import ask_to_join, decide_request
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_people import managed_subgroup
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


REQUEST = Subgroup.JoinPolicy.REQUEST


def test_a_request_is_decided_by_a_manager_and_answered():
    subgroup, manager = managed_subgroup(join_policy=REQUEST)
    member = MemberFactory()

    request = ask_to_join(subgroup=subgroup, member=member, text="Ik wandel graag")
    decide_request(join_request=request, by=manager, accept=True, answer="Welkom")

    assert is_member(member, subgroup)
    assert Notice.objects.filter(member=manager, kind="join_request").exists()
    assert Notice.objects.filter(member=member, kind="join_answer").exists()


def test_one_asks_once_and_only_where_one_may_ask():
    subgroup, _manager = managed_subgroup(join_policy=REQUEST)
    member = MemberFactory()
    ask_to_join(subgroup=subgroup, member=member)

    with pytest.raises(AlreadyAsked):
        ask_to_join(subgroup=subgroup, member=member)
    with pytest.raises(NotOpenToJoin):
        ask_to_join(subgroup=SubgroupFactory(join_policy=Subgroup.JoinPolicy.CLOSED), member=member)
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.create(subgroup=subgroup, member=member)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_managers_who_accept_at_once_let_one_person_in_once():
    subgroup, manager = managed_subgroup(join_policy=REQUEST)
    second = member_of(subgroup, SubgroupRole.MANAGER)
    request = ask_to_join(subgroup=subgroup, member=MemberFactory())

    results = at_once(
        lambda: decide_request(join_request=request, by=manager, accept=True),
        lambda: decide_request(join_request=request, by=second, accept=True),
    )

    assert sum(isinstance(result, AlreadyDecided) for result in results) == 1
    assert Subgroup.objects.get(pk=subgroup.pk).member_count == 3


def test_the_desk_shows_requests_and_only_managers_decide(client):
    subgroup, manager = managed_subgroup(join_policy=REQUEST)
    request = ask_to_join(subgroup=subgroup, member=MemberFactory(first_name="Fenna"))
    url = reverse("decide-request", args=[subgroup.slug, request.pk])

    client.force_login(member_of(subgroup))
    refused = client.post(url, {"decision": "yes"})
    client.force_login(manager)
    desk = client.get(reverse("desk-requests", args=[subgroup.slug]))
    client.post(url, {"decision": "yes"})

    assert refused.status_code == 404
    assert "Fenna" in desk.content.decode()
    assert is_member(request.member, subgroup)
