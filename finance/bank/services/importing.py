"""A bank file becomes lines, each once, whatever was imported before, in whatever order, by however many at once."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from finance.bank import accounts
from finance.bank.errors import AnotherFormat, FileRefused, NothingInFile, UnknownAccount, WrongCurrency
from finance.bank.fields import mark
from finance.bank.models import BankAccount, BankLine, StatementImport
from finance.bank.readers import Line, Statement, Unreadable, read_statement
from finance.bank.services.matching import match_lines
from finance.ledger.services import Transfer, post, post_new


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What one import did for one account."""

    statement_import: StatementImport
    matched: int
    repeated: bool  # this very file was imported before

    @property
    def lines_new(self) -> int:
        return 0 if self.repeated else self.statement_import.lines_new


@transaction.atomic
def import_statement(*, content: bytes, filename: str, by=None, dry_run: bool = False) -> list[ImportResult]:
    """Book a bank file and match what carries a reference, all or nothing; a dry run leaves no trace.

    Raises FileRefused, UnknownAccount, WrongCurrency, AnotherFormat, NothingInFile.
    """
    try:
        read = read_statement(content, filename)
    except Unreadable as refused:
        raise FileRefused(gettext(refused.sentence) % refused.details) from refused
    digest = hashlib.sha256(content).hexdigest()
    results = [
        _import_account(account, statements, read.format, filename, digest, by)
        for account, statements in _by_account(read.statements).items()
    ]
    if dry_run:
        transaction.set_rollback(True)
    return results


def _by_account(statements: tuple[Statement, ...]) -> dict[BankAccount, list[Statement]]:
    """The statements per known account, the accounts locked so that two imports at once take turns."""
    known = {each.iban: each for each in BankAccount.objects.select_for_update().order_by("pk")}
    grouped: dict[BankAccount, list[Statement]] = {}
    for statement in statements:
        if statement.account not in known:
            raise UnknownAccount(UnknownAccount.message % {"account": statement.account})
        if statement.currency != "EUR":
            raise WrongCurrency(WrongCurrency.message % {"currency": statement.currency})
        grouped.setdefault(known[statement.account], []).append(statement)
    return grouped


def _import_account(account, statements, kind, filename, digest, by) -> ImportResult:
    before = StatementImport.objects.filter(bank_account=account, digest=digest).first()
    if before:
        return ImportResult(before, matched=0, repeated=True)
    statement_import = _record(account, statements, kind, filename, digest, by)
    _refuse_other_format(statement_import)
    lines = _new_lines(statement_import, statements)
    statement_import.save()
    _book(account, lines, by)
    _book_opening(account, statement_import, by)
    matched = match_lines(lines=lines, by=by) if statement_import.may_match else 0
    return ImportResult(statement_import, matched, repeated=False)


def _record(account, statements, kind, filename, digest, by) -> StatementImport:
    """The row about this file, saved at once; counts follow."""
    in_time = sorted(statements, key=lambda each: each.closed_on or date.min)
    days = [line.booked_on for each in statements for line in each.lines]
    days += [each.closed_on for each in statements if each.closed_on]
    if not days:
        raise NothingInFile
    checks = {each.adds_up for each in statements}
    return StatementImport.objects.create(
        bank_account=account,
        filename=filename[:200],
        digest=digest,
        format=kind,
        first_on=min(days),
        last_on=max(days),
        opening_cents=in_time[0].opening_cents,
        closing_cents=in_time[-1].closing_cents,
        adds_up=False if False in checks else (None if None in checks else True),
        flipped=any(each.flipped for each in statements),
        imported_by_label=str(by)[:160] if by else "",
    )


def _refuse_other_format(statement_import: StatementImport) -> None:
    """Two formats word one line differently, so a day in both would count twice."""
    overlapping = StatementImport.objects.filter(
        bank_account=statement_import.bank_account,
        first_on__lte=statement_import.last_on,
        last_on__gte=statement_import.first_on,
    ).exclude(format=statement_import.format)
    if other := overlapping.exclude(pk=statement_import.pk).first():
        raise AnotherFormat(AnotherFormat.message % {"format": other.format})


def _new_lines(statement_import: StatementImport, statements: list[Statement]) -> list[BankLine]:
    """The lines that were not stored yet: of n equal lines in a file, as many as the database is short of."""
    wanted = _wanted(statements)
    account = statement_import.bank_account
    days = [line.booked_on for line, _count in wanted.values()]
    around = BankLine.objects.filter(bank_account=account, booked_on__range=(min(days), max(days))) if days else ()
    stored = Counter(around.values_list("fingerprint", flat=True)) if days else Counter()
    new = [
        _bank_line(statement_import, line, fingerprint, occurrence)
        for fingerprint, (line, count) in wanted.items()
        for occurrence in range(stored[fingerprint] + 1, count + 1)
    ]
    statement_import.lines_new = len(new)
    statement_import.lines_known = sum(count for _line, count in wanted.values()) - len(new)
    return BankLine.objects.bulk_create(new, batch_size=500)


def _wanted(statements: list[Statement]) -> dict[str, tuple[Line, int]]:
    """Each different line with how often it must exist: the most times that one file inside the upload has it."""
    per_source: dict[str, Counter] = {}
    lines: dict[str, Line] = {}
    for statement in statements:
        for line in statement.lines:
            fingerprint = _fingerprint(line)
            lines.setdefault(fingerprint, line)
            per_source.setdefault(statement.source, Counter())[fingerprint] += 1
    return {
        fingerprint: (line, max(counts[fingerprint] for counts in per_source.values()))
        for fingerprint, line in lines.items()
    }


def _fingerprint(line: Line) -> str:
    parts = (
        line.booked_on.isoformat(),
        str(line.cents),
        line.iban,
        line.name,
        line.text,
        line.reference,
        line.end_to_end,
        line.bank_reference,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _bank_line(statement_import, line: Line, fingerprint: str, occurrence: int) -> BankLine:
    return BankLine(
        bank_account=statement_import.bank_account,
        statement_import=statement_import,
        booked_on=line.booked_on,
        value_on=line.value_on,
        cents=line.cents,
        open_cents=line.cents,
        name=line.name[:200],
        iban=line.iban,
        iban_mark=mark(line.iban),
        text=line.text,
        reference=line.reference[:60],
        end_to_end=line.end_to_end[:60],
        bank_reference=line.bank_reference[:60],
        return_code=line.return_code[:8],
        fingerprint=fingerprint,
        occurrence=occurrence,
        state=BankLine.State.NEW if line.cents else BankLine.State.OWN,
    )


def _book(account: BankAccount, lines: list[BankLine], by) -> None:
    """Every line moves the association's share of the bank against suspense, until it is matched."""
    general, waiting = accounts.share(account), accounts.suspense(account)
    moving = [line for line in lines if line.cents]
    facts = [
        (
            f"bank:{line.pk}",
            Transfer(general, waiting, line.cents) if line.cents > 0 else Transfer(waiting, general, -line.cents),
        )
        for line in moving
    ]
    post_new(facts=facts, kind="bank_line", by=by, value_dates=[line.booked_on for line in moving])


def _book_opening(account: BankAccount, statement_import: StatementImport, by) -> None:
    """Let the books begin with the opening balance of the earliest statement, also when that one comes in later."""
    earliest = (
        StatementImport.objects.filter(bank_account=account, opening_cents__isnull=False)
        .order_by("first_on", "last_on", "pk")
        .first()
    )
    if earliest is None:
        return
    start = accounts.opening(account)
    missing = earliest.opening_cents - start.balance_cents
    if missing:
        general = accounts.share(account)
        transfer = Transfer(general, start, missing) if missing > 0 else Transfer(start, general, -missing)
        key = f"bank:opening:{account.pk}:{statement_import.pk}"
        post(key=key, kind="opening", transfers=[transfer], by=by, value_date=earliest.first_on)


@transaction.atomic
def accept_import(*, statement_import: StatementImport, by) -> int:
    """A person has looked at a file that does not add up: match it after all. Returns the lines matched."""
    statement_import = StatementImport.objects.select_for_update().get(pk=statement_import.pk)
    if not statement_import.may_match:
        statement_import.accepted_at = timezone.now()
        statement_import.accepted_by_label = str(by)[:160]
        statement_import.save()
    return match_lines(lines=list(statement_import.lines.filter(state=BankLine.State.NEW)), by=by)
