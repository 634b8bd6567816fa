"""An ambassador sees how many came through the link, and the names of those who allow it, as long as they do."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from community.privacy.models import ConsentAnswer
from groups.people.models import AssociationRole, Member
from groups.subgroups.errors import NewcomersOnly
from groups.subgroups.models import Arrival, Invitation
from groups.subgroups.services import accept_invitation, appoint_ambassador, renew_link
from tests.factories import MemberFactory, MembershipKindFactory, member_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def amber():
    return MemberFactory(first_name="Amber")


@pytest.fixture
def link(amber):
    secretary = member_with(AssociationRole.COMMUNITY_MANAGER)
    return appoint_ambassador(member=amber, by=secretary, kind=MembershipKindFactory(), valid=timedelta(days=90))


def newcomer(link, is_named, **fields):
    member = MemberFactory(enrolled=False, **fields)
    accept_invitation(invitation=link, member=member, is_named=is_named)
    return member


def own_page(client, member):
    client.force_login(member)
    return client.get(reverse("own-link")).content.decode()


def sign_up(client, link, **box):
    token = renew_link(invitation=link)
    client.post(reverse("answer-invitation", args=[token, "start"]), box)
    client.post(
        reverse("account_signup"),
        {
            "first_name": "Nieuwkomer",
            "last_name": "Voorbeeld",
            "email": "nieuw@vereniging.example",
            "password1": "water-op-de-plas-19",
            "password2": "water-op-de-plas-19",
        },
    )
    client.logout()
    return Member.objects.get(email="nieuw@vereniging.example")


def test_the_box_is_off_and_without_it_only_the_number_is_seen(client, amber, link):
    token = renew_link(invitation=link)
    page = client.get(reverse("invitation", args=[token])).content.decode()

    member = sign_up(client, link)

    assert 'name="is_named"' in page
    assert 'name="is_named" checked' not in page
    assert not ConsentAnswer.objects.filter(member=member).exists()
    assert "<dd>1</dd>" in own_page(client, amber)
    assert "Nieuwkomer" not in own_page(client, amber)


def test_who_ticks_the_box_is_seen_by_name_and_the_answer_is_kept_with_its_words(client, amber, link):
    member = sign_up(client, link, is_named="on")

    answer = ConsentAnswer.objects.get(member=member)
    assert (answer.purpose, answer.is_given) == ("ambassador", True)
    assert "ambassadeur" in answer.words
    assert "Nieuwkomer" in own_page(client, amber)


def test_taking_it_back_works_at_once_and_both_answers_stay(client, amber, link):
    member = newcomer(link, True, first_name="Nieuwkomer")
    client.force_login(member)
    page = client.get(reverse("privacy")).content.decode()

    client.post(reverse("privacy-consent", args=["ambassador"]), {"answer": "no"})

    assert reverse("privacy-consent", args=["ambassador"]) in page
    assert [answer.is_given for answer in ConsentAnswer.objects.filter(member=member)] == [False, True]
    assert "Nieuwkomer" not in own_page(client, amber)
    assert "<dd>1</dd>" in own_page(client, amber)


def test_it_can_be_allowed_later(client, amber, link):
    member = newcomer(link, False, first_name="Nieuwkomer")
    client.force_login(member)

    client.post(reverse("privacy-consent", args=["ambassador"]), {"answer": "yes"})

    assert "Nieuwkomer" in own_page(client, amber)


def test_no_other_ambassador_and_no_other_member_sees_the_name(client, link):
    newcomer(link, True, first_name="Nieuwkomer")
    other = MemberFactory()
    by = member_with(AssociationRole.COMMUNITY_MANAGER)
    appoint_ambassador(member=other, by=by, kind=MembershipKindFactory(), valid=timedelta(days=9))

    assert "Nieuwkomer" not in own_page(client, other)
    assert "Nieuwkomer" not in own_page(client, by)  # who may make ambassadors reads numbers there
    assert "Nieuwkomer" not in client.get(reverse("ambassadors")).content.decode()


def test_who_left_the_house_is_named_no_more(client, amber, link):
    member = newcomer(link, True, first_name="Nieuwkomer")
    Member.objects.filter(pk=member.pk).update(is_active=False)

    assert "Nieuwkomer" not in own_page(client, amber)


def test_who_did_not_come_through_an_ambassador_is_not_asked(client):
    client.force_login(MemberFactory())

    page = client.get(reverse("privacy")).content.decode()
    answer = client.post(reverse("privacy-consent", args=["ambassador"]), {"answer": "yes"})

    assert reverse("privacy-consent", args=["ambassador"]) not in page
    assert answer.status_code == 404


def test_a_member_does_not_count_as_a_newcomer(client, link):
    with pytest.raises(NewcomersOnly):
        accept_invitation(invitation=link, member=MemberFactory())

    assert Invitation.objects.get(pk=link.pk).uses == 0
    assert not Arrival.objects.exists()


def test_the_database_notes_an_arrival_once(link):
    member = newcomer(link, False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.create(invitation=link, member=member)


def test_the_page_costs_the_same_for_any_number_of_names(client, amber, link, django_assert_max_num_queries):
    newcomer(link, True)
    own_page(client, amber)
    with django_assert_max_num_queries(40) as one:
        client.get(reverse("own-link"))
    for _ in range(3):
        newcomer(link, True)

    with django_assert_max_num_queries(len(one)):
        client.get(reverse("own-link"))
