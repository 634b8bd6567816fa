"""Asking, waiting, taking roles, being removed, leaving: removal."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from groups.subgroups.access import is_member
from groups.subgroups.errors import Banned, ReplyTooLate
from groups.subgroups.models import Removal
from groups.subgroups.services import join, lift_ban, remove_member, reply_to_removal
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_people import managed_subgroup
from tests.groups.joining.making import OPEN

pytestmark = pytest.mark.django_db


def test_a_removed_member_reads_why_and_replies_until_the_date():
    subgroup, manager = managed_subgroup()
    member = member_of(subgroup)

    removal = remove_member(subgroup=subgroup, member=member, by=manager, reason="Steeds reclame")
    reply_to_removal(removal=removal, member=member, reply="Dat was niet de bedoeling")

    assert not is_member(member, subgroup)
    assert Removal.objects.get().reply == "Dat was niet de bedoeling"
    assert Notice.objects.filter(member=manager, kind="removal_reply").exists()
    with pytest.raises(ReplyTooLate):
        reply_to_removal(removal=removal, member=member, reply="Nog iets")


def test_a_reply_after_the_date_is_too_late():
    subgroup, manager = managed_subgroup()
    member = member_of(subgroup)
    removal = remove_member(subgroup=subgroup, member=member, by=manager, reason="Reclame")

    with time_machine.travel(timezone.now() + timedelta(days=15)), pytest.raises(ReplyTooLate):
        reply_to_removal(removal=removal, member=member, reply="Hallo")


def test_a_ban_keeps_somebody_out_of_one_open_group_until_its_date():
    subgroup, manager = managed_subgroup(join_policy=OPEN)
    elsewhere = SubgroupFactory(join_policy=OPEN)
    member = member_of(subgroup)
    until = timezone.localdate() + timedelta(days=7)
    remove_member(subgroup=subgroup, member=member, by=manager, reason="Schelden", banned_until=until)

    with pytest.raises(Banned):
        join(subgroup=subgroup, member=member)
    join(subgroup=elsewhere, member=member)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        join(subgroup=subgroup, member=member)

    assert is_member(member, elsewhere)


def test_a_lifted_ban_opens_the_door_at_once():
    subgroup, manager = managed_subgroup(join_policy=OPEN)
    member = member_of(subgroup)
    until = timezone.localdate() + timedelta(days=7)
    removal = remove_member(subgroup=subgroup, member=member, by=manager, reason="Schelden", banned_until=until)

    lift_ban(removal=removal, by=manager)

    assert join(subgroup=subgroup, member=member)


def test_a_removal_without_a_reason_does_not_exist():
    with pytest.raises(IntegrityError):
        Removal.objects.create(member=MemberFactory(), reason="", reply_until=timezone.localdate())


def test_only_the_member_and_the_managers_read_a_removal(client):
    subgroup, manager = managed_subgroup()
    member = member_of(subgroup)
    removal = remove_member(subgroup=subgroup, member=member, by=manager, reason="Reclame")
    url = reverse("removal", args=[removal.pk])

    seen = []
    for person in (member, manager, member_of(subgroup)):
        client.force_login(person)
        seen.append(client.get(url).status_code)

    assert seen == [200, 200, 404]
