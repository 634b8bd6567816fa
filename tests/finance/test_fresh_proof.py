"""A session that was stolen ten minutes ago moves no money: the acts that do ask once more who you are."""

from uuid import uuid4

import pytest
from django.urls import reverse

from groups.people.models import AssociationRole
from tests.entry import log_in_freshly
from tests.factories import member_with
from tests.finance.test_closing import fresh, pot_with_money_everywhere

pytestmark = pytest.mark.django_db

POSTED = [
    ("confirm-close", [1]),
    ("keep-open", [1]),
    ("payment-return", ["0000000000000000"]),
    ("online-refund", [uuid4()]),
    ("refund-approve", [uuid4()]),
    ("payback-online", [1]),
    ("bank-line-refund", [1]),
    ("start-fee-run", [1]),
    ("approve-fee-collection", [1]),
    ("export-fee-collection", [1]),
    ("decide-write-off", [1]),
    ("fee-refund", [2026, 1]),
]


def test_a_session_of_ten_minutes_old_closes_no_pot(client):
    pot, chef, _requests = pot_with_money_everywhere()
    page, values = reverse("manage-pot", args=[pot.pk]), {"form": "close", "surplus": "refund"}

    log_in_freshly(client, chef, minutes_ago=10)
    assert client.get(page).status_code == 200
    stolen = client.post(page, values)
    assert "reauthenticate" in stolen["Location"]
    assert fresh(pot).status == "open"

    log_in_freshly(client, chef, minutes_ago=4)
    client.post(page, values)
    assert fresh(pot).status in ("closing", "closed")


@pytest.mark.parametrize(("name", "parts"), POSTED, ids=[name for name, _ in POSTED])
def test_acts_with_money_ask_for_proof_before_anything_else(client, name, parts):
    treasurer = member_with(AssociationRole.TREASURER)
    log_in_freshly(client, treasurer, minutes_ago=10)
    assert "reauthenticate" in client.post(reverse(name, args=parts))["Location"]

    log_in_freshly(client, treasurer)
    assert client.post(reverse(name, args=parts)).status_code in (403, 404)


def test_the_file_for_the_bank_asks_for_proof(client):
    treasurer = member_with(AssociationRole.TREASURER)
    file = reverse("fee-collection-file", args=[1])
    log_in_freshly(client, treasurer, minutes_ago=10)
    assert "reauthenticate" in client.get(file)["Location"]

    log_in_freshly(client, treasurer)
    assert client.get(file).status_code == 404
