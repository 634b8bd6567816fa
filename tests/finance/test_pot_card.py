"""The pot beside the talk of its group."""

import pytest
from django.urls import reverse

from finance.pots.models import Pot
from groups.subgroups.services import end_membership
from tests.factories import MemberFactory, member_of
from tests.factories_finance import asked_pot, pot_in

pytestmark = pytest.mark.django_db


def discussions(client, member, subgroup):
    client.force_login(member)
    return client.get(reverse("threads", args=[subgroup.slug])).content.decode()


def test_it_shows_the_total_and_leads_to_the_own_payment(client):
    pot, _chef, requests = asked_pot(goal_cents=85_00)

    page = discussions(client, requests[0].party.member, pot.subgroup)

    assert 'id="pot-total"' in page
    assert f'href="{requests[0].get_absolute_url()}"' in page


def test_who_owes_nothing_sees_no_button_to_pay(client):
    pot, chef, requests = asked_pot()

    page = discussions(client, chef, pot.subgroup)

    assert 'id="pot-total"' in page
    assert not [request for request in requests if request.get_absolute_url() in page]


def test_the_pot_with_the_own_request_goes_before_a_newer_one(client):
    pot, chef, requests = asked_pot(name="Zomertocht")
    pot_in(pot.subgroup, chef, name="Verjaardag")

    page = discussions(client, requests[0].party.member, pot.subgroup)

    assert f'<a href="{pot.get_absolute_url()}">Zomertocht</a>' in page


def test_a_surprise_stays_hidden_from_whom_it_is_for(client):
    pot, _chef, _requests = asked_pot(members=1)
    surprised = member_of(pot.subgroup)
    Pot.objects.filter(pk=pot.pk).update(hidden_from=surprised)

    assert 'id="pot-total"' not in discussions(client, surprised, pot.subgroup)


def test_who_left_the_group_and_who_never_was_in_it_see_no_pot(client):
    pot, _chef, requests = asked_pot()
    leaver = requests[0].party.member
    end_membership(subgroup=pot.subgroup, member=leaver)

    for stranger in (leaver, MemberFactory()):
        assert 'id="pot-total"' not in discussions(client, stranger, pot.subgroup)
