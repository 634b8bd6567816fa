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
    rings, general = _waiting(provider)
    if line.cents < 0 or not (rings or general > 0):
        raise NothingToGiveBack
    home, came_in = bank_accounts.home(), line.open_cents
    total = sum(account.balance_cents for account in rings) + general
    is_all = came_in * 100 >= total * (100 - MOST_COSTS_PERCENT)
    transfers = _rings_to_bank(home, rings, total if is_all else came_in)
    moved = sum(transfer.cents for transfer in transfers)
    costs = max(0, total - came_in) if is_all else 0
    waits = bank_accounts.suspense(line.bank_account)
    transfers += _own_side(home, waits, provider, came_in=came_in, moved=moved, costs=costs)
    return book_match(line, came_in, transfers, Match.Rule.PAYOUT, by, kind="", label=provider)


def _waiting(provider: str) -> tuple[list[Account], int]:
    """What the provider holds per pot, the oldest account first, and for the association itself."""
    online = Account.objects.select_for_update().filter(code__startswith=f"online:{provider}:", balance_cents__gt=0)
    held = list(online.order_by("pk"))
    return [each for each in held if each.ring], sum(each.balance_cents for each in held if not each.ring)


def _rings_to_bank(bank, rings: list[Account], most: int) -> list[Transfer]:
    """All that stands there for the pots, or as far as `most` reaches."""
    transfers, left = [], most
    for account in rings:
        if part := min(account.balance_cents, left):
            transfers.append(Transfer(bank_accounts.share(bank, account.ring), account, part))
            left -= part
    return transfers


def _own_side(bank, waits: Account, provider: str, *, came_in: int, moved: int, costs: int) -> list[Transfer]:
    """The association's side: the line leaves suspense, the pots' shares leave its own, and what lacks is a cost."""
    share, held = bank_accounts.share(bank), provider_accounts.clearing(provider)
    kept = provider_accounts.costs(provider)
    to_share = min(came_in, moved)
    short = moved - to_share  # the pots got more at the bank than came in
    return _transfers(
        (waits, share, to_share), (waits, held, came_in - to_share), (kept, share, short), (kept, held, costs - short)
    )


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
