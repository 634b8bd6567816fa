"""Savings beside the account that members pay to: money that moves between them is neither income nor cost."""

from datetime import date

import pytest
from django.urls import reverse

from finance.bank.errors import AccountKnown, NoMainAccount, NoOtherAccount, NotOpen
from finance.bank.models import BankAccount, BankLine
from finance.bank.queries import bank_known_until, bank_proof, main_account, saved, under_way
from finance.bank.services import (
    add_savings_account,
    import_statement,
    leave_savings_account,
    put_between_accounts,
    put_to_own_money,
    save_bank_account,
    undo_matches,
)
from finance.ledger.models import Account
from finance.ledger.seals import faults
from groups.people.models import AssociationRole, AuditEntry
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, member_with
from tests.factories_finance import bank_account, camt

pytestmark = pytest.mark.django_db
CURRENT, SAVINGS = "NL44RABO0123456789", "NL91ABNA0417164300"
HOLDER = "R.V. De Waterhoen"


@pytest.fixture
def treasurer():
    return member_with(AssociationRole.TREASURER)


@pytest.fixture
def savings(treasurer):
    bank_account(iban=CURRENT)
    return add_savings_account(holder=HOLDER, iban=SAVINGS, by=treasurer)


def book(*lines, **fields):
    import_statement(content=camt(*lines, **fields), filename=f"{len(lines)}{fields}")


def goes_and_comes(cents=40_00):
    """The two lines of one transfer from the current account to savings, each in its own bank file."""
    book((-cents, HOLDER, SAVINGS, "naar sparen"))
    book((cents, HOLDER, CURRENT, "van de lopende rekening"), account=SAVINGS, opening=500_00, ident="S2")
    return BankLine.objects.order_by("pk")


def test_a_transfer_between_own_accounts_earns_and_costs_nothing(savings, treasurer):
    gone, come = goes_and_comes()

    put_between_accounts(line=gone, by=treasurer)
    assert under_way().balance_cents == 40_00
    put_between_accounts(line=come, by=treasurer)

    assert under_way().balance_cents == 0
    assert not Account.objects.filter(kind__in=["income", "expense"]).exclude(balance_cents=0).exists()
    assert (bank_proof().bank_cents, bank_proof().general_cents, bank_proof().holds) == (600_00, 600_00, True)
    assert [(each.account, each.cents, each.on) for each in saved([savings])] == [(savings, 540_00, date(2026, 11, 22))]
    assert faults() == []


def test_it_is_undone_and_may_be_something_else_after_all(savings, treasurer):
    gone, _come = goes_and_comes()
    put_between_accounts(line=gone, by=treasurer)

    with pytest.raises(NotOpen):
        put_between_accounts(line=gone, by=treasurer)
    undo_matches(line=gone, by=treasurer, reason="toch kosten")
    put_to_own_money(line=gone, by=treasurer)

    assert (BankLine.objects.get(pk=gone.pk).state, under_way().balance_cents) == ("own", 0)
    assert faults() == []


def test_without_another_account_there_is_nothing_between(treasurer):
    bank_account(iban=CURRENT)
    book((-40_00, HOLDER, SAVINGS, "naar sparen"))

    with pytest.raises(NoOtherAccount):
        put_between_accounts(line=BankLine.objects.get(), by=treasurer)


def test_members_never_pay_to_savings_and_its_files_call_nobody_late(savings, treasurer):
    book((1_00, "A", "", "x"), day="2026-11-20")
    book((1_00, "Rente", "", "x"), account=SAVINGS, day="2026-11-27", ident="S2")

    assert bank_known_until() == date(2026, 11, 20)
    assert main_account().iban == CURRENT
    save_bank_account(holder=HOLDER, iban="NL20INGB0001234567", by=treasurer)
    assert main_account().iban == "NL20INGB0001234567"


def test_an_account_is_added_once_left_and_taken_up_again(treasurer):
    with pytest.raises(NoMainAccount):
        add_savings_account(holder=HOLDER, iban=SAVINGS, by=treasurer)
    bank_account(iban=CURRENT)
    savings = add_savings_account(holder=HOLDER, iban=SAVINGS, by=treasurer)
    for known in (SAVINGS, CURRENT):
        with pytest.raises(AccountKnown):
            add_savings_account(holder=HOLDER, iban=known, by=treasurer)

    leave_savings_account(account=savings, by=treasurer)
    leave_savings_account(account=savings, by=treasurer)
    again = add_savings_account(holder=HOLDER, iban=SAVINGS, by=treasurer)

    assert (again, again.left_at) == (savings, None)
    acts = AuditEntry.objects.filter(act__startswith="savings_account").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["savings_account.added", "savings_account.left", "savings_account.added"]


def test_the_pages_offer_it_first_when_the_other_side_is_our_own(client, savings, treasurer):
    _gone, come = goes_and_comes()
    book((-5_00, "Bank", "", "kosten"), day="2026-11-24", ident="S3", opening=60_00)
    log_in_freshly(client, treasurer)
    page = client.get(reverse("bank-line", args=[come.pk])).content.decode()

    assert "De andere kant is je eigen rekening" in page
    other = client.get(reverse("bank-line", args=[BankLine.objects.latest("pk").pk])).content.decode()
    assert "Naar of van je eigen spaarrekening?" in other and "De andere kant" not in other
    assert "Terugbetalen?" not in page
    account = client.get(reverse("bank-account")).content.decode().replace("\u00a0", " ")
    assert "NL91 ABNA 0417 1643 00" in account and "€ 540,00" in account


def test_the_page_says_of_which_account_a_file_is_missing(client, savings, treasurer):
    gone, come = goes_and_comes()
    log_in_freshly(client, treasurer)

    def said() -> list[bool]:
        page = client.get(reverse("bank-account")).content.decode().replace("\u00a0", " ")
        return [words in page for words in ("€ 40,00 ging van een van je", "€ 40,00 kwam van een van je")]

    assert said() == [False, False]
    client.post(reverse("bank-line-between", args=[come.pk]))
    assert said() == [False, True]
    client.post(reverse("bank-line-between", args=[gone.pk]))
    assert said() == [False, False]
    undo_matches(line=come, by=treasurer, reason="")
    assert said() == [True, False]


def test_the_form_of_a_savings_account_refuses_in_a_sentence_and_keeps_what_was_typed(client, savings, treasurer):
    log_in_freshly(client, treasurer)
    wrong = client.post(reverse("new-savings"), {"holder": HOLDER, "iban": "NL00RABO0123456789"})
    known = client.post(reverse("new-savings"), {"holder": HOLDER, "iban": "nl91 abna 0417 1643 00"})

    assert (wrong.status_code, known.status_code) == (422, 422)
    assert "NL00RABO0123456789" in wrong.content.decode() and "staat hier al" in known.content.decode()
    client.post(reverse("leave-savings", args=[savings.pk]))
    assert BankAccount.objects.get(pk=savings.pk).left_at is not None
    log_in_freshly(client, MemberFactory())
    assert client.get(reverse("new-savings")).status_code == 403
    assert client.post(reverse("leave-savings", args=[savings.pk])).status_code == 404
