"""Who opened the answers that a member shows to few, and that the member reads it back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from finance.fees.services import payer_of
from groups.people.models import AssociationRole, Audience, Look, ProfileField
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_fees import enrolled, plan_for

pytestmark = pytest.mark.django_db


def person_with(audience, value="06-12345678"):
    subgroup = SubgroupFactory()
    person = member_of(subgroup)
    field = ProfileField.objects.create(name="Noodnummer")
    person.profile_values.create(field=field, value=value, audience=audience)
    return subgroup, person


def open_profile(client, viewer, person):
    client.force_login(viewer)
    return client.get(reverse("member", args=[person.pk])).content.decode()


def test_a_board_member_who_opens_it_is_noted_once_a_day_and_the_member_reads_it(client):
    _subgroup, person = person_with(Audience.BOARD)
    board = member_with(AssociationRole.BOARD)

    assert "06-12345678" in open_profile(client, board, person)
    open_profile(client, board, person)

    assert list(Look.objects.values_list("viewed", "viewer", "audience")) == [(person.pk, board.pk, Audience.BOARD)]
    client.force_login(person)
    page = client.get(reverse("privacy-who")).content.decode()
    assert page.count("wo 18 nov") == 1
    assert board.display_name not in page


def test_what_everybody_may_see_is_no_look(client):
    subgroup, person = person_with(Audience.MEMBERS)

    open_profile(client, member_with(AssociationRole.BOARD), person)
    open_profile(client, member_of(subgroup), person)

    assert not Look.objects.exists()


def test_who_is_not_shown_it_and_the_member_self_leave_no_trace(client):
    _subgroup, person = person_with(Audience.BOARD)

    assert "06-12345678" not in open_profile(client, MemberFactory(), person)
    open_profile(client, person, person)

    assert not Look.objects.exists()


def test_a_look_is_always_in_a_role():
    with pytest.raises(IntegrityError), transaction.atomic():
        Look.objects.create(viewed=MemberFactory(), viewer=MemberFactory(), audience=Audience.MEMBERS)


def looks_read_by(client, person) -> str:
    client.force_login(person)
    return client.get(reverse("privacy-who")).content.decode()


def test_who_opens_the_page_in_the_register_or_of_the_fees_is_noted_once_a_day_for_each(client):
    plan_for()
    person = enrolled(date(2020, 1, 1))
    secretary, treasurer = member_with(AssociationRole.COMMUNITY_MANAGER), member_with(AssociationRole.TREASURER)
    payer = payer_of(person)
    for viewer, address in (
        (secretary, reverse("member-record", args=[person.pk])),
        (treasurer, reverse("fee-payer", args=[payer.pk])),
    ):
        client.force_login(viewer)
        assert client.get(address).status_code == client.get(address).status_code == 200

    assert set(Look.objects.values_list("viewed", "viewer", "where")) == {
        (person.pk, secretary.pk, "record"),
        (person.pk, treasurer.pk, "fees"),
    }
    page = looks_read_by(client, person)
    assert "je pagina in het ledenregister" in page
    assert "je contributie en rekening" in page
    assert secretary.display_name not in page


def test_who_may_not_open_it_leaves_no_trace(client):
    person = MemberFactory()
    client.force_login(member_with(AssociationRole.AUDITOR))

    assert client.get(reverse("member-record", args=[person.pk])).status_code == 403

    assert not Look.objects.exists()


def test_each_member_reads_when_the_whole_register_was_taken_out(client):
    person, secretary = MemberFactory(), member_with(AssociationRole.COMMUNITY_MANAGER)
    assert "Het hele register" not in looks_read_by(client, person)
    log_in_freshly(client, secretary)
    client.post(reverse("register-export"))

    page = looks_read_by(client, person)

    assert "Het hele register" in page
    assert secretary.display_name not in page
