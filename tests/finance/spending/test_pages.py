"""Expenses, answers, hand-over, closing and statements: pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from finance.pots.models import Expense, Pot
from finance.pots.queries import chef_of
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, member_of
from tests.factories_finance import asked_pot
from tests.finance.spending.making import paid_pot

pytestmark = pytest.mark.django_db


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)


def test_an_expense_walks_through_its_pages_with_a_receipt(client):
    pot, chef, member, _treasurer = paid_pot()
    log_in_freshly(client, member)
    values = {"purpose": "Lampen", "cents": "30,00", "spent_on": "2026-11-16"}
    assert client.post(reverse("claim", args=[pot.pk]), {**values, "cents": ""}).status_code == 422
    client.post(reverse("claim", args=[pot.pk]), {**values, "receipt": SimpleUploadedFile("bon.png", PNG)})
    expense = Expense.objects.get()
    receipt = reverse("expense-receipt", args=[expense.pk])
    assert client.get(receipt).status_code == 200
    client.post(reverse("expense-approve", args=[expense.pk]))
    assert not expense.approvals.exists()

    client.force_login(member_of(pot.subgroup))
    assert client.get(reverse("expense", args=[expense.pk])).status_code == 200
    assert client.get(receipt).status_code == 403
    client.force_login(MemberFactory())
    assert client.get(receipt).status_code == 404

    client.force_login(chef)
    stolen = client.post(reverse("expense-approve", args=[expense.pk]))
    assert "reauthenticate" in stolen["Location"]
    assert not expense.approvals.exists()
    log_in_freshly(client, chef)
    client.post(reverse("expense-approve", args=[expense.pk]))
    assert Expense.objects.get().is_approved


def test_the_geldchef_plans_hands_over_and_closes_on_one_page(client):
    pot, chef, member, _treasurer = paid_pot()
    url = reverse("manage-pot", args=[pot.pk])
    log_in_freshly(client, member)
    assert client.get(url).status_code == 403
    log_in_freshly(client, chef)
    assert client.get(url).status_code == 200
    plan = {"day_1": "0", "tone_1": "clear", "day_2": "", "hour": "12", "weekdays": ["0", "1", "4"]}
    client.post(url, {"form": "plan", **plan})
    planned = Pot.objects.get()
    assert (planned.remind_days, planned.remind_hour, planned.remind_tones) == ([0], 12, {"0": "clear"})
    assert planned.remind_weekdays == [0, 1, 4]
    offered = client.post(url, {"form": "successor", "to": member.pk}, follow=True)
    assert f"Aangeboden aan {member}" in offered.content.decode()
    handover = pot.handovers.get()
    assert client.post(url, {"form": "close"}).status_code == 422

    log_in_freshly(client, member)
    assert client.get(reverse("handover", args=[handover.pk])).status_code == 200
    client.post(reverse("handover", args=[handover.pk]), {"accept": "1"})
    assert chef_of(pot).member == member
    closed = client.post(url, {"form": "close", "surplus": "refund"}, follow=True)
    assert "Het potje is gesloten." in closed.content.decode()
    assert Pot.objects.get().status == "closed"


def test_statements_are_for_who_may_see_the_pot(client):
    pot, _chef, member, treasurer = paid_pot()

    for who, status in ((member, 200), (treasurer, 200), (MemberFactory(), 404)):
        log_in_freshly(client, who)
        assert client.get(reverse("pot-csv", args=[pot.pk])).status_code == status
        assert client.get(reverse("pot-pdf", args=[pot.pk])).status_code == status


def test_an_answer_is_given_on_its_page(client):
    _pot, chef, (one, two) = asked_pot()
    url = reverse("payment-answer", args=[one.reference])
    client.force_login(two.party.member)
    assert client.get(url).status_code == 404
    client.force_login(chef)
    assert client.get(url).status_code == 403
    client.force_login(one.party.member)
    client.post(url, {"answer": "cannot", "text": "even niet"})

    client.force_login(chef)
    assert "even niet" in client.get(one.get_absolute_url()).content.decode()
