"""The association moves to another bank account: old files stay readable, pots keep what they have, and it adds up."""

import pytest
from django.urls import reverse

from finance.bank.errors import NothingInFile
from finance.bank.models import BankAccount, BankLine, StatementImport
from finance.bank.queries import bank_proof, main_account
from finance.bank.services import import_statement, save_bank_account, undo_matches
from finance.fees.models import DebitSettings
from finance.ledger.models import Account
from finance.ledger.seals import faults
from finance.pots.models import PaymentRequest
from finance.pots.queries import pot_balance
from finance.pots.services import approve_expense, claim_expense
from groups.people.models import AssociationRole
from tests.entry import log_in_freshly
from tests.factories import member_with
from tests.factories_finance import asked_pot, bank_account, camt

pytestmark = pytest.mark.django_db
OLD, NEW = "NL44RABO0123456789", "NL91ABNA0417164300"


def moved(by, iban=NEW):
    return save_bank_account(holder="R.V. De Waterhoen", iban=iban, bic="", by=by)


def book(content):
    return import_statement(content=content, filename="bank.xml")[0]


def at_the_bank(account) -> int:
    """What the books say stands on this one account."""
    codes = Account.objects.filter(code__startswith=f"bank:{account.pk}:")
    return sum(codes.values_list("balance_cents", flat=True))


@pytest.fixture
def treasurer(db):
    return member_with(AssociationRole.TREASURER)


def test_a_number_without_files_is_a_typing_error_and_is_mended(treasurer):
    bank_account(iban=OLD)

    moved(treasurer)

    assert BankAccount.objects.get().iban == NEW


def test_another_number_is_another_account_and_the_old_one_is_still_read(treasurer):
    old = bank_account(iban=OLD)
    pot, _chef, (first, second) = asked_pot()
    book(camt((42_50, "A", "", first.reference)))

    new = moved(treasurer)

    assert main_account() == new != old
    assert book(camt((42_50, "B", "", second.reference), opening=142_50, day="2026-11-23")).matched == 1
    assert pot_balance(pot).bank_cents == 85_00
    assert bank_proof().holds


def test_a_pot_pays_from_the_new_account_what_it_saved_at_the_old_one(treasurer):
    old = bank_account(iban=OLD)
    pot, chef, (first, second) = asked_pot()
    book(camt((42_50, "A", "", first.reference)))
    expense = claim_expense(
        pot=pot, by=second.party.member, purpose="Tent", cents=60_00, spent_on=first.due_on, receipt=None
    )

    new = moved(treasurer)
    book(camt((-142_50, "R.V. De Waterhoen", NEW, "naar de nieuwe rekening"), opening=142_50, day="2026-11-24"))
    moving = camt((142_50, "R.V. De Waterhoen", OLD, "van de oude"), account=NEW, opening=0, day="2026-11-24")
    book(moving)
    later = {"account": NEW, "opening": 142_50, "day": "2026-11-25"}
    assert book(camt((42_50, "B", "", second.reference), **later)).matched == 1
    approve_expense(expense=expense, by=chef)
    later |= {"opening": 185_00, "day": "2026-11-26"}
    assert book(camt((-60_00, "C", "", expense.reference), **later)).matched == 1

    proof = bank_proof()
    assert (pot_balance(pot).bank_cents, proof.pots_cents, proof.bank_cents) == (25_00, 25_00, 125_00)
    assert proof.holds
    assert str(proof.checked_on) == "2026-11-26"  # nobody waits for files of an account that was left
    assert (at_the_bank(old), at_the_bank(new)) == (0, 125_00)
    assert faults() == []


def test_a_match_of_before_can_still_be_undone(treasurer):
    bank_account(iban=OLD)
    pot, _chef, (request, _other) = asked_pot()
    book(camt((42_50, "A", "", request.reference)))
    moved(treasurer)

    undo_matches(line=BankLine.objects.get(), by=treasurer, reason="toch niet")

    assert PaymentRequest.objects.get(pk=request.pk).paid_cents == 0
    assert pot_balance(pot).bank_cents == 0
    assert bank_proof().holds


def test_going_back_to_the_old_account_uses_it_again(treasurer):
    old = bank_account(iban=OLD)
    book(camt((1_00, "A", "", "x")))
    moved(treasurer)

    moved(treasurer, iban=OLD)

    assert main_account() == old
    assert BankAccount.objects.get(iban=NEW).left_at is not None


def test_the_page_explains_it_and_the_collections_warn(client, treasurer):
    old = bank_account(iban=OLD)
    book(camt((1_00, "A", "", "x")))
    DebitSettings.objects.create(pk=1, creditor_id="NL69ZZZ123456780000", bank_account=old)
    log_in_freshly(client, treasurer)
    url = reverse("bank-account")

    assert "second account" in client.get(url, headers={"Accept-Language": "en"}).content.decode()
    client.post(url, {"holder": "R.V. De Waterhoen", "iban": NEW})

    assert "NL44 RABO 0123 4567 89" in client.get(url).content.decode()
    assert "NL44 RABO 0123 4567 89" in client.get(reverse("fee-collections")).content.decode()
    assert main_account().iban == NEW


def test_a_file_without_a_day_or_a_line_is_refused_whole():
    bank_account(iban=OLD)
    empty = camt().replace(b"<Dt><Dt>2026-11-22</Dt></Dt>", b"")

    with pytest.raises(NothingInFile):
        book(empty)
    assert not StatementImport.objects.exists()
