"""What people send by accident or on purpose: the page answers with a sentence, and nothing is booked twice."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.bank.models import BankLine
from finance.bank.services import import_statement
from finance.pots.models import Expense, PaymentRequest, Pot
from finance.pots.services import pledge
from finance.providers.models import PaymentAttempt
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import asked_pot, bank_account, camt

pytestmark = pytest.mark.django_db
TOO_FAR = ["9999-12-31", "0001-01-01", "2200-01-01"]


def asking(pot, **fields):
    values = {"how": "each", "cents": "5", "due_on": "2030-01-01", "whom": "all", **fields}
    return reverse("ask", args=[pot.pk]), values


def rounds(pot) -> int:
    return PaymentRequest.objects.filter(pot=pot).values("round").distinct().count()


@pytest.mark.parametrize("day", TOO_FAR)
def test_a_day_beyond_every_calendar_is_refused(client, day):
    subgroup = SubgroupFactory()
    client.force_login(member_of(subgroup, SubgroupRole.GELDCHEF))
    values = {"name": "Tocht", "purpose": "x", "visibility": "totals", "deadline": day}

    assert client.post(reverse("open-pot", args=[subgroup.slug]), values).status_code == 422
    assert not Pot.objects.exists()


def test_the_same_page_sent_twice_asks_nobody_twice(client):
    pot, chef, _requests = asked_pot()
    client.force_login(chef)
    url, values = asking(pot)
    seen = client.get(url).context["form"]["seen"].value()

    client.post(url, values | {"seen": seen})
    again = client.post(url, values | {"seen": seen})

    assert (again.status_code, rounds(pot)) == (422, 2)
    client.post(url, values | {"seen": again.context["form"]["seen"].value()})
    assert rounds(pot) == 3  # sent once more after the warning, it is meant


def test_a_pledge_in_between_does_not_stop_who_asks(client):
    pot, chef, (request, _other) = asked_pot(takes_pledges=True)
    client.force_login(chef)
    url, values = asking(pot)
    seen = client.get(url).context["form"]["seen"].value()
    pledge(pot=pot, by=request.party.member, cents=10_00)

    assert client.post(url, values | {"seen": seen}).url == pot.get_absolute_url()


def test_an_expense_of_tomorrow_is_refused(client):
    pot, _chef, (request, _other) = asked_pot()
    client.force_login(request.party.member)
    url = reverse("claim", args=[pot.pk])
    tomorrow = timezone.localdate() + timedelta(days=1)

    assert client.post(url, {"purpose": "Tent", "cents": "5", "spent_on": tomorrow}).status_code == 422
    assert not Expense.objects.exists()


@pytest.mark.parametrize("payable", ["nope:1", "pot:99999999999999999999", "pot:0", "expense:1"])
def test_a_choice_that_does_not_exist_is_a_sentence(client, payable):
    bank_account()
    client.force_login(member_with(AssociationRole.TREASURER))
    import_statement(content=camt((1_00, "A", "", "x")), filename="a.xml")
    line = BankLine.objects.get()

    client.post(reverse("bank-line-assign", args=[line.pk]), {"payable": payable})

    line.refresh_from_db()
    assert line.state == "new"


def test_invisible_signs_in_searches_and_reasons_are_left_out(client):
    """A NUL is refused by PostgreSQL, and would be an error page."""
    bank_account()
    log_in_freshly(client, member_with(AssociationRole.TREASURER))
    import_statement(content=camt((1_00, "A", "", "x")), filename="a.xml")
    line = BankLine.objects.get()

    assert client.get(reverse("fee-payers"), {"q": "a\x00"}).status_code == 200
    assert client.get(reverse("bank-line", args=[line.pk]), {"q": "a\x00"}).status_code == 200
    client.post(reverse("bank-line-own", args=[line.pk]), {"label": "gift\x00"})
    assert line.matches.get().label == "gift"
    client.post(reverse("bank-line-undo", args=[line.pk]), {"reason": "toch\x00 niet"})
    assert line.matches.get().undone_because == "toch niet"


def test_a_report_with_a_nonsense_id_is_answered_and_forgotten(client):
    attempt = PaymentAttempt.objects.create(
        kind="pot", payable_id=1, provider="mollie", cents=100, description="x", return_path="/"
    )
    url = reverse("mollie-webhook", args=[attempt.key])

    for odd in ("tr_\x00", "tr_", "tr_a b", "tr_" + "x" * 99, "ord_1"):
        assert client.post(url, {"id": odd}).status_code == 200
    assert not attempt.notices.exists()


def test_one_new_line_is_said_as_one(client):
    bank_account()
    client.force_login(member_with(AssociationRole.TREASURER))
    file = {"file": BytesIO(camt((1_00, "A", "", "x")))}

    answer = client.post(reverse("bank-import"), file, follow=True)

    assert "1 nieuwe regel," in answer.content.decode()


def test_who_is_no_member_any_more_cannot_be_asked(client):
    pot, chef, _requests = asked_pot()
    client.force_login(chef)
    url, values = asking(pot, whom="chosen", members=[MemberFactory().pk])

    assert client.post(url, values).status_code == 422
