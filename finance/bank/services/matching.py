"""Giving bank lines their place: by reference alone, or by a person. Never by guessing."""

from django.db import transaction
from django.utils import timezone

from finance.bank import accounts, payables
from finance.bank.errors import NothingToMatch, NotMatched, NotOpen
from finance.bank.models import BankLine, Match
from finance.bank.payables import Payable
from finance.bank.references import find_references
from finance.ledger.services import Transfer, post, reverse

State, Reason, Rule = BankLine.State, BankLine.Reason, Match.Rule
OPEN_STATES = (State.NEW, State.PARTIAL, State.HELD)


def match_lines(*, lines: list[BankLine], by=None) -> int:
    """Match incoming lines that carry our references; returns how many found their place completely."""
    return sum(_match_by_reference(line, by) for line in lines if line.cents > 0)


@transaction.atomic
def _match_by_reference(line: BankLine, by) -> bool:
    references = find_references(line.reference, line.text, line.end_to_end)
    if not references:
        return False
    line = BankLine.objects.select_for_update().get(pk=line.pk)
    found = payables.find(references)
    if line.state != State.NEW or not found:
        return False
    if len(found) > 1:
        return _match_several(line, found, by)
    return _match_one(line, found[0], by)


def _match_one(line: BankLine, payable: Payable, by) -> bool:
    if payable.is_closed:
        return _hold(line, payable, Reason.CLOSED)
    if payable.open_cents <= 0:
        return _hold(line, payable, Reason.DUPLICATE)
    cents = min(line.open_cents, payable.open_cents)
    _place(line, payable, cents, Rule.REFERENCE, by)
    if line.open_cents:
        return _hold(line, payable, Reason.EXCESS)
    return True


def _match_several(line: BankLine, found: list[Payable], by) -> bool:
    """Only when the open sums make the amount exactly; else a person shares it out."""
    open_now = [payable for payable in found if payable.open_cents > 0 and not payable.is_closed]
    if sum(payable.open_cents for payable in open_now) != line.open_cents:
        return _hold(line, found[0], Reason.SEVERAL)
    for payable in open_now:
        _place(line, payable, payable.open_cents, Rule.SEVERAL, by)
    return True


def _hold(line: BankLine, payable: Payable, reason: str) -> bool:
    """The money stays in suspense with a reason, and who looks after the request hears of it."""
    line.state, line.reason = (State.PARTIAL if line.open_cents != line.cents else State.HELD), reason
    line.save(update_fields=["state", "reason"])
    payables.source(payable.kind).held(payable_id=payable.id, cents=line.open_cents, reason=reason)
    return False


def _place(line: BankLine, payable: Payable, cents: int, rule: str, by) -> Match:
    """Move `cents` from suspense into the payable's ring, in one entry, and let its source write it down."""
    account = line.bank_account
    transfers = [
        Transfer(accounts.suspense(account), accounts.share(account), cents),
        Transfer(accounts.share(account, payable.ring), payable.income, cents),
    ]
    if not payable.ring:  # fees: the money stays in the association's own share
        transfers = [Transfer(accounts.suspense(account), payable.income, cents)]
    match = _book_match(line, cents, transfers, rule, by, kind=payable.kind, payable_id=payable.id, label=payable.label)
    payables.source(payable.kind).paid(
        payable_id=payable.id, cents=cents, entry=match.entry, iban_mark=line.iban_mark, by=by
    )
    return match


def _book_match(line: BankLine, cents: int, transfers, rule: str, by, **what) -> Match:
    number = line.matches.count() + 1
    entry = post(
        key=f"bank:{line.pk}:match:{number}",
        kind="bank_match",
        transfers=transfers,
        by=by,
        value_date=line.booked_on,
        memo=what.get("label", ""),
    ).entry
    line.open_cents -= cents
    line.state = State.PARTIAL if line.open_cents else (State.OWN if rule == Rule.OWN else State.MATCHED)
    line.reason = ""
    line.save(update_fields=["open_cents", "state", "reason"])
    label = str(by)[:160] if by else ""
    return Match.objects.create(line=line, cents=cents, rule=rule, entry=entry, matched_by_label=label, **what)


@transaction.atomic
def assign(*, line: BankLine, kind: str, payable_id: int, by) -> Match:
    """A person says which request a line pays; what is more than asked stays open on the line.

    Raises NotOpen, NothingToMatch.
    """
    line = _locked(line)
    payable = payables.source(kind).by_id(payable_id)
    if payable is None or payable.is_closed or payable.open_cents <= 0 or line.cents < 0:
        raise NothingToMatch
    match = _place(line, payable, min(line.open_cents, payable.open_cents), Rule.PERSON, by)
    if line.open_cents:
        line.reason = Reason.EXCESS
        line.save(update_fields=["reason"])
    return match


@transaction.atomic
def put_to_own_money(*, line: BankLine, by, label: str = "") -> Match:
    """What is still open on the line is the association's own income or costs. Raises NotOpen."""
    line = _locked(line)
    waiting, own, cents = accounts.suspense(line.bank_account), accounts.own(line.open_cents), line.open_cents
    transfer = Transfer(waiting, own, cents) if cents > 0 else Transfer(own, waiting, -cents)
    return _book_match(line, cents, [transfer], Rule.OWN, by, kind="", label=label[:200])


def _locked(line: BankLine) -> BankLine:
    line = BankLine.objects.select_for_update().get(pk=line.pk)
    if line.state not in OPEN_STATES or not line.open_cents:
        raise NotOpen
    return line


@transaction.atomic
def undo_matches(*, line: BankLine, by, reason: str) -> int:
    """Take back every match of a line by reversing entries: the requests are open again. Raises NotMatched."""
    line = BankLine.objects.select_for_update().get(pk=line.pk)
    standing = list(line.matches.filter(undone_at__isnull=True).select_related("entry"))
    if not standing:
        raise NotMatched
    for match in standing:
        reverse(entry=match.entry, by=by, reason=reason)
        if match.payable_id:
            payables.source(match.kind).unpaid(entry=match.entry, by=by)
        match.undone_at, match.undone_by_label, match.undone_because = timezone.now(), str(by)[:160], reason[:300]
        match.save(update_fields=["undone_at", "undone_by_label", "undone_because"])
    line.state, line.reason, line.open_cents = State.NEW, "", line.cents
    line.save(update_fields=["state", "reason", "open_cents"])
    return len(standing)
