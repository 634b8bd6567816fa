import datetime
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from groups.people.access import may_for_association
from groups.people.models import AssociationRole
from groups.people.services import grant_role
from groups.subgroups.access import entered_subgroups, forget_rights, is_member, may, visible_subgroups
from groups.subgroups.errors import LastManager, NotOpenToJoin, SubgroupFull, UmbrellaFull
from groups.subgroups.models import MAX_MEMBERS, Subgroup, SubgroupRole
from groups.subgroups.services import (
    add_member,
    archive_subgroup,
    end_membership,
    grant_subgroup_role,
    invite_member,
    join,
    leave,
    switch_right,
)
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def test_the_51st_active_subgroup_is_refused_until_one_is_archived():
    subgroups = [SubgroupFactory() for _ in range(50)]

    with pytest.raises(UmbrellaFull):
        SubgroupFactory()
    archive_subgroup(subgroup=subgroups[7])
    replacement = SubgroupFactory()

    assert Subgroup.objects.active().count() == 50
    assert replacement.slot == 8


def test_the_database_itself_knows_no_51st_place():
    with pytest.raises(IntegrityError), transaction.atomic():
        Subgroup.objects.create(name="Te veel", slug="te-veel", description="x", slot=51)


def test_the_database_itself_refuses_a_subgroup_without_description():
    with pytest.raises(IntegrityError), transaction.atomic():
        Subgroup.objects.create(name="Leeg", slug="leeg", description="", slot=1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_joins_at_once_for_the_last_place_leave_one_member_and_one_refusal():
    subgroup = SubgroupFactory()
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=MAX_MEMBERS - 1)
    first, second = MemberFactory(), MemberFactory()

    answers = at_once(
        lambda: add_member(subgroup=subgroup, member=first), lambda: add_member(subgroup=subgroup, member=second)
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Membership", "SubgroupFull"]
    assert subgroup.memberships.active().count() == 1
    assert Subgroup.objects.get(pk=subgroup.pk).member_count == MAX_MEMBERS


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_new_subgroups_at_once_for_the_last_place_leave_fifty():
    for _ in range(49):
        SubgroupFactory()

    answers = at_once(lambda: SubgroupFactory(name="Links"), lambda: SubgroupFactory(name="Rechts"))

    assert sorted(type(answer).__name__ for answer in answers) == ["Subgroup", "UmbrellaFull"]
    assert Subgroup.objects.active().count() == 50


def test_a_full_subgroup_refuses_with_the_limit_in_words():
    subgroup = SubgroupFactory()
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=MAX_MEMBERS)

    with pytest.raises(SubgroupFull) as refusal:
        add_member(subgroup=subgroup, member=MemberFactory())

    with translation.override("en"):
        assert "1,024" in str(refusal.value)


def test_joining_twice_keeps_one_place():
    subgroup = SubgroupFactory(join_policy=Subgroup.JoinPolicy.OPEN)
    member = MemberFactory()

    first, second = join(subgroup=subgroup, member=member), join(subgroup=subgroup, member=member)

    assert first == second
    assert Subgroup.objects.get(pk=subgroup.pk).member_count == 1


def test_only_an_open_subgroup_is_joined_by_own_choice():
    with pytest.raises(NotOpenToJoin):
        join(subgroup=SubgroupFactory(join_policy=Subgroup.JoinPolicy.REQUEST), member=MemberFactory())


def test_who_leaves_and_comes_back_has_two_periods():
    subgroup = SubgroupFactory()
    member = member_of(subgroup)

    leave(subgroup=subgroup, member=member)
    add_member(subgroup=subgroup, member=member)

    assert subgroup.memberships.count() == 2
    assert Subgroup.objects.get(pk=subgroup.pk).member_count == 1


def test_the_only_manager_cannot_leave_and_a_second_one_can():
    subgroup = SubgroupFactory(manager=MemberFactory(first_name="Oud"))
    manager = subgroup.memberships.get().member

    with pytest.raises(LastManager):
        leave(subgroup=subgroup, member=manager)
    member_of(subgroup, SubgroupRole.MANAGER)
    leave(subgroup=subgroup, member=manager)

    assert not is_member(manager, subgroup)


def test_a_hidden_subgroup_exists_only_for_its_members_and_community_managers():
    hidden = SubgroupFactory(is_hidden=True)
    outsider, insider = MemberFactory(), member_of(hidden)
    community_manager = member_with(AssociationRole.COMMUNITY_MANAGER)

    assert hidden not in visible_subgroups(outsider)
    assert hidden in visible_subgroups(insider)
    assert hidden in visible_subgroups(community_manager)
    assert hidden not in entered_subgroups(community_manager)


def test_rights_come_with_the_role_and_go_with_the_membership():
    subgroup = SubgroupFactory()
    geldchef, plain = member_of(subgroup, SubgroupRole.GELDCHEF), member_of(subgroup)

    assert may(geldchef, "open_pot", subgroup)
    assert may(plain, "post_chat", subgroup)
    assert not may(plain, "open_pot", subgroup)
    end_membership(subgroup=subgroup, member=geldchef)

    assert not may(geldchef, "open_pot", subgroup)
    assert not may(geldchef, "post_chat", subgroup)
    assert not geldchef.groups.exists()


def test_a_role_with_an_end_date_gives_nothing_after_that_midnight():
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    today = timezone.localdate()
    grant_subgroup_role(subgroup=subgroup, member=member, role=SubgroupRole.MANAGER, by=None, ends_on=today)
    assert may(member, "manage_members", subgroup)

    with time_machine.travel(datetime.datetime.combine(today, datetime.time(23, 30)) + datetime.timedelta(hours=1)):
        forget_rights(member)

        assert not may(member, "manage_members", subgroup)
        assert may(member, "post_chat", subgroup)


def test_an_association_role_holds_only_between_its_dates():
    member = MemberFactory()
    today = timezone.localdate()
    grant_role(member=member, role=AssociationRole.TREASURER, by=None, ends_on=today)
    assert may_for_association(member, "book")

    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        forget_rights(member)

        assert not may_for_association(member, "book")


def test_a_switched_off_right_is_gone_for_members_and_stays_for_managers():
    subgroup = SubgroupFactory()
    plain, manager = member_of(subgroup), member_of(subgroup, SubgroupRole.MANAGER)

    switch_right(subgroup=subgroup, role=SubgroupRole.MEMBER, right="post_chat", on=False)

    assert not may(plain, "post_chat", subgroup)
    assert may(manager, "post_chat", subgroup)


def test_all_rights_of_a_member_are_asked_in_two_queries(django_assert_num_queries):
    subgroups = [SubgroupFactory() for _ in range(3)]
    member = member_of(subgroups[0])
    for subgroup in subgroups[1:]:
        add_member(subgroup=subgroup, member=member)
    forget_rights(member)

    with django_assert_num_queries(2):
        assert all(may(member, "reply", subgroup) for subgroup in subgroups)


# --- The picture ------------------------------------------------------------------------------------
def photo(size=(900, 300)):
    target = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Thuis"
    Image.new("RGB", size, "teal").save(target, "JPEG", exif=exif)
    return SimpleUploadedFile("foto.jpg", target.getvalue(), "image/jpeg")


def test_a_manager_gives_the_group_a_picture_and_takes_it_away(client):
    subgroup = SubgroupFactory()
    client.force_login(member_of(subgroup, SubgroupRole.MANAGER))
    address = reverse("desk-picture", args=[subgroup.slug])

    client.post(address, {"picture_file": photo()})
    served = client.get(reverse("subgroup-picture", args=[subgroup.slug]))
    picture = Image.open(BytesIO(served.getvalue()))
    client.post(address, {})

    assert (picture.format, picture.size, dict(picture.getexif())) == ("WEBP", (1200, 400), {})
    assert client.get(reverse("subgroup-picture", args=[subgroup.slug])).status_code == 404


def test_what_is_no_picture_is_refused_in_words(client):
    subgroup = SubgroupFactory()
    client.force_login(member_of(subgroup, SubgroupRole.MANAGER))
    broken = SimpleUploadedFile("foto.jpg", b"<svg onload=alert(1)>", "image/jpeg")

    answer = client.post(reverse("desk-picture", args=[subgroup.slug]), {"picture_file": broken})

    assert answer.status_code == 422
    assert "JPEG, PNG of WebP" in answer.content.decode()


def test_the_picture_of_a_hidden_group_is_for_who_may_know_of_it(client):
    subgroup = SubgroupFactory(is_hidden=True)
    manager, invited = member_of(subgroup, SubgroupRole.MANAGER), MemberFactory(consent="members")
    client.force_login(manager)
    client.post(reverse("desk-picture", args=[subgroup.slug]), {"picture_file": photo()})
    invite_member(subgroup=subgroup, member=invited, by=manager)

    seen = {}
    for name, member in {"manager": manager, "invited": invited, "stranger": MemberFactory()}.items():
        client.force_login(member)
        seen[name] = client.get(reverse("subgroup-picture", args=[subgroup.slug])).status_code

    assert seen == {"manager": 200, "invited": 200, "stranger": 404}
