"""Expenses, answers, hand-over, closing and statements: hand-over."""

import re

import pytest
from django.urls import reverse

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


def test_the_closing_statement_stays_for_both_and_for_who_sees_the_books(client):
    pot, chef, (one, two) = asked_pot()
    record_cash(request=one, cents=42_50, by=chef)
    successor, payer = two.party.member, one.party.member
    page = reverse("pot", args=[pot.pk])
    accept_handover(handover=offer_handover(pot=pot, by=chef, to=successor), by=successor)
    record_cash(request=two, cents=42_50, by=successor)  # what came later is not in the statement

    for who in (chef, successor, member_with(AssociationRole.AUDITOR)):
        client.force_login(who)
        said = (
            client.get(page).content.decode().replace("\u00a0", " ").split('id="handed-over"')[1].split("</section>")[0]
        )
        assert f"{chef} heeft het potje" in said and f"overgedragen aan {successor}" in said
        assert re.findall(r"<dd>€ ([\d,]+)</dd>", said) == ["0,00", "42,50", "42,50"]
    client.force_login(payer)
    assert "handed-over" not in client.get(page).content.decode()


def test_an_offer_is_no_statement(client):
    pot, chef, (one, _two) = asked_pot()
    offer_handover(pot=pot, by=chef, to=one.party.member)
    client.force_login(chef)

    assert "handed-over" not in client.get(reverse("pot", args=[pot.pk])).content.decode()


def test_when_the_geldchef_left_the_treasurer_finds_a_successor():
    pot, chef, (one, _two) = asked_pot()
    treasurer = member_with(AssociationRole.TREASURER)

    with pytest.raises(NotAllowed):
        offer_handover(pot=pot, by=treasurer, to=one.party.member)
    end_membership(subgroup=pot.subgroup, member=chef)
    offer_handover(pot=pot, by=treasurer, to=one.party.member)

    assert pot.handovers.get().to == one.party.member
