"""The books in open formats: a journal as CSV, and the Dutch audit file (XAF 3.2)."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree

from finance.ledger.access import visible_accounts, visible_entries
from finance.ledger.models import Account
from finance.money import cents_cell
from theme.house import house
from theme.spreadsheets import csv_table

XAF = "http://www.auditfiles.nl/XAF/3.2"
MONTHS = 12


def journal_csv(year: int, by) -> bytes:
    """One row per line that `by` may see; amounts are numbers and no cell can be a formula."""
    return csv_table(_journal_rows(year, by))


def _entries(year: int, by):
    """The entries of a book year, the oldest first."""
    return (
        visible_entries(by)
        .filter(value_date__range=(date(year, 1, 1), date(year, 12, 31)))
        .order_by("value_date", "pk")
    )


def _journal_rows(year: int, by):
    head = (_("Entry"), _("Date"), _("Kind"), _("Debit"), _("Credit"), _("Amount"), _("Description"), _("By"))
    yield [*head, _("Reverses")]
    for entry in _entries(year, by).iterator(chunk_size=1000):
        for line in entry.lines.all():
            cells = (entry.pk, entry.value_date.isoformat(), entry.kind, line.debit.code, line.credit.code)
            tail = (entry.memo, entry.actor_label, entry.reverses_id or "")
            yield [*cells, cents_cell(line.cents), *tail]


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def audit_file(year: int, by) -> bytes:
    """The book year as XAF 3.2: every account, entry and line that `by` may see, with totals that must agree."""
    root = etree.Element(f"{{{XAF}}}auditfile", nsmap={None: XAF})
    header = _add(root, "header")
    _fields(
        header,
        fiscalYear=str(year),
        startDate=f"{year}-01-01",
        endDate=f"{year}-12-31",
        curCode="EUR",
        dateCreated=timezone.localdate().isoformat(),
        softwareDesc="Paraplu",
        softwareVersion="1",
    )
    company = _add(root, "company")
    _fields(company, companyIdent="1", companyName=house().name[:255], taxRegistrationCountry="NL", taxRegIdent="")
    _accounts(company, by)
    _periods(company, year)
    _transactions(company, year, by)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent, name: str):
    return etree.SubElement(parent, f"{{{XAF}}}{name}")


def _fields(parent, **values: str) -> None:
    for name, value in values.items():
        _add(parent, name).text = value


def _accounts(company, by) -> None:
    ledger = _add(company, "generalLedger")
    for account in visible_accounts(by).order_by("code"):
        on_balance = account.kind in (Account.Kind.ASSET, Account.Kind.LIABILITY, Account.Kind.FUND)
        node = _add(ledger, "ledgerAccount")
        _fields(node, accID=account.code, accDesc=account.code, accTp="B" if on_balance else "P")


def _periods(company, year: int) -> None:
    periods = _add(company, "periods")
    for month in range(1, MONTHS + 1):
        first = date(year, month, 1)
        last = date(year + month // MONTHS, month % MONTHS + 1, 1) - timedelta(days=1)
        node = _add(periods, "period")
        _fields(
            node,
            periodNumber=str(month),
            periodDesc=f"{year}-{month:02d}",
            startDatePeriod=first.isoformat(),
            endDatePeriod=last.isoformat(),
        )


def _transactions(company, year: int, by) -> None:
    transactions = _add(company, "transactions")
    counted = [_add(transactions, name) for name in ("linesCount", "totalDebit", "totalCredit")]
    journal = _add(transactions, "journal")
    _fields(journal, jrnID="1", desc="Paraplu", jrnTp="Z")
    count = total = 0
    for entry in _entries(year, by).iterator(chunk_size=1000):
        node = _add(journal, "transaction")
        _fields(
            node,
            nr=str(entry.pk),
            desc=entry.memo or entry.kind,
            periodNumber=str(entry.value_date.month),
            trDt=entry.value_date.isoformat(),
        )
        for number, line in enumerate(entry.lines.all(), start=1):
            _trans_lines(node, entry, number, line)
            count, total = count + 2, total + line.cents
    for node, text in zip(counted, (str(count), _amount(total), _amount(total)), strict=True):
        node.text = text


def _trans_lines(node, entry, number: int, line) -> None:
    """Each of our lines is two in the audit file: the debit and the credit side."""
    for side, (account, kind) in enumerate(((line.debit, "D"), (line.credit, "C"))):
        row = _add(node, "trLine")
        _fields(
            row,
            nr=str(2 * number - 1 + side),
            accID=account.code,
            docRef=entry.key[:120],
            effDate=entry.value_date.isoformat(),
            desc=entry.memo or entry.kind,
            amnt=_amount(line.cents),
            amntTp=kind,
        )
