"""The books call a pot by its name, and a pot that is a surprise tells nothing to whom it is kept from."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.bank.queries import bank_proof
from finance.bank.services import import_statement
from finance.ledger.access import visible_accounts, visible_entries
from finance.ledger.exports import audit_file, journal_csv
from finance.ledger.models import Entry
from groups.people.models import AssociationRole
from groups.people.surprises import keep_surprise, surprise_kind
from groups.subgroups.services import add_member
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, member_with
from tests.factories_finance import asked_pot, bank_account, camt

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture
def paid():
    """A pot for which € 42.50 came to the bank, with its Geldchef."""
    bank_account()
    pot, chef, (request, _other) = asked_pot(name="Kameleon")
    import_statement(content=camt((42_50, "A", "", request.reference), (7_50, "B", "", "?")), filename="a")
    return pot, chef


def kept_from(member, pot, chef):
    add_member(subgroup=pot.subgroup, member=member)
    until = timezone.localdate() + timedelta(days=9)
    keep_surprise(kind="pot", thing=pot, hidden_from=member, hidden_until=until, by=chef)
    return member


def test_the_books_call_a_pot_by_its_name(client, paid, django_assert_max_num_queries):
    client.force_login(member_with(AssociationRole.AUDITOR))

    page = client.get(reverse("books"), headers={"Accept-Language": "nl"}).content.decode()

    assert "bijdragen “Kameleon”" in page and re.search(r"bank \d+ “Kameleon”", page)
    assert "potje" not in page.split("<main")[1].split("</main>")[0]


def test_the_board_member_it_is_kept_from_finds_it_in_no_entry_total_or_file(client, paid):
    pot, chef = paid
    chair = kept_from(member_with(AssociationRole.BOARD), pot, chef)
    other = member_with(AssociationRole.BOARD)
    log_in_freshly(client, chair)
    urls = [reverse("books"), reverse("treasury"), *(reverse(f"books-{kind}", args=[YEAR]) for kind in ("csv", "xaf"))]

    for url in urls:
        assert "Kameleon" not in client.get(url).content.decode() and pot.ring not in client.get(url).content.decode()
    assert not visible_accounts(chair).filter(ring=pot.ring).exists()
    assert visible_entries(chair).count() == Entry.objects.count() - 1  # the match; the bank line names no pot
    assert visible_entries(other).count() == Entry.objects.count()
    assert pot.ring in audit_file(YEAR, other).decode() and "Kameleon" in journal_csv(YEAR, other).decode()


def test_totals_of_the_bank_count_it_as_general_money_and_still_add_up(paid):
    pot, chef = paid
    lucky, other = kept_from(MemberFactory(), pot, chef), MemberFactory()

    proofs = [(proof.pots_cents, proof.general_cents, proof.holds) for proof in map(bank_proof, (lucky, other, chef))]

    assert proofs == [(0, 150_00, True), (42_50, 107_50, True), (42_50, 107_50, True)]


@pytest.mark.parametrize("role", [AssociationRole.TREASURER, AssociationRole.AUDITOR])
def test_from_who_proves_every_cent_a_pot_cannot_be_kept(paid, role):
    pot, chef = paid
    keeper, other = member_with(role), MemberFactory()
    for member in (keeper, other):
        add_member(subgroup=pot.subgroup, member=member)

    people = surprise_kind("pot").people(chef, pot)

    assert other in people and keeper not in people
    assert visible_entries(kept_from(keeper, pot, chef)).count() == Entry.objects.count()  # kept before the role came
