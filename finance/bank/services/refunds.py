"""Owing money back, and seeing it go."""

from django.db import transaction
from django.db.models import F, Q

from finance.bank import accounts
from finance.bank.errors import NotOpen
from finance.bank.models import BankLine, Match, Refund
from finance.bank.payables import Payable
from finance.bank.services.matching import book_match, locked_open_line
from finance.bank.services.references import reserve_references
from finance.ledger.services import Transfer, post

REFERENCES_OF_REFUNDS = 4


@transaction.atomic
def refund_line(*, line: BankLine, by, because: str = "") -> Refund:
    """What is still open on an incoming line goes back to who sent it. Raises NotOpen."""
    line = locked_open_line(line)
    if line.cents < 0:
        raise NotOpen
    cents = line.open_cents
    transfer = Transfer(accounts.suspense(line.bank_account), accounts.refunds(), cents)
    match = book_match(line, cents, [transfer], Match.Rule.REFUND, by, kind="", label=because[:200])
    return Refund.objects.create(
        reference=reserve_references(kind=REFERENCES_OF_REFUNDS, count=1)[0],
        line=line,
        name=line.name,
        iban=line.iban,
        cents=cents,
        because=because[:200],
        entry=match.entry,
        asked_by_label=str(by)[:160],
    )


def owe_back(
    *, ring: str, source, name: str, cents: int, because: str, key: str, by, iban: str = "", party_id: int | None = None
) -> Refund:
    """Set apart `cents` of a ring for who gave it, out of the account `source`, in the caller's transaction."""
    entry = post(
        key=key, kind="refund", transfers=[Transfer(source, accounts.refunds(ring), cents)], by=by, memo=because
    ).entry
    return Refund.objects.create(
        reference=reserve_references(kind=REFERENCES_OF_REFUNDS, count=1)[0],
        ring=ring,
        name=name[:200],
        iban=iban,
        party_id=party_id,
        cents=cents,
        because=because[:200],
        entry=entry,
        asked_by_label=str(by)[:160] if by else "",
    )


def count_paid_back(*, refund: Refund, cents: int) -> Refund:
    """`cents` went back (or, negative, came to stand open again), in the caller's transaction."""
    Refund.objects.filter(pk=refund.pk).update(paid_cents=F("paid_cents") + cents)
    refund.refresh_from_db(fields=["paid_cents"])
    return refund


class Refunds:
    """Refunds as something that a line going out can pay."""

    code = "refund"

    def by_references(self, references: list[str]) -> list[Payable]:
        found = Refund.objects.select_for_update().filter(reference__in=references)
        return [self._payable(refund) for refund in found]

    def by_id(self, payable_id: int) -> Payable | None:
        refund = Refund.objects.select_for_update().filter(pk=payable_id).first()
        return self._payable(refund) if refund else None

    def suggestions(self, *, iban_mark: str, name: str, cents: int) -> list[Payable]:
        return [self._payable(refund) for refund in self._open().filter(cents=cents, paid_cents=0)[:5]]

    def open_payables(self, words: str) -> list[Payable]:
        found = self._open()
        for word in words.split()[:5]:
            found = found.filter(Q(name__icontains=word) | Q(reference__icontains=word))
        return [self._payable(refund) for refund in found[:20]]

    def paid(self, *, payable_id: int, cents: int, entry, iban_mark: str, by) -> None:
        count_paid_back(refund=Refund(pk=payable_id), cents=cents)

    def unpaid(self, *, entry, by) -> None:
        match = entry.bank_match
        count_paid_back(refund=Refund(pk=match.payable_id), cents=-abs(match.cents))

    def held(self, *, payable_id: int, cents: int, reason: str) -> None:
        """Nobody else needs to hear: the treasurer made this transfer, and sees the line."""

    def _open(self):
        return Refund.objects.filter(paid_cents__lt=F("cents"))

    def _payable(self, refund: Refund) -> Payable:
        return Payable(
            kind=self.code,
            id=refund.pk,
            reference=refund.reference,
            open_cents=refund.open_cents,
            is_closed=False,
            ring=refund.ring,
            income=accounts.refunds(refund.ring),
            label=refund.name,
            payer=refund.name,
            is_outgoing=True,
        )
