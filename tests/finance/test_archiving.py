"""A group with money in its pots is not archived before that is settled."""

import pytest
from django.urls import reverse

from finance.bank.models import Refund
from finance.bank.services import import_statement
from finance.pots.errors import PotsUnsettled
from finance.pots.services import cancel_request, close_pot, record_cash
from groups.people.models import AssociationRole
from groups.subgroups.services import archive_subgroup, merge_subgroups
from tests.entry import log_in_freshly
from tests.factories import SubgroupFactory, member_with
from tests.factories_finance import asked_pot, bank_account, camt, pot_in

pytestmark = pytest.mark.django_db


def test_what_is_asked_or_held_is_settled_first():
    pot, chef, (first, second) = asked_pot()
    by = member_with(AssociationRole.COMMUNITY_MANAGER)
    record_cash(request=first, cents=42_50, by=chef)

    with pytest.raises(PotsUnsettled, match="Zomertocht"):
        archive_subgroup(subgroup=pot.subgroup, by=by)  # held and asked
    cancel_request(request=second, by=chef)
    with pytest.raises(PotsUnsettled):
        merge_subgroups(source=pot.subgroup, target=SubgroupFactory(), by=by)  # held
    close_pot(pot=pot, by=chef, surplus="refund")
    with pytest.raises(PotsUnsettled):
        archive_subgroup(subgroup=pot.subgroup, by=by)  # owed back, and still in the tin


def test_an_empty_or_paid_out_pot_is_no_reason():
    bank_account()
    pot, chef, (first, _second) = asked_pot()
    import_statement(content=camt((42_50, "A", "NL36INGB0007654321", first.reference)), filename="a.xml")
    close_pot(pot=pot, by=chef, surplus="refund")
    back = camt((-42_50, "A", "", Refund.objects.get().reference), opening=142_50, day="2026-11-23", ident="S2")
    import_statement(content=back, filename="b.xml")
    pot_in(pot.subgroup, chef, name="Leeg")

    archive_subgroup(subgroup=pot.subgroup)

    pot.subgroup.refresh_from_db()
    assert pot.subgroup.archived_at is not None


def test_the_desk_says_it_in_a_sentence(client):
    pot, _chef, _requests = asked_pot()
    log_in_freshly(client, member_with(AssociationRole.COMMUNITY_MANAGER))

    answer = client.post(reverse("subgroup-future", args=[pot.subgroup.slug]), {"act": "archive"})

    pot.subgroup.refresh_from_db()
    assert pot.subgroup.archived_at is None
    assert "Zomertocht" in answer.content.decode()
