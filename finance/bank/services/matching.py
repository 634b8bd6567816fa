"""Giving bank lines their place: by reference alone, or by a person. Never by guessing."""

from django.db import transaction
from django.utils import timezone

from finance.bank import accounts, payables
from finance.bank.errors import NoOtherAccount, NothingToMatch, NotMatched, NotOpen, RefundPaid
from finance.bank.models import BankAccount, BankLine, Match
from finance.bank.payables import Payable
from finance.bank.references import find_references
from finance.ledger.errors import BalanceTooLow
from finance.ledger.services import Transfer, post, reverse

State, Reason, Rule = BankLine.State, BankLine.Reason, Match.Rule
OPEN_STATES = (State.NEW, State.PARTIAL, State.HELD)


def match_lines(*, lines: list[BankLine], by=None) -> int:
    """Match lines that carry our references; returns how many found their place completely."""
    carrying = ((line, find_references(line.reference, line.text, line.end_to_end)) for line in lines if line.cents)
    return sum(_match_by_reference(line, references, by) for line, references in carrying if references)


@transaction.atomic
def _match_by_reference(line: BankLine, references: list[str], by) -> bool:
    line = BankLine.objects.select_for_update().get(pk=line.pk)
    # Money going out never pays a request, and money coming in never an expense.
    found = [each for each in payables.find(references) if each.is_outgoing == (line.cents < 0)]
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
    cents = min(abs(line.open_cents), payable.open_cents)
    if not _placed(line, [(payable, cents)], Rule.REFERENCE, by):
        return _hold(line, payable, Reason.SHORT)
    if line.open_cents:
        return _hold(line, payable, Reason.EXCESS)
    return True


def _placed(line: BankLine, parts: list[tuple[Payable, int]], rule: str, by) -> bool:
    """All parts or none; False when a pot does not have at the bank what went out, so that one line stops no file."""
    try:
        with transaction.atomic():
            for payable, cents in parts:
                _place(line, payable, cents, rule, by)
    except BalanceTooLow:
        line.refresh_from_db()
        return False
    return True


def _match_several(line: BankLine, found: list[Payable], by) -> bool:
    """Only when the open sums make the amount exactly; else a person shares it out."""
    open_now = [payable for payable in found if payable.open_cents > 0 and not payable.is_closed]
    if sum(payable.open_cents for payable in open_now) != abs(line.open_cents):
        return _hold(line, found[0], Reason.SEVERAL)
    parts = [(payable, payable.open_cents) for payable in open_now]
    return _placed(line, parts, Rule.SEVERAL, by) or _hold(line, found[0], Reason.SHORT)


def _hold(line: BankLine, payable: Payable, reason: str) -> bool:
    """The money stays in suspense with a reason, and who looks after the request hears of it."""
    line.state, line.reason = (State.PARTIAL if line.open_cents != line.cents else State.HELD), reason
    line.save(update_fields=["state", "reason"])
    payables.source(payable.kind).held(payable_id=payable.id, cents=abs(line.open_cents), reason=reason)
    return False


def _place(line: BankLine, payable: Payable, cents: int, rule: str, by) -> Match:
    """Move `cents` from suspense into the payable's ring, in one entry, and let its source write it down."""
    transfers = _transfers(line.bank_account, payable, cents)
    signed = -cents if payable.is_outgoing else cents
    match = book_match(line, signed, transfers, rule, by, kind=payable.kind, payable_id=payable.id, label=payable.label)
    payables.source(payable.kind).paid(
        payable_id=payable.id, cents=cents, entry=match.entry, iban_mark=line.iban_mark, by=by
    )
    return match


def _transfers(account, payable: Payable, cents: int) -> list[Transfer]:
    """Out of suspense, and into or out of the payable's ring; without a ring it stays in the association's share."""
    waiting = accounts.suspense(account)
    if not payable.ring:
        debit, credit = (payable.income, waiting) if payable.is_outgoing else (waiting, payable.income)
        return [Transfer(debit, credit, cents)]
    home = accounts.home()
    general, share = accounts.share(home), accounts.share(home, payable.ring)
    if payable.is_outgoing:
        return [Transfer(general, waiting, cents), Transfer(payable.income, share, cents)]
    return [Transfer(waiting, general, cents), Transfer(share, payable.income, cents)]


def book_match(line: BankLine, cents: int, transfers, rule: str, by, **what) -> Match:
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
    placed = {Rule.OWN: State.OWN, Rule.BETWEEN: State.BETWEEN, Rule.REFUND: State.REFUND}.get(rule, State.MATCHED)
    line.state = State.PARTIAL if line.open_cents else placed
    line.reason = ""
    line.save(update_fields=["open_cents", "state", "reason"])
    label = str(by)[:160] if by else ""
    return Match.objects.create(line=line, cents=cents, rule=rule, entry=entry, matched_by_label=label, **what)


@transaction.atomic
def assign(*, line: BankLine, kind: str, payable_id: int, by) -> Match:
    """A person says which request a line pays; what is more than asked stays open on the line.

    Raises NotOpen, NothingToMatch.
    """
    line = locked_open_line(line)
    payable = payables.named(kind, payable_id)
    if payable is None or payable.is_closed or payable.open_cents <= 0 or payable.is_outgoing != (line.cents < 0):
        raise NothingToMatch
    match = _place(line, payable, min(abs(line.open_cents), payable.open_cents), Rule.PERSON, by)
    if line.open_cents:
        line.reason = Reason.EXCESS
        line.save(update_fields=["reason"])
    return match


@transaction.atomic
def put_to_own_money(*, line: BankLine, by, label: str = "") -> Match:
    """What is still open on the line is the association's own income or costs. Raises NotOpen."""
    line = locked_open_line(line)
    waiting, own, cents = accounts.suspense(line.bank_account), accounts.own(line.open_cents), line.open_cents
    transfer = Transfer(waiting, own, cents) if cents > 0 else Transfer(own, waiting, -cents)
    return book_match(line, cents, [transfer], Rule.OWN, by, kind="", label=label[:200])


@transaction.atomic
def put_between_accounts(*, line: BankLine, by) -> Match:
    """What is still open on the line went to, or came from, another account of the association: neither income nor
    cost. Raises NotOpen, NoOtherAccount.
    """
    line = locked_open_line(line)
    if not BankAccount.objects.exclude(pk=line.bank_account_id).exists():
        raise NoOtherAccount
    waiting, under_way, cents = accounts.suspense(line.bank_account), accounts.between(), line.open_cents
    transfer = Transfer(waiting, under_way, cents) if cents > 0 else Transfer(under_way, waiting, -cents)
    return book_match(line, cents, [transfer], Rule.BETWEEN, by, kind="")


def locked_open_line(line: BankLine) -> BankLine:
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
    if line.refunds.filter(entry__in=[match.entry for match in standing], paid_cents__gt=0).exists():
        raise RefundPaid
    line.refunds.filter(entry__in=[match.entry for match in standing]).delete()
    for match in standing:
        reverse(entry=match.entry, by=by, reason=reason)
        if match.payable_id:
            payables.source(match.kind).unpaid(entry=match.entry, by=by)
        match.undone_at, match.undone_by_label, match.undone_because = timezone.now(), str(by)[:160], reason[:300]
        match.save(update_fields=["undone_at", "undone_by_label", "undone_because"])
    line.state, line.reason, line.open_cents = State.NEW, "", line.cents
    line.save(update_fields=["state", "reason", "open_cents"])
    return len(standing)
