"""Closing a pot: everything settled, what is left given its place, to the cent."""

from django.db import transaction
from django.utils import timezone

from finance.bank import accounts as bank_accounts
from finance.bank.queries import main_account
from finance.bank.services import owe_back
from finance.ledger.models import Entry
from finance.ledger.services import Transfer, post
from finance.money import split_by_weight
from finance.pots import accounts
from finance.pots.access import is_chef
from finance.pots.errors import ChooseSurplus, NotAllowed, PotClosedAlready, PotNotEmpty
from finance.pots.models import Pot
from finance.pots.queries import chef_of, pot_balance
from finance.pots.services.expenses import promised_cents
from finance.pots.services.pots import pot_changed
from groups.people.access import may_for_association
from groups.people.audit import record


@transaction.atomic
def close_pot(*, pot: Pot, by, surplus: str = "", second=None) -> Pot:
    """Close the pot for good. What is left goes back in proportion to what each paid, or to the association.

    Money for the association needs `second`, another member who may book; without one the pot waits for them, and
    what comes in meanwhile is held. Raises NotAllowed, PotClosedAlready, PotNotEmpty, ChooseSurplus.
    """
    pot = Pot.objects.select_for_update().select_related("subgroup").get(pk=pot.pk)
    if not is_chef(by, pot):
        raise NotAllowed
    if pot.closed_at:
        raise PotClosedAlready
    balance = pot_balance(pot)
    if promised_cents(pot) or balance.cash_cents or balance.online_cents:
        raise PotNotEmpty
    if balance.bank_cents and surplus == Pot.Surplus.ASSOCIATION and second is None:
        return _wait_for_second(pot, by)
    if balance.bank_cents:
        _give_place(pot, balance.bank_cents, surplus, by, second)
    pot.requests.open().update(cancelled_at=timezone.now())
    pot.status, pot.closed_at, pot.surplus = Pot.Status.CLOSED, timezone.now(), surplus if balance.bank_cents else ""
    pot.save(update_fields=["status", "closed_at", "surplus"])
    record(by=by, act="pot.closed", about=pot, details={"left": balance.bank_cents, "surplus": pot.surplus})
    pot_changed(pot)
    return pot


def _wait_for_second(pot: Pot, by) -> Pot:
    pot.status, pot.surplus = Pot.Status.CLOSING, Pot.Surplus.ASSOCIATION
    pot.save(update_fields=["status", "surplus"])
    record(by=by, act="pot.closing_asked", about=pot)
    pot_changed(pot)
    return pot


@transaction.atomic
def confirm_closing(*, pot: Pot, by) -> Pot:
    """The treasurer is the second person who lets money of a pot go to the association. Raises NotAllowed."""
    chef = chef_of(pot)
    if pot.status != Pot.Status.CLOSING or not may_for_association(by, "book") or chef is None or chef.member is None:
        raise NotAllowed
    return close_pot(pot=pot, by=chef.member, surplus=pot.surplus, second=by)


def _give_place(pot: Pot, cents: int, surplus: str, by, second) -> None:
    if surplus == Pot.Surplus.REFUND:
        _refund(pot, cents, by)
    elif surplus == Pot.Surplus.ASSOCIATION and second is not None and second.pk != by.pk:
        _to_association(pot, cents, by, second)
    else:
        raise ChooseSurplus


def _refund(pot: Pot, cents: int, by) -> None:
    """Largest remainder over what each payer gave: the shares sum to what is left, exactly."""
    given: dict = {}
    for request in pot.requests.filter(paid_cents__gt=0).select_related("party").order_by("pk"):
        given[request.party] = given.get(request.party, 0) + request.paid_cents
    shares = split_by_weight(cents, list(given.values()))
    for party, share in zip(given, shares, strict=True):
        if share:
            owe_back(
                ring=pot.ring,
                source=accounts.given_away(pot),
                name=party.display_name,
                cents=share,
                because=pot.name,
                key=f"refund:{pot.ring}:{party.pk}",
                by=by,
            )


def _to_association(pot: Pot, cents: int, by, second) -> None:
    account = main_account()
    post(
        key=f"surplus:{pot.ring}",
        kind=Entry.RING_TRANSFER,
        transfers=[
            Transfer(accounts.given_away(pot), bank_accounts.share(account, pot.ring), cents),
            Transfer(bank_accounts.share(account), bank_accounts.own(cents), cents),
        ],
        by=by,
        memo=pot.name,
        approvers=(by, second),
    )
