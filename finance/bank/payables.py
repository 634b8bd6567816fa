"""What can be paid. Pots and fees register a source; the bank asks it and never imports it."""

from dataclasses import dataclass
from typing import Protocol

from finance.ledger.models import Account
from theme.registry import Registry

online_ways = Registry("Which of these refunds can go back the way they came? function(refunds) -> set of their ids")


@dataclass(frozen=True, slots=True)
class Payable:
    """One open or closed request, as the bank needs to know it. `income` is the account that a payment feeds, or for
    money going out the account that it empties."""

    kind: str
    id: int
    reference: str
    open_cents: int
    is_closed: bool  # cancelled, waived, or its pot is closed: money for it is held
    ring: str
    income: Account
    label: str
    payer: str
    is_outgoing: bool = False  # an approved expense or a refund: money that goes out


class PayableSource(Protocol):
    code: str

    def by_references(self, references: list[str]) -> list[Payable]:
        """The payables with these references, their rows locked."""

    def by_id(self, payable_id: int) -> Payable | None:
        """One payable, its row locked."""

    def suggestions(self, *, iban_mark: str, name: str, cents: int) -> list[Payable]:
        """Payables that may be meant by a payer without a reference, the likeliest first; a person decides."""

    def open_payables(self, words: str) -> list[Payable]:
        """Open payables whose payer or purpose matches the words, for choosing by hand."""

    def paid(self, *, payable_id: int, cents: int, entry, iban_mark: str, by) -> None:
        """Write down what was paid, in the transaction of the entry."""

    def unpaid(self, *, entry, by) -> None:
        """Take back what `paid` wrote for this entry."""

    def held(self, *, payable_id: int, cents: int, reason: str) -> None:
        """Tell who looks after it that money came in that could not simply be counted."""


_sources: dict[str, PayableSource] = {}


def register_payables(source: PayableSource) -> None:
    _sources[source.code] = source


def source(kind: str) -> PayableSource:
    return _sources[kind]


def named(kind: str, payable_id: int) -> Payable | None:
    """The payable that a form names, its row locked; None for what does not exist."""
    found = _sources.get(kind)
    return found.by_id(payable_id) if found else None


def find(references: list[str]) -> list[Payable]:
    """The payables with these references, in the order of the references."""
    if not references:
        return []
    found = [payable for each in _sources.values() for payable in each.by_references(references)]
    return sorted(found, key=lambda payable: references.index(payable.reference))


def suggest(line) -> list[Payable]:
    """What a line without a reference may be for, in the same direction as its money."""
    found = [
        payable
        for each in _sources.values()
        for payable in each.suggestions(iban_mark=line.iban_mark, name=line.name, cents=abs(line.open_cents))
    ]
    return [payable for payable in found if payable.is_outgoing == (line.cents < 0)]


def search(words: str, *, outgoing: bool) -> list[Payable]:
    found = [payable for each in _sources.values() for payable in each.open_payables(words)]
    return [payable for payable in found if payable.is_outgoing == outgoing]


def refunds_payable_online(refunds) -> set[int]:
    return set().union(*(ask(list(refunds)) for ask in online_ways))
