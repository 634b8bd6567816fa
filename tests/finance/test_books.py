"""Auditors sample and sign; the books leave the house in open formats."""

import csv
import datetime
import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from lxml import etree

from finance.ledger.auditing import sample_of, sign_off
from finance.ledger.errors import NothingToSign, PeriodSigned
from finance.ledger.exports import XAF, audit_file, journal_csv
from finance.ledger.models import Entry, SignOff
from finance.ledger.words import account_name, entry_name
from groups.people.models import AssociationRole, AuditEntry
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, member_with
from tests.factories_finance import asset, book, fund

pytestmark = pytest.mark.django_db
OCTOBER = datetime.date(2026, 10, 31)


def booked(key, day, cents=10_00, memo=""):
    return book(key, asset(), fund(), cents, value_date=day, memo=memo).entry


def test_after_the_signature_nothing_is_booked_before_it():
    booked("a", datetime.date(2026, 10, 5))
    auditor = member_with(AssociationRole.AUDITOR)

    signed = sign_off(until=OCTOBER, by=auditor, remark="steekproef van 12")

    assert (signed.entries, signed.signed_by_label) == (1, str(auditor))
    assert AuditEntry.objects.filter(act="books.signed").count() == 1
    with pytest.raises(PeriodSigned):
        booked("b", OCTOBER)
    booked("c", OCTOBER + datetime.timedelta(days=1))
    with pytest.raises(NothingToSign):
        sign_off(until=OCTOBER, by=auditor)
    with pytest.raises(NothingToSign):
        sign_off(until=timezone.localdate(), by=auditor)


def test_the_database_itself_holds_the_signature():
    booked("a", datetime.date(2026, 10, 5))
    sign_off(until=OCTOBER, by=MemberFactory())

    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(key="x", kind="test", value_date=OCTOBER)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_signoff")
    assert SignOff.objects.count() == 1


def test_two_auditors_draw_the_same_sample():
    for number in range(30):
        booked(str(number), OCTOBER)

    first, second = sample_of(Entry.objects.all(), "2026"), sample_of(Entry.objects.all(), "2026")

    assert [entry.pk for entry in first] == [entry.pk for entry in second]
    assert len(first) == 12
    assert [entry.pk for entry in sample_of(Entry.objects.all(), "2027")] != [entry.pk for entry in first]


def test_the_journal_holds_every_line_with_numbers_and_inert_texts():
    booked("a", OCTOBER, 12_34, memo="=HYPERLINK(1)")
    booked("other year", datetime.date(2025, 12, 31))

    rows = list(
        csv.reader(
            io.StringIO(journal_csv(2026, member_with(AssociationRole.TREASURER)).decode("utf-8-sig")), delimiter=";"
        )
    )

    assert len(rows) == 2
    assert (rows[1][5], rows[1][6]) == ("12,34", "'=HYPERLINK(1)")


def test_the_audit_file_balances():
    booked("a", OCTOBER, 12_34)
    booked("b", OCTOBER, 7_66)

    root = etree.fromstring(audit_file(2026, member_with(AssociationRole.TREASURER)))

    find = lambda name: [node.text for node in root.iter(f"{{{XAF}}}{name}")]  # noqa: E731
    assert find("totalDebit") == find("totalCredit") == ["20.00"]
    assert find("linesCount") == ["4"]
    assert sorted(find("accID")[:2]) == ["bank", "fund"]
    assert find("amntTp") == ["D", "C", "D", "C"]
    assert len(find("periodNumber")) == 12 + 2


def test_doors_of_the_books(client):
    booked("a", OCTOBER)
    urls = [reverse("books"), reverse("books-csv", args=[2026]), reverse("books-xaf", args=[2026])]
    for who, status in [
        (MemberFactory(), 403),
        (member_with(AssociationRole.BOARD), 200),
        (member_with(AssociationRole.AUDITOR), 200),
        (member_with(AssociationRole.TREASURER), 200),
    ]:
        log_in_freshly(client, who)
        assert [client.get(url).status_code for url in urls] == [status] * 3
    assert client.post(urls[0], {"until": "2026-10-31"}).status_code == 403
    client.force_login(member_with(AssociationRole.AUDITOR))
    assert client.get(urls[0] + "?sample=2026").status_code == 200
    assert client.post(urls[0], {"until": "2099-01-01"}).status_code == 422
    client.post(urls[0], {"until": "2026-10-31", "remark": "akkoord"})
    assert SignOff.objects.get().remark == "akkoord"


def test_the_books_call_accounts_and_entries_by_words_a_person_knows():
    with translation.override("nl"):
        assert account_name("bank:1:pot:3") == "bank 1 potje 3"
        assert account_name("bank:1:pot:3", "pot:3", "Clubkleding") == "bank 1 “Clubkleding”"
        assert account_name("fees:written-off") == "contributie afgeboekt"
        assert entry_name(Entry(kind="bank_line")) == "bankregel"
        assert entry_name(Entry(kind="cash", memo="Clubkleding")) == "Clubkleding"
        assert entry_name(Entry(kind="cash")) == "contant ontvangen"
