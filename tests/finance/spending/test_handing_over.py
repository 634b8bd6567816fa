"""Expenses, answers, hand-over, closing and statements: hand-over."""

import pytest

from finance.pots.access import looks_after
from finance.pots.errors import HandoverPending, NoHandover, NotAllowed
from finance.pots.services import accept_handover, offer_handover, record_cash
from groups.people.models import AssociationRole
from groups.subgroups.services import end_membership
from tests.factories import member_with
from tests.factories_finance import asked_pot

pytestmark = pytest.mark.django_db


def test_a_successor_accepts_balance_and_open_requests_and_both_names_stay():
    pot, chef, (one, two) = asked_pot()
    record_cash(request=one, cents=42_50, by=chef)
    successor = two.party.member
    handover = offer_handover(pot=pot, by=chef, to=successor)

    with pytest.raises(HandoverPending):
        offer_handover(pot=pot, by=chef, to=one.party.member)
    with pytest.raises(NoHandover):
        accept_handover(handover=handover, by=one.party.member)
    assert looks_after(chef, pot)
    accept_handover(handover=handover, by=successor)

    handover.refresh_from_db()
    assert (handover.cash_cents, handover.open_cents) == (42_50, 42_50)
    assert (looks_after(chef, pot), looks_after(successor, pot)) == (False, True)
    assert [role.label for role in pot.roles.order_by("pk")] == [str(chef), str(successor)]
    with pytest.raises(NoHandover):
        accept_handover(handover=handover, by=successor)


def test_when_the_geldchef_left_the_treasurer_finds_a_successor():
    pot, chef, (one, _two) = asked_pot()
    treasurer = member_with(AssociationRole.TREASURER)

    with pytest.raises(NotAllowed):
        offer_handover(pot=pot, by=treasurer, to=one.party.member)
    end_membership(subgroup=pot.subgroup, member=chef)
    offer_handover(pot=pot, by=treasurer, to=one.party.member)

    assert pot.handovers.get().to == one.party.member
