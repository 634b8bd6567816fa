"""Money that stood elsewhere comes to the bank: a provider's payout, and the cash of a pot."""

from django.db import transaction
from django.utils import timezone

from finance.bank import accounts as bank_accounts
from finance.bank.models import BankLine, Match
from finance.bank.payables import Payable
from finance.bank.services import book_match, locked_open_line, reserve_references
from finance.ledger.models import Account
from finance.ledger.services import Transfer
from finance.pots import accounts
from finance.pots.access import looks_after
from finance.pots.errors import NotAllowed, NothingToGiveBack
from finance.pots.models import Pot
from finance.providers import accounts as provider_accounts
from groups.people.access import may_for_association

REFERENCES_OF_CASH = 5


@transaction.atomic
def book_payout(*, line: BankLine, by, provider: str = "mollie") -> Match:
    """An incoming line is what a provider paid out: every pot's part moves to the bank, and the association bears
    what the provider kept. Raises NotAllowed, NothingToGiveBack, NotOpen.
    """
    if not may_for_association(by, "book"):
        raise NotAllowed
    line = locked_open_line(line)
    waiting = _waiting(provider)
    if line.cents < 0 or not waiting:
        raise NothingToGiveBack
    bank, came_in = line.bank_account, line.open_cents
    waits, general = bank_accounts.suspense(bank), bank_accounts.share(bank)
    transfers, moved = _to_the_bank(bank, waiting, came_in)
    if came_in >= moved:
        transfers += _transfers((waits, general, moved), (waits, provider_accounts.clearing(provider), came_in - moved))
    else:
        transfers += _transfers(
            (waits, general, came_in), (provider_accounts.costs(provider), general, moved - came_in)
        )
    return book_match(line, came_in, transfers, Match.Rule.PAYOUT, by, kind="", label=provider)


def _waiting(provider: str) -> list[Account]:
    """What the provider holds per pot, the oldest account first."""
    held = Account.objects.select_for_update().filter(code__startswith=f"online:{provider}:", balance_cents__gt=0)
    return [account for account in held.order_by("pk") if account.ring]


def _to_the_bank(bank, waiting: list[Account], came_in: int) -> tuple[list[Transfer], int]:
    """All that stands there for the pots, as long as what came in is most of it; else as far as it reaches."""
    total = sum(account.balance_cents for account in waiting)
    left = total if came_in >= total * (100 - MOST_COSTS_PERCENT) // 100 else came_in
    transfers, moved = [], 0
    for account in waiting:
        part = min(account.balance_cents, left - moved)
        if part > 0:
            transfers.append(Transfer(bank_accounts.share(bank, account.ring), account, part))
            moved += part
    return transfers, moved


MOST_COSTS_PERCENT = 20  # a provider keeps less than this; a smaller payout is a part of what it holds


def _transfers(*wanted) -> list[Transfer]:
    return [Transfer(debit, credit, cents) for debit, credit, cents in wanted if cents > 0]


@transaction.atomic
def bring_cash(*, pot: Pot, by) -> str:
    """The reference with which the Geldchef brings the pot's cash to the bank. Raises NotAllowed, NothingToGiveBack."""
    pot = Pot.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=pot.pk)
    if not looks_after(by, pot):
        raise NotAllowed
    if not accounts.cash(pot).balance_cents:
        raise NothingToGiveBack
    if not pot.cash_reference:
        pot.cash_reference = reserve_references(kind=REFERENCES_OF_CASH, count=1)[0]
        pot.save(update_fields=["cash_reference"])
    return pot.cash_reference


class CashToBank:
    """The cash of a pot as something that an incoming line can bring: it leaves the tin and stands at the bank."""

    code = "cash"

    def by_references(self, references: list[str]) -> list[Payable]:
        pots = Pot.objects.select_for_update(of=("self",)).filter(cash_reference__in=references).order_by("pk")
        return [self._payable(pot) for pot in pots]

    def by_id(self, payable_id: int) -> Payable | None:
        pot = Pot.objects.select_for_update(of=("self",)).filter(pk=payable_id).first()
        return self._payable(pot) if pot else None

    def suggestions(self, *, iban_mark: str, name: str, cents: int) -> list[Payable]:
        rings = Account.objects.filter(code__startswith="cash:pot:", balance_cents=cents).values_list("ring", flat=True)
        ids = [int(ring.removeprefix("pot:")) for ring in rings[:5]]
        return [self._payable(pot) for pot in Pot.objects.filter(pk__in=ids)]

    def open_payables(self, words: str) -> list[Payable]:
        pots = Pot.objects.all()
        for word in words.split()[:5]:
            pots = pots.filter(name__icontains=word)
        found = [self._payable(pot) for pot in pots.order_by("-pk")[:20]]
        return [payable for payable in found if payable.open_cents]

    def paid(self, *, payable_id: int, cents: int, entry, iban_mark: str, by) -> None:
        """The books say it all."""

    def unpaid(self, *, entry, by) -> None:
        """The books say it all."""

    def held(self, *, payable_id: int, cents: int, reason: str) -> None:
        """More than the tin held: the treasurer sees the line."""

    def _payable(self, pot: Pot) -> Payable:
        cash = accounts.cash(pot)
        return Payable(
            kind=self.code,
            id=pot.pk,
            reference=pot.cash_reference or "",
            open_cents=cash.balance_cents,
            is_closed=False,
            ring=pot.ring,
            income=cash,
            label=f"{pot.name} · {timezone.localdate().year}",
            payer=pot.name,
        )
