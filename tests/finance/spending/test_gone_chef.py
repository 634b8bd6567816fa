"""A Geldchef who left: the treasurer stands in, and money that goes elsewhere still needs two people."""

import pytest
from django.urls import reverse

from finance.ledger.models import Entry
from finance.ledger.seals import faults
from finance.pots.errors import NotAllowed
from finance.pots.models import Pot
from finance.pots.queries import pot_balance
from finance.pots.services import close_pot, confirm_closing, keep_open, offer_handover
from groups.people.models import AssociationRole
from groups.subgroups.models import Membership
from tests.entry import log_in_freshly
from tests.factories import member_with
from tests.finance.spending.making import paid_pot

pytestmark = pytest.mark.django_db


@pytest.fixture
def left_pot():
    """A pot with money of which the Geldchef is not in the group any more, and the treasurer."""
    pot, chef, _member, treasurer = paid_pot()
    Membership.objects.filter(subgroup=pot.subgroup, member=chef).update(left_at=pot.opened_at)
    return pot, chef, treasurer


def fresh(pot) -> Pot:
    return Pot.objects.get(pk=pot.pk)


def test_the_treasurer_asks_and_the_board_agrees(left_pot):
    pot, chef, treasurer = left_pot
    board = member_with(AssociationRole.BOARD)

    close_pot(pot=pot, by=treasurer, surplus="association")
    for nobody in (treasurer, chef, member_with(AssociationRole.AUDITOR)):
        with pytest.raises(NotAllowed):
            confirm_closing(pot=fresh(pot), by=nobody)
    assert fresh(pot).status == "closing"
    confirm_closing(pot=fresh(pot), by=board)

    assert (fresh(pot).status, pot_balance(pot).total_cents) == ("closed", 0)
    entry = Entry.objects.get(kind="ring_transfer")
    assert {entry.approver_one_id, entry.approver_two_id} == {treasurer.pk, board.pk}
    assert faults() == []


def test_the_board_agrees_to_no_closing_that_a_geldchef_asks_for():
    pot, chef, _member, treasurer = paid_pot()
    close_pot(pot=pot, by=chef, surplus="association")

    with pytest.raises(NotAllowed):
        confirm_closing(pot=fresh(pot), by=member_with(AssociationRole.BOARD))
    confirm_closing(pot=fresh(pot), by=treasurer)
    assert fresh(pot).status == "closed"


def test_who_asked_and_left_stops_nobody_from_agreeing():
    pot, chef, _member, treasurer = paid_pot()
    close_pot(pot=pot, by=chef, surplus="association")
    Membership.objects.filter(subgroup=pot.subgroup, member=chef).update(left_at=pot.opened_at)

    confirm_closing(pot=fresh(pot), by=treasurer)

    assert fresh(pot).status == "closed"


def test_thinking_again_forgets_who_asked(left_pot):
    pot, _chef, treasurer = left_pot
    close_pot(pot=pot, by=treasurer, surplus="association")

    keep_open(pot=fresh(pot), by=treasurer)

    assert (fresh(pot).status, fresh(pot).closing_asked_by) == ("open", None)


def test_the_pages_lead_each_of_them_to_their_button(client, left_pot):
    pot, _chef, treasurer = left_pot
    board, page = member_with(AssociationRole.BOARD), reverse("pot", args=[pot.pk])
    manage, agree = reverse("manage-pot", args=[pot.pk]), reverse("confirm-close", args=[pot.pk])
    log_in_freshly(client, treasurer)

    assert manage in client.get(page).content.decode()
    answer = client.post(manage, {"form": "close", "surplus": "association"}, follow=True)
    assert "Iemand van het bestuur" in answer.content.decode() and agree not in answer.content.decode()
    log_in_freshly(client, board)
    assert agree in client.get(page).content.decode() and manage not in client.get(page).content.decode()
    assert pot.name in client.get(reverse("treasury")).content.decode().split('id="waits"')[1].split("</section>")[0]
    client.post(agree)
    assert fresh(pot).status == "closed"


def test_a_geldchef_who_is_there_is_not_stood_in_for(client):
    pot, _chef, member, treasurer = paid_pot()
    client.force_login(treasurer)

    assert reverse("manage-pot", args=[pot.pk]) not in client.get(reverse("pot", args=[pot.pk])).content.decode()
    with pytest.raises(NotAllowed):
        offer_handover(pot=pot, by=treasurer, to=member)
