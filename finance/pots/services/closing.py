"""Closing a pot: everything settled, what is left given its place, to the cent, wherever it stands."""

from django.db import transaction
from django.utils import timezone

from finance.ledger.errors import BalanceTooLow
from finance.ledger.models import Account, Entry
from finance.ledger.services import Transfer, open_account, post
from finance.money import split_by_weight
from finance.pots import accounts
from finance.pots.access import asked_to_close, is_chef, may_agree
from finance.pots.errors import (
    ChangePending,
    ChooseSurplus,
    NotAllowed,
    OtherPotNeeded,
    PaymentUnderway,
    PotClosedAlready,
    PotNotEmpty,
)
from finance.pots.models import Party, Pot
from finance.pots.queries import pot_balance
from finance.pots.services.expenses import promised_cents
from finance.pots.services.givingback import owe, owed_cents
from finance.pots.services.pots import pot_changed
from finance.pots.services.purposes import givers
from finance.providers.models import Chargeback, PaymentAttempt
from finance.providers.services import settle_claim
from groups.people.access import may_for_association
from groups.people.audit import record

Surplus = Pot.Surplus


@transaction.atomic
def close_pot(*, pot: Pot, by, surplus: str = "", to_pot: Pot | None = None, second=None) -> Pot:
    """Close the pot for good. What is left goes back in proportion to what each paid, to another pot, or to the
    association; whether it stands at the bank, in cash or at a provider.

    Money that leaves the pot otherwise than to who gave it needs `second`, another member who may book; without one
    the pot waits for them, and what comes in meanwhile is held. Raises NotAllowed, PotClosedAlready, PotNotEmpty,
    PaymentUnderway, ChangePending, ChooseSurplus, OtherPotNeeded.
    """
    pot = Pot.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=pot.pk)
    if not is_chef(by, pot):
        raise NotAllowed
    return _close(pot, by, surplus, to_pot, second)


def _close(pot: Pot, by, surplus: str, to_pot: Pot | None, second) -> Pot:
    if pot.closed_at:
        raise PotClosedAlready
    _refuse_unsettled(pot, by)
    left = pot_balance(pot).total_cents - owed_cents(pot)
    if left and surplus == Surplus.POT:
        _refuse_target(pot, to_pot)
    if left and surplus in (Surplus.ASSOCIATION, Surplus.POT) and second is None:
        return _wait_for_second(pot, by, surplus, to_pot)
    if left:
        _give_place(pot, left, surplus, to_pot, by, second)
    pot.requests.open().update(cancelled_at=timezone.now())
    pot.status, pot.closed_at, pot.surplus = Pot.Status.CLOSED, timezone.now(), surplus if left else ""
    pot.save(update_fields=["status", "closed_at", "surplus"])
    record(by=by, act="pot.closed", about=pot, details={"left": left, "surplus": pot.surplus})
    pot_changed(pot)
    return pot


def _refuse_unsettled(pot: Pot, by) -> None:
    if promised_cents(pot) or pot.expenses.waiting().exists():
        raise PotNotEmpty
    if pot.purpose_changes.filter(decided_at__isnull=True).exists():
        raise ChangePending
    attempts = PaymentAttempt.objects.filter(kind="pot", payable_id__in=pot.requests.values("pk"))
    if attempts.filter(status=PaymentAttempt.Status.PENDING).exists():
        raise PaymentUnderway
    _settle_claims(attempts, by)


def _settle_claims(attempts, by) -> None:
    """What the association bore for a charged-back payment is paid first, as far as the pot reaches."""
    for chargeback in Chargeback.objects.filter(attempt__in=attempts.values("pk"), reversed_at__isnull=True):
        if chargeback.open_claim_cents:
            try:
                settle_claim(chargeback=chargeback, by=by)
            except BalanceTooLow:
                continue  # nothing left to pay it from: the association bears it


def _refuse_target(pot: Pot, to_pot: Pot | None) -> None:
    if to_pot is None or to_pot.pk == pot.pk or to_pot.subgroup_id != pot.subgroup_id or not to_pot.takes_money:
        raise OtherPotNeeded


def _wait_for_second(pot: Pot, by, surplus: str, to_pot: Pot | None) -> Pot:
    pot.status, pot.surplus = Pot.Status.CLOSING, surplus
    pot.surplus_pot, pot.closing_asked_by = (to_pot if surplus == Surplus.POT else None), by
    pot.save(update_fields=["status", "surplus", "surplus_pot", "closing_asked_by"])
    record(by=by, act="pot.closing_asked", about=pot)
    pot_changed(pot)
    return pot


@transaction.atomic
def confirm_closing(*, pot: Pot, by) -> Pot:
    """A second person lets money of a pot go elsewhere: the treasurer, or the board when the treasurer asked for it
    because the Geldchef is gone. Raises NotAllowed.
    """
    pot = Pot.objects.select_for_update(of=("self",)).select_related("subgroup", "closing_asked_by").get(pk=pot.pk)
    if not may_agree(by, pot):
        raise NotAllowed
    return _close(pot, asked_to_close(pot), pot.surplus, pot.surplus_pot, by)


@transaction.atomic
def keep_open(*, pot: Pot, by) -> Pot:
    """Think again: a pot that waits for the treasurer is open as before. Raises NotAllowed."""
    pot = Pot.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=pot.pk)
    if pot.status != Pot.Status.CLOSING or not _may_think_again(by, pot):
        raise NotAllowed
    pot.status, pot.surplus, pot.surplus_pot, pot.closing_asked_by = Pot.Status.OPEN, "", None, None
    pot.save(update_fields=["status", "surplus", "surplus_pot", "closing_asked_by"])
    record(by=by, act="pot.kept_open", about=pot)
    pot_changed(pot)
    return pot


def _may_think_again(by, pot: Pot) -> bool:
    return is_chef(by, pot) or may_agree(by, pot) or may_for_association(by, "book")


def _give_place(pot: Pot, cents: int, surplus: str, to_pot: Pot | None, by, second) -> None:
    if surplus == Surplus.REFUND:
        _refund(pot, cents, by)
    elif surplus in (Surplus.ASSOCIATION, Surplus.POT) and second is not None and second.pk != by.pk:
        _move_elsewhere(pot, to_pot if surplus == Surplus.POT else None, by, second)
    else:
        raise ChooseSurplus


def _refund(pot: Pot, cents: int, by) -> None:
    """Largest remainder over what each payer gave: the shares sum to what is left, exactly."""
    given = givers(pot)
    if not given:
        raise ChooseSurplus
    parties = Party.objects.in_bulk(given)
    for party_id, share in zip(given, split_by_weight(cents, list(given.values())), strict=True):
        if share:
            owe(
                pot=pot,
                party=parties[party_id],
                cents=share,
                source=accounts.given_away(pot),
                because=pot.name,
                key=f"refund:{pot.ring}:{party_id}",
                by=by,
            )


def _move_elsewhere(pot: Pot, to_pot: Pot | None, by, second) -> None:
    """Each account of the pot is emptied into its like: bank into bank, cash into cash, provider into provider."""
    ring = to_pot.ring if to_pot else ""
    income = accounts.contributions(to_pot) if to_pot else open_account(code="income:other", kind=Account.Kind.INCOME)
    transfers, owed = [], owed_cents(pot)
    for source in Account.objects.filter(ring=pot.ring, kind=Account.Kind.ASSET).order_by("pk"):
        keep = min(owed, source.balance_cents)  # what is owed back stays where it is
        owed -= keep
        if cents := source.balance_cents - keep:
            target = _like(source, pot.ring, ring)
            transfers += [Transfer(accounts.given_away(pot), source, cents), Transfer(target, income, cents)]
    post(
        key=f"surplus:{pot.ring}",
        kind=Entry.RING_TRANSFER,
        transfers=transfers,
        by=by,
        memo=pot.name,
        approvers=(by, second),
    )
    if to_pot:
        pot_changed(to_pot)


def _like(source: Account, ring: str, to_ring: str) -> Account:
    code = f"{source.code.removesuffix(ring)}{to_ring or 'general'}"
    return open_account(code=code, kind=Account.Kind.ASSET, ring=to_ring, floor_cents=0 if to_ring else None)
